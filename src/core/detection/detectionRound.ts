import type { SeriesKey } from '../activity/callSeries';
import type { CandidateSettings } from '../insights/judgeSeries';
import type { Insight } from '../insights/insight';
import { isBurstTold, largestOf } from '../insights/largestBursts';
import type { DetectionSettings } from '../insights/settings';
import { bySeverity, describeWindow, toInsight } from '../insights/toInsight';
import type { DetectionMemory, JudgedUnit } from './detectionMemory';
import { JudgedPart } from './judgedPart';
import {
  shownOf,
  toJudgedSeries,
  windowOf,
  type JudgedSeries,
  type Judgement,
  type SeriesToJudge,
} from './judgement';
import { isJudged, seriesIn } from './unit';
import { BATCH_UNITS, batchFrom, inOrder, rowsOf } from './unitBatch';

/** Series of some units, to be judged anywhere: plain data. */
export interface Batch {
  readonly units: readonly { readonly unit: number; readonly series: number }[];
  readonly series: readonly SeriesToJudge[];
  readonly settings: CandidateSettings;
}

/** One detection under some settings: what it has to judge, batch by batch, and what is found so far. */
export class DetectionRound {
  readonly #part: JudgedPart;
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
    const { units } = memory;
    this.#part = new JudgedPart(memory, settings);
    this.#at = `${settings.severity}/${settings.minimumCalls}`;
    this.#keys = units.map((_, i) => this.#part.keyOf(i));
    this.#judged = units.map((unit, i) =>
      isJudged(unit, settings) ? memory.known(this.#keys[i]) : [],
    );
    const missing = units.flatMap((_, i) => (this.#judged[i] ? [] : [i]));
    this.#toJudge = inOrder(memory, missing, first);
  }

  /** Units that are not taken yet. */
  get waiting(): number {
    return this.#toJudge.length - this.#taken;
  }

  /** Rows of these. */
  get rowsWaiting(): number {
    return this.#toJudge
      .slice(this.#taken)
      .reduce((sum, unit) => sum + rowsOf(this.memory.table, this.memory.units[unit]), 0);
  }

  /** The next series to judge. */
  take(mostUnits = BATCH_UNITS): Batch {
    const taken = batchFrom(this.memory, this.#toJudge, this.#taken, mostUnits);
    this.#taken += taken.length;
    const table = this.#part.tableOf(taken);
    const series = taken.map((unit) => seriesIn(table, this.memory.units[unit]));
    return {
      units: taken.map((unit, i) => ({ unit, series: series[i].length })),
      series: series
        .flat()
        .map((each) => ({ series: each, coverage: this.#part.coverageOf(each.key) })),
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
      const batch = batchFrom(this.memory, units, first);
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
    const table = this.#part.tableOf(units);
    for (const unit of units) {
      const series = seriesIn(table, this.memory.units[unit]);
      this.#judged[unit]!.forEach((judged, i) => {
        for (const index of missing(judged)) {
          const window = windowOf(judged, index, this.settings);
          const coverage = this.#part.coverageOf(judged.key);
          const described = describeWindow(window, series[i], table, coverage);
          judged.told[index] = { at: this.#at, insight: toInsight(window, described) };
        }
      });
    }
  }
}
