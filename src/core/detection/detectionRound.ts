import { callSeriesOf, type SeriesKey } from '../activity/callSeries';
import { toMinute } from '../activity/minute';
import type { Insight } from '../insights/insight';
import { isBurstTold, largestOf } from '../insights/largestBursts';
import type { DetectionSettings } from '../insights/settings';
import type { MinuteSpan } from '../insights/statistics';
import { bySeverity, describedMinutes, describeWindow, toInsight } from '../insights/toInsight';
import type { DetectionMemory } from './detectionMemory';
import { JudgedPart } from './judgedPart';
import { type Batch, JudgedUnits } from './judgedUnits';
import { shownOf, windowOf, type JudgedSeries, type Judgement } from './judgement';
import { BATCH_UNITS, batchFrom, inOrder, rowsOf } from './unitBatch';

/** One detection under some settings: what it has to judge, batch by batch, and what is found so far. */
export class DetectionRound {
  readonly #part: JudgedPart;
  readonly #units: JudgedUnits;
  /** What the words of an insight depend on. */
  readonly #at: string;
  /** Units to judge, and how many of them are taken. */
  readonly #toJudge: readonly number[];
  #taken = 0;

  constructor(
    private readonly memory: DetectionMemory,
    readonly settings: DetectionSettings,
    first: readonly SeriesKey[],
  ) {
    this.#part = new JudgedPart(memory, settings);
    this.#units = new JudgedUnits(memory, this.#part, settings);
    this.#at = `${settings.severity}/${settings.minimumCalls}`;
    this.#toJudge = inOrder(memory, this.#units.missing, first);
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
    return this.#units.batchOf(taken);
  }

  /** What judging the series of a batch gave, in their order. */
  put(batch: Batch, judgements: readonly Judgement[]): void {
    this.#units.put(batch, judgements);
  }

  /** Every insight that is told, most severe first; of series not judged yet, those that the settings before gave. */
  insights(): Insight[] {
    const all = this.#units.soFar();
    const shown = this.#shownAmong(all);
    if (this.#units.all.every((unit) => unit !== undefined)) this.#units.finish();
    return all
      .flatMap((series) => shown(series).flatMap((index) => this.#told(series, index) ?? []))
      .sort(bySeverity);
  }

  /**
   * Tells what is judged, without the time that is left out: describes the calls of all that is shown and never was, some
   * series at a time.
   */
  *tell(): Generator<void> {
    yield* this.#units.leaveOutTime();
    const shown = this.#shownAmong(this.#units.all.flatMap((unit) => unit ?? []));
    const missing = (series: JudgedSeries) =>
      shown(series).filter((index) => series.told[index] === undefined);
    const units = this.#units.all.flatMap((unit, i) =>
      unit?.some((series) => missing(series).length > 0) ? [i] : [],
    );
    for (let first = 0; first < units.length;) {
      const batch = batchFrom(this.memory, units, first);
      for (const unit of batch)
        for (const series of this.#units.all[unit]!) {
          const indexes = missing(series);
          if (indexes.length > 0) this.#describe(unit, series, indexes);
        }
      first += batch.length;
      yield;
    }
  }

  /**
   * Leaves out time as telling does, and keeps nothing of it: an engine runs what it has compiled three times as fast as what
   * it sees first, and leaving out time is done while somebody waits.
   */
  practise(): Generator<void> {
    return this.#units.practise();
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
