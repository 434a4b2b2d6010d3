import type { ActivityPart } from './activityPart';
import type { CallGroups } from './callGroups';
import { EventIds } from './eventIds';
import { leaveToCollector } from './release';

/** The ids of one part, with common numbers of groups and of sets of origins. */
export type IdsToJoin = Required<ActivityPart['ids']>;

/** Few enough for a table that stays in the cache of a core (400 KB), so many that clearing it is little. */
export const IDS_AT_ONCE = 1 << 14;

/**
 * Finds events that are counted more than once, by several parts or by one, and takes their calls from all groups but one.
 * Goes shelf by shelf, and hands on the ids of each: one small table serves all shelves, where one for all ids would take
 * 12 to 32 bytes an event, and every look-up would wait for memory.
 */
export function joinIds(
  all: CallGroups,
  parts: readonly IdsToJoin[],
  take: (shelf: EventIds) => void,
  release = leaveToCollector,
): void {
  const bits = bitsFor(parts.reduce((sum, { low }) => sum + low.length, 0));
  const shelved = parts.map(({ low }) => byShelf(low, bits));
  const ids = new EventIds(IDS_AT_ONCE, bits);
  for (let shelf = 0; shelf < 1 << bits; shelf++) {
    parts.forEach((part, i) => {
      const { order, ends } = shelved[i];
      joinSome(all, ids, part, order.subarray(shelf === 0 ? 0 : ends[shelf - 1], ends[shelf]));
    });
    take(ids);
    ids.clear();
  }
  release(shelved.map(({ order }) => order));
}

/** By so many upper bits of their hashes ids are put on shelves of `IDS_AT_ONCE`. */
const bitsFor = (ids: number): number => Math.max(0, Math.ceil(Math.log2(ids / IDS_AT_ONCE)));

function joinSome(all: CallGroups, ids: EventIds, part: IdsToJoin, order: Uint32Array): void {
  const { high, low, group, origins } = part;
  for (const i of order) all.joinEvent(ids, group[i], high[i], low[i], origins[i]);
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
