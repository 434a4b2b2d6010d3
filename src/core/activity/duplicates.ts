import type { OriginsPart } from './origins';

/** Two things that were dropped, in text order, and how many records of the second were in the first already. */
export interface DuplicatePair {
  /** The same twice for records that come again within one. */
  readonly sources: readonly [string, string];
  readonly records: number;
}

/** All duplicates by where they came from: `pairs` and `others` add up to them. */
export interface Duplicates {
  /** Most records first. */
  readonly pairs: readonly DuplicatePair[];
  /** Of pairs beyond so many as are named. */
  readonly others: number;
}

const MOST_PAIRS = 50;

/**
 * Duplicates per pair of sources. An event of three sources is two duplicates, and both are counted with the source that
 * comes first in text order: so the counts do not depend on what was read first.
 *
 * `eventsBySet`: how many events have each set of origins.
 */
export function toDuplicates(
  { names, sets, again }: OriginsPart,
  eventsBySet: ArrayLike<number>,
): Duplicates {
  const records = new Map<string, number>();
  const add = (a: string, b: string, count: number) => {
    const key = JSON.stringify([a, b]);
    if (count > 0) records.set(key, (records.get(key) ?? 0) + count);
  };
  again.forEach((count, origin) => add(names[origin], names[origin], count));
  sets.forEach((set, number) => {
    const [first, ...others] = set.map((origin) => names[origin]).sort();
    for (const other of others) add(first, other, eventsBySet[number]);
  });
  const pairs = [...records]
    .map(([key, count]) => ({ sources: JSON.parse(key) as [string, string], records: count }))
    .sort((a, b) => b.records - a.records || compare(a.sources.join(), b.sources.join()));
  const others = pairs.slice(MOST_PAIRS).reduce((sum, pair) => sum + pair.records, 0);
  return { pairs: pairs.slice(0, MOST_PAIRS), others };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
