import type { ActivityTable, StringRef } from '../../core/activity/activityTable';
import { FirstMinutes } from '../../core/activity/firstMinutes';
import type { Minute } from '../../core/activity/minute';
import { inSlices } from '../parts/turns';
import { wholeOf } from '../judgedTable';
import type { AttributedBy } from '../values/logValues';

const known = new WeakMap<ActivityTable, FirstMinutes>();

/** A millisecond's worth. */
const ROWS_AT_ONCE = 1 << 17;

/** Passes over all rows of a table, over as many tasks as it takes, so that `seenBefore` need not. */
export async function prepareFirstSeen(table: ActivityTable): Promise<void> {
  if (known.has(table)) return;
  const first = new FirstMinutes(table);
  await inSlices(startsIn(table), (from) => first.add(from, endFrom(table, from)));
  known.set(table, first);
}

/** Of some strings, those that came before a minute as a value of an attribute, in any API. */
export function seenBefore(
  table: ActivityTable,
  minute: Minute,
  attribute: AttributedBy,
  refs: readonly StringRef[],
): ReadonlySet<StringRef> {
  const { callers, errorCodes } = firstMinutesOf(wholeOf(table));
  if (attribute === 'errorCode') return new Set(refs.filter((ref) => errorCodes[ref] < minute));
  const column = table.callers[attribute];
  const sought = new Uint8Array(table.strings.length);
  for (const ref of refs) sought[ref] = 1;
  const seen = new Set<StringRef>();
  for (let caller = 0; caller < column.length; caller++) {
    if (sought[column[caller]] === 1 && callers[caller] < minute) seen.add(column[caller]);
  }
  return seen;
}

function firstMinutesOf(table: ActivityTable): FirstMinutes {
  const before = known.get(table);
  if (before) return before;
  const first = new FirstMinutes(table);
  first.add(0, table.minute.length);
  known.set(table, first);
  return first;
}

const startsIn = ({ minute }: ActivityTable): number[] =>
  Array.from({ length: Math.ceil(minute.length / ROWS_AT_ONCE) }, (_, i) => i * ROWS_AT_ONCE);

const endFrom = ({ minute }: ActivityTable, from: number): number =>
  Math.min(minute.length, from + ROWS_AT_ONCE);
