import { callSeriesOf, type SeriesKey } from '../activity/callSeries';
import { toMinute } from '../activity/minute';
import type { CandidateSettings } from '../insights/judgeSeries';
import type { Insight } from '../insights/insight';
import { isBurstTold, largestOf } from '../insights/largestBursts';
import type { DetectionSettings } from '../insights/settings';
import type { MinuteSpan } from '../insights/statistics';
import { bySeverity, describedMinutes, describeWindow, toInsight } from '../insights/toInsight';
import type { DetectionMemory, JudgedUnit } from './detectionMemory';
import { JudgedPart } from './judgedPart';
import {
  outsideOf,
  shownOf,
  toJudgedSeries,
  toldOutsideOf,
  windowOf,
  type JudgedSeries,
  type Judgement,
  type SeriesToJudge,
} from './judgement';
import { isJudged, seriesIn } from './unit';
import { BATCH_UNITS, batchFrom, inOrder, rowsOf } from './unitBatch';

/** Series of some units, to be judged anywhere: plain data. */
export interface Batch {
  readonly units: readonly BatchUnit[];
  readonly series: readonly SeriesToJudge[];
  readonly settings: CandidateSettings;
}

/** Which series of a unit are judged, with all their minutes or with those that are left. */
interface BatchUnit {
  readonly unit: number;
  readonly series: readonly number[];
  readonly isWhole: boolean;
}

/** One detection under some settings: what it has to judge, batch by batch, and what is found so far. */
export class DetectionRound {
  readonly #part: JudgedPart;
  readonly #keys: readonly string[];
  /** What the words of an insight depend on. */
  readonly #at: string;
  /** As judged with all minutes, and without the time that is left out. */
  readonly #whole: (JudgedUnit | undefined)[];
  readonly #judged: (JudgedUnit | undefined)[];
  /** Units to judge, and how many of them are taken. */
  readonly #toJudge: number[];
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
    this.#whole = units.map((unit, i) =>
      isJudged(unit, settings) ? memory.known(this.#keys[i]) : [],
    );
    this.#judged = this.#whole.map((unit, i) => unit && this.#withoutTime(i, unit));
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
    const units: BatchUnit[] = [];
    const series = taken.flatMap((unit) => {
      const all = seriesIn(table, this.memory.units[unit]);
      const whole = this.#whole[unit];
      const judged = all.map((_, i) => i).filter((i) => !whole || this.#part.isTouched(whole[i]));
      units.push({ unit, series: judged, isWhole: !whole });
      return judged.map((i) => ({
        series: all[i],
        coverage: whole ? this.#part.restOf(all[i].key) : this.#part.coverageOf(all[i].key),
      }));
    });
    return { units, series, settings: { severity: this.settings.severity } };
  }

  /** What judging the series of a batch gave, in their order. */
  put({ units, series }: Batch, judgements: readonly Judgement[]): void {
    let next = 0;
    for (const {
      unit,
      series: { length },
      isWhole,
    } of units) {
      const judged = judgements
        .slice(next, next + length)
        .map((judgement, i) => toJudgedSeries(series[next + i], judgement));
      next += length;
      if (isWhole) this.#putWhole(unit, judged);
      else this.#putRest(unit, judged);
    }
  }

  #putWhole(unit: number, judged: JudgedUnit): void {
    this.memory.keep(this.#keys[unit], judged);
    this.#whole[unit] = judged;
    this.#judged[unit] = this.#withoutTime(unit, judged);
    if (this.#judged[unit] === undefined) this.#toJudge.push(unit);
  }

  #putRest(unit: number, judged: JudgedUnit): void {
    const again = judged.values();
    this.#judged[unit] = this.#whole[unit]!.map((series) =>
      this.#part.isTouched(series) ? again.next().value! : toldOutsideOf(this.#part.time, series),
    );
    this.memory.keep(this.#restKeyOf(unit), this.#judged[unit]);
  }

  /** A unit without the time that is left out; undefined where it has to be judged again. */
  #withoutTime(unit: number, whole: JudgedUnit): JudgedUnit | undefined {
    const { time } = this.#part;
    if (time.edges.length === 0 || whole.length === 0) return whole;
    const known = this.memory.known(this.#restKeyOf(unit));
    if (known !== undefined || whole.some((series) => this.#part.isTouched(series))) return known;
    const rest = whole.map((series) => toldOutsideOf(time, series));
    this.memory.keep(this.#restKeyOf(unit), rest);
    return rest;
  }

  #restKeyOf(unit: number): string {
    return `${this.#keys[unit]} ${this.#part.time.edges.join()}`;
  }
  /** Every insight that is told, most severe first; of series not judged yet, those that the settings before gave, but for time left out. */
  insights(): Insight[] {
    const { memory } = this;
    const { time } = this.#part;
    const before = (unit: number) =>
      memory.lastOf(unit)?.map((series) => outsideOf(time, series)) ?? [];
    const all = this.#judged.flatMap((unit, i) => unit ?? before(i));
    const shown = this.#shownAmong(all);
    if (this.#judged.every((unit) => unit !== undefined)) memory.finish(this.#judged, this.#whole);
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
      for (const unit of batch)
        for (const series of this.#judged[unit]!) {
          const indexes = missing(series);
          if (indexes.length > 0) this.#describe(unit, series, indexes);
        }
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

  #describe(unit: number, judged: JudgedSeries, missing: readonly number[]): void {
    const windows = missing.map((index) => windowOf(judged, index, this.settings));
    const table = this.#part.restTableOf(unit, spanAround(windows.map(describedMinutes)));
    const series = callSeriesOf(table, judged.key);
    const coverage = this.#part.restOf(judged.key);
    for (const [i, window] of windows.entries()) {
      const described = describeWindow(window, series, table, coverage);
      judged.told[missing[i]] = { at: this.#at, insight: toInsight(window, described) };
    }
  }
}

const spanAround = (spans: readonly MinuteSpan[]): MinuteSpan => ({
  start: toMinute(Math.min(...spans.map(({ start }) => start))),
  end: toMinute(Math.max(...spans.map(({ end }) => end))),
});
