/** More origins than people drop; all beyond are one, `''`. */
const MOST_ORIGINS = 4096;
/** Numbers of sets, and of origins alone beside them, fit into 16 bits. */
const MOST_SETS = 60_000;

/** The origins of one reader's events, as they go to `mergeActivity`. */
export interface OriginsPart {
  readonly names: readonly string[];
  /** Numbers of names, ascending. The first set is that of the first origin alone. */
  readonly sets: readonly (readonly number[])[];
  /** By origin: how often an event came again that had come from it before. */
  readonly again: readonly number[];
}

/** Of parts that were stored before origins were kept. */
export const UNKNOWN_ORIGINS = { names: [''], sets: [[0]] } as const;

/**
 * Where events came from: the trails, archives and files that were dropped. Every event has the set of origins it came
 * from, and sets have numbers: so it does not matter in what order an event comes from where.
 */
export class Origins {
  /** The set of the origin being read, alone. */
  current = 0;
  private readonly names: string[] = [];
  private readonly sets: number[][] = [];
  private readonly again: number[] = [];
  private readonly numbers = new Map<string, number>();
  private readonly setNumbers = new Map<string, number>();
  private readonly joins = new Map<number, Join>();

  /** The set of an origin alone. */
  alone(name: string): number {
    return this.setOf([this.numberOf(name)]);
  }

  /** An event of the set `before` comes again from the set `more`: the set it has from now on. */
  join(before: number, more: number): number {
    const key = before * 65_536 + more;
    let join = this.joins.get(key);
    if (join === undefined) this.joins.set(key, (join = this.joined(before, more)));
    for (const origin of join.again) this.again[origin]++;
    return join.set;
  }

  /** Takes over the origins of a part; by its numbers of sets those here. */
  adopt({ names, sets, again }: OriginsPart): Uint16Array {
    const numbers = names.map((name) => this.numberOf(name));
    again.forEach((count, origin) => (this.again[numbers[origin]] += count));
    return Uint16Array.from(sets, (set) => this.setOf(set.map((origin) => numbers[origin])));
  }

  finish(): OriginsPart {
    this.alone(this.names[0] ?? '');
    return { names: this.names, sets: this.sets, again: this.again };
  }

  private joined(before: number, more: number): Join {
    if (this.sets.length === 0) this.alone('');
    const [a, b] = [this.sets[before], this.sets[more]];
    const set = this.setOf([...a, ...b]);
    const isFull = this.sets[set].length < new Set([...a, ...b]).size;
    return { set: isFull ? before : set, again: isFull ? b : b.filter((one) => a.includes(one)) };
  }

  private numberOf(name: string): number {
    const known = this.numbers.get(name);
    if (known !== undefined) return known;
    if (name !== '' && this.names.length >= MOST_ORIGINS) return this.numberOf('');
    this.numbers.set(name, this.names.length);
    this.again.push(0);
    return this.names.push(name) - 1;
  }

  private setOf(origins: readonly number[]): number {
    const set = [...new Set(origins)].sort((a, b) => a - b);
    const key = set.join();
    const known = this.setNumbers.get(key);
    if (known !== undefined) return known;
    if (set.length > 1 && this.sets.length >= MOST_SETS) return this.setOf(set.slice(0, 1));
    this.setNumbers.set(key, this.sets.length);
    return this.sets.push(set) - 1;
  }
}

interface Join {
  readonly set: number;
  /** Origins that the event had come from before. */
  readonly again: readonly number[];
}
