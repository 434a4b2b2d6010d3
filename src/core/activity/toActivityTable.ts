import type { ActivityTable } from './activityTable';
import {
  ApiColumn,
  type CallGroups,
  GroupColumn,
  isReadOnly,
  Share,
  shareOf,
  sortOf,
} from './callGroups';
import { leaveToCollector, type Release } from './release';
import type { RowTable } from './rowIndex';
import type { Ranked } from './sortedStrings';
import { gathered, replaced, rowsWhere } from './sortRows';

/**
 * The counted groups and the reads that succeeded, with calls; everything that none of them names is left out. All tables and
 * `strings` are sorted. The groups are spent: each of their columns is given up for one of the table, since all columns of
 * ten million groups twice over were what the page needed most memory for.
 */
export function toActivityTable(
  all: CallGroups,
  strings: readonly string[],
  release = leaveToCollector,
): ActivityTable {
  const { groups, calls } = tabledRows(all, release);
  const taken = (which: number) => {
    const whole = all.groups.column(which);
    return replaced(whole, gathered(whole, groups), release);
  };
  const [api, errorCode, caller, minute] = [
    GroupColumn.api,
    GroupColumn.errorCode,
    GroupColumn.caller,
    GroupColumn.minute,
  ].map(taken);
  release([groups]);
  const usedApis = distinct(api, all.apis.size);
  const usedCallers = distinct(caller, all.callers.size);
  const apis = columnsOf(all.apis, usedApis, 5);
  const callers = columnsOf(all.callers, usedCallers, 4);
  const texts = occurring(strings, [...apis.slice(0, ApiColumn.kind), ...callers, errorCode]);
  renumber(api, ranksOf(usedApis));
  renumber(errorCode, texts.rank);
  renumber(caller, ranksOf(usedCallers));
  const toRank = (refs: Uint32Array) => gathered(texts.rank, refs);
  const kind = apis[ApiColumn.kind];
  const [recipientAccountId, awsRegion, eventSource, eventName] = apis.map(toRank);
  const [userIdentityArn, userAgent, sourceIPAddress, accessKeyId] = callers.map(toRank);
  const apiStart = startsOf(api, usedApis.length);
  release([api]);
  return {
    strings: texts.sorted,
    apis: {
      recipientAccountId,
      awsRegion,
      eventSource,
      eventName,
      readOnly: Uint8Array.from(kind, (each) => (isReadOnly(each) ? 1 : 0)),
      sort: Uint8Array.from(kind, sortOf),
    },
    callers: { userIdentityArn, userAgent, sourceIPAddress, accessKeyId },
    apiStart,
    minute,
    errorCode,
    caller,
    calls,
  };
}

/** By row of the table its calls, and a group that it is made of: groups that differ in their mark alone are one row. */
function tabledRows(all: CallGroups, release: Release) {
  const table = all.groups;
  const callsByGroup = all.callsByGroup();
  const groups = new Uint32Array(callsByGroup.length);
  const calls = new Uint32Array(callsByGroup.length);
  let rows = 0;
  for (let group = 0; group < callsByGroup.length; group++) {
    const share = shareOf(table.cell(group, GroupColumn.mark));
    const isTabled = share === Share.counted || share === Share.otherManagement;
    if (callsByGroup[group] === 0 || !isTabled) continue;
    if (rows === 0 || !isSameRow(table, group, groups[rows - 1])) groups[rows++] = group;
    calls[rows - 1] += callsByGroup[group];
  }
  const exact = calls.slice(0, rows);
  release([calls, callsByGroup, table.column(GroupColumn.mark)]);
  return { groups: groups.subarray(0, rows), calls: exact };
}

const isSameRow = (table: RowTable, a: number, b: number): boolean =>
  table.cell(a, GroupColumn.caller) === table.cell(b, GroupColumn.caller) &&
  table.cell(a, GroupColumn.minute) === table.cell(b, GroupColumn.minute) &&
  table.cell(a, GroupColumn.api) === table.cell(b, GroupColumn.api) &&
  table.cell(a, GroupColumn.errorCode) === table.cell(b, GroupColumn.errorCode);

/** The numbers that occur, ascending. */
function distinct(numbers: Uint32Array, size: number): Uint32Array {
  const occurs = new Uint8Array(size);
  for (const number of numbers) occurs[number] = 1;
  return rowsWhere(size, (number) => occurs[number] === 1);
}

const columnsOf = (table: RowTable, rows: Uint32Array, width: number): Uint32Array[] =>
  Array.from({ length: width }, (_, column) => table.cells(rows, column));

/** The strings that occur in some columns, still sorted, and their new numbers by old number. */
function occurring(strings: readonly string[], columns: readonly Uint32Array[]): Ranked {
  const occurs = new Uint8Array(strings.length);
  occurs[0] = 1;
  for (const column of columns) for (const ref of column) occurs[ref] = 1;
  const sorted: string[] = [];
  const rank = new Uint32Array(strings.length);
  for (let ref = 0; ref < strings.length; ref++) {
    if (occurs[ref] === 1) rank[ref] = sorted.push(strings[ref]) - 1;
  }
  return { sorted, rank };
}

/** By number its place among those, which ascend. */
function ranksOf(numbers: Uint32Array): Uint32Array {
  const rank = new Uint32Array((numbers.at(-1) ?? 0) + 1);
  numbers.forEach((number, position) => (rank[number] = position));
  return rank;
}

function renumber(numbers: Uint32Array, rank: Uint32Array): void {
  for (let at = 0; at < numbers.length; at++) numbers[at] = rank[numbers[at]];
}

function startsOf(sortedApi: Uint32Array, apis: number): Uint32Array {
  const starts = new Uint32Array(apis + 1);
  for (const api of sortedApi) starts[api + 1]++;
  for (let api = 0; api < apis; api++) starts[api + 1] += starts[api];
  return starts;
}
