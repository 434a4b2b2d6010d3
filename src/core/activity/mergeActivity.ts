import type { RecordCounts } from '../ledger';
import type { ActivityPart } from './activityPart';
import type { ActivityTable, Presence } from './activityTable';
import {
  CallGroups,
  GroupColumn,
  type GroupTables,
  isByFallback,
  Share,
  shareOf,
} from './callGroups';
import { type IdsToJoin, joinIds } from './joinIds';
import { type Duplicates, toDuplicates } from './duplicates';
import { UNKNOWN_ORIGINS } from './origins';
import { mergeRows } from './mergeRows';
import { leaveToCollector, type Release } from './release';
import { Rows } from './rowIndex';
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
export function mergeActivity(
  parts: readonly ActivityPart[],
  release = leaveToCollector,
): Activity {
  const { sorted, ranks } = mergeStrings([[''], ...parts.map(({ strings }) => strings)]);
  const { tables, numbers } = mergeTables(parts, ranks.slice(1), release);
  const all = new CallGroups(tables, (ref) => sorted[ref]);
  const toJoin = parts.map((part, i) => join(all, part, numbers[i]));
  release(numbers);
  const eventsBySet: number[] = [];
  joinIds(all, toJoin, (ids) => ids.countBySet(eventsBySet), release);
  for (const { group, origins } of toJoin) release([group, origins]);
  return {
    presence: toPresence(all, sorted, release),
    records: toRecordCounts(all, parts),
    duplicates: toDuplicates(all.origins.finish(), eventsBySet),
    table: toActivityTable(all, sorted, release),
  };
}

/** Tables of all parts, sorted as the table of the analysis is, and by part the new numbers of its groups. */
function mergeTables(
  parts: readonly ActivityPart[],
  refs: readonly Uint32Array[],
  release: Release,
): { tables: GroupTables<Rows>; numbers: Uint32Array[] } {
  const apis = mergeRows(
    parts.map(({ apis: [account, region, source, name, kind] }, i) => [
      ...[account, region, source, name].map((column) => gathered(refs[i], column)),
      kind,
    ]),
    5,
  );
  const callers = mergeRows(
    [NOBODY, ...parts.map((part, i) => part.callers.map((column) => gathered(refs[i], column)))],
    4,
  );
  const ofParts = parts.map(({ groups: [mark, api, minute, errorCode, caller] }, i) => [
    gathered(apis.numbers[i], api),
    minute,
    gathered(refs[i], errorCode),
    gathered(callers.numbers[i + 1], caller),
    mark,
  ]);
  const groups = mergeRows(ofParts, 5, release);
  for (const [ofApi, , ofErrorCode, ofCaller] of ofParts) release([ofApi, ofErrorCode, ofCaller]);
  const [api, minute, errorCode, caller, mark] = groups.columns;
  const tables = {
    apis: new Rows(apis.columns),
    callers: new Rows(callers.columns),
    groups: new Rows([mark, api, minute, errorCode, caller]),
  };
  return { tables, numbers: groups.numbers };
}

/** The caller nobody is known of. */
const NOBODY = [0, 0, 0, 0].map((ref) => Uint32Array.of(ref));

/** Joins all but the ids; `groups`: by the part's number of a group the common one. */
function join(all: CallGroups, part: ActivityPart, groups: Uint32Array): IdsToJoin {
  for (let row = 0; row < groups.length; row++) all.add(groups[row], part.calls[row]);
  const sets = all.origins.adopt(part.origins ?? { ...UNKNOWN_ORIGINS, again: [part.duplicates] });
  const { high, low, group, origins } = part.ids;
  return {
    high,
    low,
    group: gathered(groups, group),
    origins: commonSets(sets, origins, low.length),
  };
}

/** `own`: what sets the part's ids have; absent or empty where all have its first. */
function commonSets(sets: Uint16Array, own: Uint16Array | undefined, ids: number): Uint16Array {
  const common = new Uint16Array(ids);
  if (!own?.length) return common.fill(sets[0]);
  for (let id = 0; id < ids; id++) common[id] = sets[own[id]];
  return common;
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
