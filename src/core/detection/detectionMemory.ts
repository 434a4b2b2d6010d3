import type { ActivityTable } from '../activity/activityTable';
import type { Coverage } from '../activity/coverage';
import { bytesOf } from '../insights/keptOpinion';
import type { JudgedSeries, WholeSeries } from './judgement';
import { unitsOf, type Unit } from './unit';

/** So many candidates are kept for settings that were left: some 50 MB at the most, with all that is told of them. */
const MOST_KEPT = 20_000;
const BYTES_OF_CANDIDATE = 2_500;

/** What is known of one unit under some settings. */
export type JudgedUnit = readonly JudgedSeries[];
export type WholeUnit = readonly WholeSeries[];

/** What was judged of one analysis, by the rows and the settings that decide it. */
export class DetectionMemory {
  readonly units: readonly Unit[];
  /** With all minutes, and without some; least recently used first. */
  readonly #whole = new Map<string, WholeUnit>();
  readonly #without = new Map<string, JudgedUnit>();
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

  whole(key: string): WholeUnit | undefined {
    return used(this.#whole, key);
  }

  without(key: string): JudgedUnit | undefined {
    return used(this.#without, key);
  }

  keepWhole(key: string, unit: WholeUnit): void {
    if (this.#whole.has(key)) return;
    this.#whole.set(key, unit);
    this.#candidates += candidatesIn(unit);
  }

  keepWithout(key: string, unit: JudgedUnit): void {
    if (this.#without.has(key)) return;
    this.#without.set(key, unit);
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
    for (const kept of [this.#without, this.#whole])
      for (const [key, unit] of kept) {
        if (this.#candidates <= this.mostKept) return;
        if (inUse.has(unit)) continue;
        kept.delete(key);
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

/** Now the most recently used. */
function used<Kept>(kept: Map<string, Kept>, key: string): Kept | undefined {
  const unit = kept.get(key);
  if (unit !== undefined) {
    kept.delete(key);
    kept.set(key, unit);
  }
  return unit;
}

/** A series without any takes room, too, and so do the records that are kept of it. */
const candidatesIn = (unit: JudgedUnit | WholeUnit): number =>
  unit.reduce((sum, series) => {
    const records = 'opinions' in series ? bytesOf(series.opinions) : 0;
    return sum + 1 + series.candidates.length + Math.floor(records / BYTES_OF_CANDIDATE);
  }, 0);
