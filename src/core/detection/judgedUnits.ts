import type { CandidateSettings } from '../insights/judgeSeries';
import type { DetectionSettings } from '../insights/settings';
import type { DetectionMemory, JudgedUnit } from './detectionMemory';
import type { JudgedPart } from './judgedPart';
import {
  outsideOf,
  toJudgedSeries,
  toldOutsideOf,
  type JudgedSeries,
  type Judgement,
  type SeriesToJudge,
} from './judgement';
import { isJudged, seriesIn } from './unit';

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

/**
 * The units of an analysis under some settings: each judged with all its minutes, and then once more without the time that
 * is left out, of which those series that it matters to are judged again.
 */
export class JudgedUnits {
  readonly #keys: readonly string[];
  readonly #whole: (JudgedUnit | undefined)[];
  readonly #left: (JudgedUnit | undefined)[];

  constructor(
    private readonly memory: DetectionMemory,
    private readonly part: JudgedPart,
    private readonly settings: DetectionSettings,
  ) {
    const { units } = memory;
    this.#keys = units.map((_, i) => part.keyOf(i));
    this.#whole = units.map((unit, i) =>
      isJudged(unit, settings) ? memory.known(this.#keys[i]) : [],
    );
    this.#left = this.#whole.map((unit, i) => unit && this.#withoutTime(i, unit));
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
      const whole = this.#whole[unit];
      const judged = all.map((_, i) => i).filter((i) => !whole || part.isTouched(whole[i]));
      units.push({ unit, series: judged, isWhole: !whole });
      return judged.map((i) => ({
        series: all[i],
        coverage: whole ? part.restOf(all[i].key) : part.coverageOf(all[i].key),
      }));
    });
    return { units, series, settings: { severity: this.settings.severity } };
  }

  /** What judging the series of a batch gave, in their order; returns the units that have to be judged once more. */
  put({ units, series }: Batch, judgements: readonly Judgement[]): number[] {
    const judged = judgements.map((judgement, i) => toJudgedSeries(series[i], judgement)).values();
    for (const { unit, series, isWhole } of units) {
      const ofUnit = series.map(() => judged.next().value!);
      if (isWhole) this.#putWhole(unit, ofUnit);
      else this.#putAgain(unit, ofUnit);
    }
    return units.flatMap(({ unit }) => (this.#left[unit] ? [] : [unit]));
  }

  /** All units are judged: the memory keeps what they were judged by. */
  finish(): void {
    this.memory.finish(this.#left, this.#whole);
  }

  #putWhole(unit: number, judged: JudgedUnit): void {
    this.memory.keep(this.#keys[unit], judged);
    this.#whole[unit] = judged;
    this.#left[unit] = this.#withoutTime(unit, judged);
  }

  #putAgain(unit: number, judged: JudgedUnit): void {
    const again = judged.values();
    const { part } = this;
    this.#left[unit] = this.#whole[unit]!.map((series) =>
      part.isTouched(series) ? again.next().value! : toldOutsideOf(part.time, series),
    );
    this.memory.keep(this.#leftKeyOf(unit), this.#left[unit]);
  }

  /** A unit without the time that is left out; undefined where it has to be judged again. */
  #withoutTime(unit: number, whole: JudgedUnit): JudgedUnit | undefined {
    const { memory, part } = this;
    if (part.time.edges.length === 0 || whole.length === 0) return whole;
    const known = memory.known(this.#leftKeyOf(unit));
    if (known !== undefined || whole.some((series) => part.isTouched(series))) return known;
    const left = whole.map((series) => toldOutsideOf(part.time, series));
    memory.keep(this.#leftKeyOf(unit), left);
    return left;
  }

  #leftKeyOf(unit: number): string {
    return `${this.#keys[unit]} ${this.part.time.edges.join()}`;
  }
}
