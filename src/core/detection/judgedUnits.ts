import type { ActivityTable } from '../activity/activityTable';
import type { CallSeries } from '../activity/callSeries';
import type { CandidateSettings } from '../insights/judgeSeries';
import type { DetectionSettings } from '../insights/settings';
import type { DetectionMemory, JudgedUnit, WholeUnit } from './detectionMemory';
import type { JudgedPart } from './judgedPart';
import {
  outsideOf,
  toJudgedSeries,
  type JudgedSeries,
  type Judgement,
  type SeriesToJudge,
} from './judgement';
import { isJudged, seriesIn } from './unit';
import { batchFrom } from './unitBatch';

/** Series of some units, to be judged anywhere: plain data. */
export interface Batch {
  /** Units, and how many series each has. */
  readonly units: readonly BatchUnit[];
  readonly series: readonly SeriesToJudge[];
  readonly settings: CandidateSettings;
}

interface BatchUnit {
  readonly unit: number;
  readonly series: number;
}

/** The units of an analysis under some settings: each judged with all its minutes, then told without the time left out. */
export class JudgedUnits {
  readonly #keys: readonly string[];
  readonly #whole: (WholeUnit | undefined)[];
  readonly #left: (JudgedUnit | undefined)[];

  constructor(
    private readonly memory: DetectionMemory,
    private readonly part: JudgedPart,
    private readonly settings: DetectionSettings,
  ) {
    const { units } = memory;
    this.#keys = units.map((_, i) => part.keyOf(i));
    this.#whole = units.map((unit, i) =>
      isJudged(unit, settings) ? memory.whole(this.#keys[i]) : [],
    );
    this.#left = this.#whole.map((unit, i) => unit && this.#knownWithoutTime(i, unit));
  }

  /** Units that are not judged yet. */
  get missing(): number[] {
    return this.#whole.flatMap((unit, i) => (unit ? [] : [i]));
  }

  /** By unit what is judged, without the time that is left out; undefined where that is still to be done. */
  get all(): readonly (JudgedUnit | undefined)[] {
    return this.#left;
  }

  /** The same; of units not judged yet what the settings before gave, but for the time that is left out. */
  soFar(): JudgedSeries[] {
    const before = (unit: number) =>
      this.memory.lastOf(unit)?.map((series) => outsideOf(this.part.time, series));
    return this.#left.flatMap((unit, i) => unit ?? before(i) ?? []);
  }

  /** What has to be judged of some units. */
  batchOf(taken: readonly number[]): Batch {
    const { memory, part } = this;
    const table = part.tableOf(taken);
    const units: BatchUnit[] = [];
    const series = taken.flatMap((unit) => {
      const all = seriesIn(table, memory.units[unit]);
      units.push({ unit, series: all.length });
      return all.map((series) => ({ series, coverage: part.coverageOf(series.key) }));
    });
    return { units, series, settings: { severity: this.settings.severity } };
  }

  /** What judging the series of a batch gave, in their order. */
  put({ units, series }: Batch, judgements: readonly Judgement[]): void {
    let next = 0;
    for (const { unit, series: count } of units) {
      const judged = judgements
        .slice(next, next + count)
        .map((judgement, i) => toJudgedSeries(series[next + i], judgement));
      next += count;
      this.memory.keepWhole(this.#keys[unit], judged);
      this.#whole[unit] = judged;
      this.#left[unit] = this.#knownWithoutTime(unit, judged);
    }
  }

  /** Tells what is judged without the time that is left out, some units at a time. */
  *leaveOutTime(): Generator<void> {
    const missing = this.#left.flatMap((unit, i) => (!unit && this.#whole[i] ? [i] : []));
    for (const told of this.#withoutTime(missing)) {
      for (const [unit, left] of told) {
        this.memory.keepWithout(this.#leftKeyOf(unit), left);
        this.#left[unit] = left;
      }
      yield;
    }
  }

  /** The same, keeping nothing of it. */
  *practise(): Generator<void> {
    const judged = this.#whole.flatMap((unit, i) => (unit ? [i] : []));
    const steps = this.#withoutTime(judged);
    while (!steps.next().done) yield;
  }

  /** All units are judged: the memory keeps what they were judged by. */
  finish(): void {
    this.memory.finish(this.#left, this.#whole);
  }

  *#withoutTime(units: readonly number[]): Generator<[number, JudgedUnit][]> {
    for (let first = 0; first < units.length;) {
      const batch = batchFrom(this.memory, units, first);
      const table = this.part.tableOf(batch);
      yield batch.map((unit) => [unit, this.#unitWithoutTime(unit, table)]);
      first += batch.length;
    }
  }

  #unitWithoutTime(unit: number, table: ActivityTable): JudgedUnit {
    let all: readonly CallSeries[] | undefined;
    const seriesOf = (i: number) => (all ??= seriesIn(table, this.memory.units[unit]))[i];
    return this.#whole[unit]!.map((series, i) => this.part.withoutTime(series, () => seriesOf(i)));
  }

  #knownWithoutTime(unit: number, whole: WholeUnit): JudgedUnit | undefined {
    if (this.part.time.edges.length === 0 || whole.length === 0) return whole;
    return this.memory.without(this.#leftKeyOf(unit));
  }

  #leftKeyOf(unit: number): string {
    return `${this.#keys[unit]} ${this.part.time.edges.join()}`;
  }
}
