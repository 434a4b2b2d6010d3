import type { RecordCounts } from '../ledger';
import type { ActivityPart } from './activityPart';
import type { ActivityTable, Presence } from './activityTable';
import { CallGroups, GroupColumn, isByFallback, Share, shareOf } from './callGroups';
import { EventIds } from './eventIds';
import { IDS_AT_ONCE, type IdsToJoin, joinIds, shelvesFor } from './joinIds';
import { type Duplicates, toDuplicates } from './duplicates';
import { UNKNOWN_ORIGINS } from './origins';
import type { RowIndex } from './rowIndex';
import { mergeStrings } from './sortedStrings';
import { gathered } from './sortRows';
import { toActivityTable } from './toActivityTable';
import { toPresence } from './toPresence';

/** The events of all readers, counted once. */
export interface Activity {
  readonly table: ActivityTable;
  readonly presence: Presence[];
  readonly records: RecordCounts;
  readonly duplicates: Duplicates;
}

/** One table from the parts of all readers: the same bytes however the files were dealt out, and in whatever order. */
export function mergeActivity(parts: readonly ActivityPart[]): Activity {
  const { sorted, ranks } = mergeStrings([[''], ...parts.map(({ strings }) => strings)]);
  const shelves = shelvesFor(parts.map(({ ids }) => ids.low));
  const all = new CallGroups((ref) => sorted[ref], new EventIds(IDS_AT_ONCE, shelves));
  const eventsBySet = joinIds(
    all,
    parts.map((part, i) => join(all, part, ranks[i + 1])),
    shelves,
  );
  return {
    table: toActivityTable(all, sorted),
    presence: toPresence(all, sorted),
    records: toRecordCounts(all, parts),
    duplicates: toDuplicates(all.origins.finish(), eventsBySet),
  };
}

/** Joins all but the ids; `ref`: by the part's number of a string the common one. */
function join(all: CallGroups, part: ActivityPart, ref: Uint32Array): IdsToJoin {
  const [account, region, source, name, kind] = part.apis;
  const api = toRows(all.apis, [
    ...[account, region, source, name].map((column) => renumbered(column, ref)),
    kind,
  ]);
  const caller = toRows(
    all.callers,
    part.callers.map((column) => renumbered(column, ref)),
  );
  const columns = [...part.groups];
  columns[GroupColumn.api] = renumbered(columns[GroupColumn.api], api);
  columns[GroupColumn.caller] = renumbered(columns[GroupColumn.caller], caller);
  columns[GroupColumn.errorCode] = renumbered(columns[GroupColumn.errorCode], ref);
  const group = toRows(all.groups, columns);
  for (let row = 0; row < group.length; row++) all.add(group[row], part.calls[row]);
  const sets = all.origins.adopt(part.origins ?? { ...UNKNOWN_ORIGINS, again: [part.duplicates] });
  return { ids: part.ids, group, sets };
}

const renumbered = (column: Uint32Array, numbers: Uint32Array): Uint32Array =>
  gathered(numbers, column);

/** Adds the rows of some columns to an index; the numbers they have there. */
function toRows(index: RowIndex, columns: readonly Uint32Array[]): Uint32Array {
  const row = new Uint32Array(columns.length);
  const rows = new Uint32Array(columns[0].length);
  index.reserve(Math.max(index.size, rows.length));
  for (let at = 0; at < rows.length; at++) {
    for (let column = 0; column < columns.length; column++) row[column] = columns[column][at];
    rows[at] = index.indexOf(row);
  }
  return rows;
}

function toRecordCounts(all: CallGroups, parts: readonly ActivityPart[]): RecordCounts {
  const calls = all.callsByGroup();
  const byShare = [0, 0, 0, 0, 0];
  let classifiedByFallback = 0;
  for (let group = 0; group < calls.length; group++) {
    const mark = all.groups.cell(group, GroupColumn.mark);
    byShare[shareOf(mark)] += calls[group];
    if (isByFallback(mark)) classifiedByFallback += calls[group];
  }
  const duplicates = parts.reduce((total, part) => total + part.duplicates, all.duplicates);
  const unusable = parts.reduce((total, part) => total + part.unusable, 0);
  return {
    in: byShare.reduce((total, share) => total + share, duplicates + unusable),
    counted: byShare[Share.counted],
    otherManagement: byShare[Share.otherManagement],
    data: byShare[Share.data],
    otherKinds: byShare[Share.otherKinds],
    duplicates,
    insights: byShare[Share.insights],
    unusable,
    classifiedByFallback,
  };
}
