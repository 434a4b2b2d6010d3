import type { ActivityTable } from '../activity/activityTable';
import type { Coverage } from '../activity/coverage';
import type { JudgedSeries } from './judgement';
import { unitsOf, type Unit } from './unit';

/** So many candidates are kept for settings that were left: some 50 MB at the most, with all that is told of them. */
const MOST_KEPT = 20_000;

/** What is known of one unit under some settings. */
export type JudgedUnit = readonly JudgedSeries[];

/** What was judged of one analysis, by the rows and the settings that decide it. */
export class DetectionMemory {
  readonly units: readonly Unit[];
  /** Least recently used first. */
  readonly #kept = new Map<string, JudgedUnit>();
  #candidates = 0;
  /** By unit, as the last whole round had it: what stands until the next is through. */
  #last: readonly (JudgedUnit | undefined)[] = [];
  readonly #callersOf = new Map<number, readonly number[]>();

  constructor(
    readonly table: ActivityTable,
    readonly coverage: readonly Coverage[],
    private readonly mostKept = MOST_KEPT,
  ) {
    this.units = unitsOf(table);
  }

  known(key: string): JudgedUnit | undefined {
    const unit = this.#kept.get(key);
    if (unit) {
      this.#kept.delete(key);
      this.#kept.set(key, unit);
    }
    return unit;
  }

  keep(key: string, unit: JudgedUnit): void {
    if (this.#kept.has(key)) return;
    this.#kept.set(key, unit);
    this.#candidates += candidatesIn(unit);
  }

  lastOf(unit: number): JudgedUnit | undefined {
    return this.#last[unit];
  }

  /** A round is through: what it used stays, of the rest as much as may be kept. `whole` are the same with all minutes. */
  finish(
    units: readonly (JudgedUnit | undefined)[],
    whole: readonly (JudgedUnit | undefined)[],
  ): void {
    this.#last = units;
    const inUse = new Set([...units, ...whole]);
    for (const [key, unit] of this.#kept) {
      if (this.#candidates <= this.mostKept) return;
      if (inUse.has(unit)) continue;
      this.#kept.delete(key);
      this.#candidates -= candidatesIn(unit);
    }
  }

  /** Callers in the rows of an API, each once. */
  callersOf(api: number): readonly number[] {
    const known = this.#callersOf.get(api);
    if (known) return known;
    const { apiStart, caller } = this.table;
    const callers = [...new Set(caller.subarray(apiStart[api], apiStart[api + 1]))];
    this.#callersOf.set(api, callers);
    return callers;
  }
}

/** A series without any takes room, too. */
const candidatesIn = (unit: JudgedUnit): number =>
  unit.reduce((sum, { candidates }) => sum + 1 + candidates.length, 0);
