import type { ActivityPart } from './activityPart';
import type { CallGroups } from './callGroups';

/** The ids of one part, and what its numbers of groups and of sets of origins are in common. */
export interface IdsToJoin {
  readonly ids: ActivityPart['ids'];
  readonly group: Uint32Array;
  readonly sets: Uint16Array;
}

/** Few enough for a table that stays in the cache of a core (400 KB), so many that clearing it is little. */
export const IDS_AT_ONCE = 1 << 14;

/** By so many upper bits of their hashes ids are put on shelves of `IDS_AT_ONCE`. */
export function shelvesFor(columns: readonly Int32Array[]): number {
  const ids = columns.reduce((sum, { length }) => sum + length, 0);
  return Math.max(0, Math.ceil(Math.log2(ids / IDS_AT_ONCE)));
}

/**
 * Finds events that several parts have counted, shelf by shelf: one small table serves all shelves, where one for all ids
 * would take 12 to 32 bytes an event, and every look-up would wait for memory. Returns how many events have each set of
 * origins.
 */
export function joinIds(all: CallGroups, parts: readonly IdsToJoin[], bits: number): number[] {
  const shelved = parts.map(({ ids }) => byShelf(ids.low, bits));
  const eventsBySet: number[] = [];
  for (let shelf = 0; shelf < 1 << bits; shelf++) {
    parts.forEach((part, i) => {
      const { order, ends } = shelved[i];
      joinSome(all, part, order.subarray(shelf === 0 ? 0 : ends[shelf - 1], ends[shelf]));
    });
    all.ids.countBySet(eventsBySet);
    all.ids.clear();
  }
  return eventsBySet;
}

function joinSome(all: CallGroups, { ids, group, sets }: IdsToJoin, order: Uint32Array): void {
  const { high, low, origins } = ids;
  for (const i of order) {
    all.joinEvent(group[ids.group[i]], high[i], low[i], sets[origins?.[i] ?? 0]);
  }
}

/** The ids of every shelf side by side, and where each shelf ends. */
function byShelf(low: Int32Array, bits: number): { order: Uint32Array; ends: Uint32Array } {
  const shelfOf = (id: number) => (bits === 0 ? 0 : low[id] >>> (32 - bits));
  const ends = new Uint32Array(1 << bits);
  for (let id = 0; id < low.length; id++) ends[shelfOf(id)]++;
  for (let shelf = 1; shelf < ends.length; shelf++) ends[shelf] += ends[shelf - 1];
  const order = new Uint32Array(low.length);
  for (let id = low.length - 1; id >= 0; id--) order[--ends[shelfOf(id)]] = id;
  for (let shelf = 1; shelf < ends.length; shelf++) ends[shelf - 1] = ends[shelf];
  ends[ends.length - 1] = low.length;
  return { order, ends };
}
