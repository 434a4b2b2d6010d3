import type { ActivityTable } from '../activity/activityTable';
import { keyOfApi, type SeriesKey } from '../activity/callSeries';
import { coverageByScope, type Coverage } from '../activity/coverage';
import { withoutSpans } from '../insights/excludedSpans';
import { floorOf, type CandidateSettings } from '../insights/judgeSeries';
import type { Insight } from '../insights/insight';
import { JudgedRows } from '../insights/judgedRows';
import { isBurstTold, largestOf } from '../insights/largestBursts';
import type { DetectionSettings } from '../insights/settings';
import { bySeverity, describeWindow, toInsight } from '../insights/toInsight';
import type { DetectionMemory, JudgedUnit } from './detectionMemory';
import {
  shownOf,
  toJudgedSeries,
  windowOf,
  type JudgedSeries,
  type Judgement,
  type SeriesToJudge,
} from './judgement';
import { apisOfUnits, isJudged, seriesIn, type Unit } from './unit';

/** What is handed over in one go: some hundredths of a second's work, and 1.6 MB on its way to a worker. */
const BATCH_ROWS = 200_000;
const BATCH_UNITS = 100;

/** Series of some units, to be judged anywhere: plain data. */
export interface Batch {
  readonly units: readonly { readonly unit: number; readonly series: number }[];
  readonly series: readonly SeriesToJudge[];
  readonly settings: CandidateSettings;
}

/** One detection under some settings: what it has to judge, batch by batch, and what is found so far. */
export class DetectionRound {
  readonly #rows: JudgedRows;
  readonly #coverageOf: (key: SeriesKey) => Coverage;
  readonly #keys: readonly string[];
  /** What the words of an insight depend on. */
  readonly #at: string;
  readonly #judged: (JudgedUnit | undefined)[];
  /** Units to judge, and how many of them are taken. */
  readonly #toJudge: readonly number[];
  #taken = 0;

  constructor(
    private readonly memory: DetectionMemory,
    readonly settings: DetectionSettings,
    first: readonly SeriesKey[],
  ) {
    const { table, coverage, units } = memory;
    this.#rows = new JudgedRows(table, settings);
    this.#coverageOf = coverageByScope(
      coverage.map((each) => withoutSpans(each, settings.excludedSpans)),
    );
    this.#at = `${settings.severity}/${settings.minimumCalls}`;
    const common = `${floorOf(settings)} ${this.#rows.edges.join()}`;
    this.#keys = units.map((unit, i) => `${i} ${this.#leftOutOf(unit)} ${common}`);
    this.#judged = units.map((unit, i) =>
      isJudged(unit, settings) ? memory.known(this.#keys[i]) : [],
    );
    const missing = units.flatMap((_, i) => (this.#judged[i] ? [] : [i]));
    this.#toJudge = this.#inOrder(missing, first);
  }

  /** Units that are not taken yet. */
  get waiting(): number {
    return this.#toJudge.length - this.#taken;
  }

  /** Rows of these. */
  get rowsWaiting(): number {
    return this.#toJudge
      .slice(this.#taken)
      .reduce((sum, unit) => sum + this.#rowsOf(this.memory.units[unit]), 0);
  }

  /** The next series to judge. */
  take(mostUnits = BATCH_UNITS): Batch {
    const taken = this.#batchFrom(this.#toJudge, this.#taken, mostUnits);
    this.#taken += taken.length;
    const table = this.#tableOf(taken);
    const series = taken.map((unit) => seriesIn(table, this.memory.units[unit]));
    return {
      units: taken.map((unit, i) => ({ unit, series: series[i].length })),
      series: series.flat().map((each) => ({ series: each, coverage: this.#coverageOf(each.key) })),
      settings: { severity: this.settings.severity },
    };
  }

  /** What judging the series of a batch gave, in their order. */
  put({ units, series }: Batch, judgements: readonly Judgement[]): void {
    let next = 0;
    for (const { unit, series: count } of units) {
      const judged = judgements
        .slice(next, next + count)
        .map((judgement, i) => toJudgedSeries(series[next + i], judgement));
      this.#judged[unit] = judged;
      this.memory.keep(this.#keys[unit], judged);
      next += count;
    }
  }

  /** Every insight that is told, most severe first; of series not judged yet, those that the settings before gave. */
  insights(): Insight[] {
    const { memory } = this;
    const all = this.#judged.flatMap((unit, i) => unit ?? memory.lastOf(i) ?? []);
    const shown = this.#shownAmong(all);
    if (this.#judged.every((unit) => unit !== undefined)) memory.finish(this.#judged);
    return all
      .flatMap((series) => shown(series).flatMap((index) => this.#told(series, index) ?? []))
      .sort(bySeverity);
  }

  /** Tells what is judged: describes the calls of all that is shown and never was, some series at a time. */
  *tell(): Generator<void> {
    const shown = this.#shownAmong(this.#judged.flatMap((unit) => unit ?? []));
    const missing = (series: JudgedSeries) =>
      shown(series).filter((index) => series.told[index] === undefined);
    const units = this.#judged.flatMap((unit, i) =>
      unit?.some((series) => missing(series).length > 0) ? [i] : [],
    );
    for (let first = 0; first < units.length;) {
      const batch = this.#batchFrom(units, first);
      this.#describe(batch, missing);
      first += batch.length;
      yield;
    }
  }

  tellAll(): void {
    const telling = this.tell();
    while (!telling.next().done);
  }

  /** Which insights of a series are shown; of bursts the largest of all. */
  #shownAmong(all: readonly JudgedSeries[]): (series: JudgedSeries) => readonly number[] {
    const bursts = all.flatMap((series) =>
      series.burst && isBurstTold(series.burst, this.settings)
        ? [{ series, window: series.burst }]
        : [],
    );
    const largest = new Set(largestOf(bursts).map(({ series }) => series));
    return (series) => shownOf(series, this.settings, largest.has(series));
  }

  /** The insight of a candidate in the words of these settings; undefined where its calls are not described. */
  #told(series: JudgedSeries, index: number): Insight | undefined {
    const known = series.told[index];
    if (known === undefined || known.at === this.#at) return known?.insight;
    const insight = { ...known.insight, ...windowOf(series, index, this.settings) };
    series.told[index] = { at: this.#at, insight };
    return insight;
  }

  #describe(units: readonly number[], missing: (series: JudgedSeries) => readonly number[]): void {
    const table = this.#tableOf(units);
    for (const unit of units) {
      const series = seriesIn(table, this.memory.units[unit]);
      this.#judged[unit]!.forEach((judged, i) => {
        for (const index of missing(judged)) {
          const window = windowOf(judged, index, this.settings);
          const coverage = this.#coverageOf(judged.key);
          const described = describeWindow(window, series[i], table, coverage);
          judged.told[index] = { at: this.#at, insight: toInsight(window, described) };
        }
      });
    }
  }

  #tableOf(units: readonly number[]): ActivityTable {
    const { table, units: all } = this.memory;
    return this.#rows.areAll ? table : this.#rows.of(apisOfUnits(units.map((unit) => all[unit])));
  }

  /** What mutes and sorts of event leave out of a unit: the same text, the same rows. */
  #leftOutOf({ apis }: Unit): string {
    return apis
      .map((api) => {
        const left = this.#rows.leftOf(api);
        if (left === 'all') return '';
        if (left === 'none') return '-';
        return this.memory
          .callersOf(api)
          .filter((caller) => left.muted[caller] === 1)
          .join();
      })
      .join(';');
  }

  #rowsOf({ apis }: Unit): number {
    const { apiStart } = this.memory.table;
    return apis.reduce((sum, api) => sum + apiStart[api + 1] - apiStart[api], 0);
  }

  /** The units from `first` on that make one batch. */
  #batchFrom(units: readonly number[], first: number, mostUnits = BATCH_UNITS): readonly number[] {
    const { units: all } = this.memory;
    let next = first;
    for (let rows = 0; rows < BATCH_ROWS && next < units.length && next < first + mostUnits; next++)
      rows += this.#rowsOf(all[units[next]]);
    return units.slice(first, next);
  }

  /** Those of the series wanted first, then those that showed insights, then the others. */
  #inOrder(units: readonly number[], first: readonly SeriesKey[]): number[] {
    const { table, units: all } = this.memory;
    const names = new Set(first.map(nameOf));
    const rank = (unit: number): number => {
      if (names.size > 0 && names.has(nameOf(keyOfApi(table, all[unit].named.from)))) return 0;
      return this.memory.lastOf(unit)?.some(({ told }) => told.length > 0) ? 1 : 2;
    };
    const ranks = new Map(units.map((unit) => [unit, rank(unit)]));
    return units.toSorted((a, b) => ranks.get(a)! - ranks.get(b)!);
  }
}

const nameOf = ({ recipientAccountId, awsRegion, eventSource, eventName }: SeriesKey): string =>
  JSON.stringify([recipientAccountId, awsRegion, eventSource, eventName]);
