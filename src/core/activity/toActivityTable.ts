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
import type { RowTable } from './rowIndex';
import type { Ranked } from './sortedStrings';
import { gathered, rowsWhere } from './sortRows';

/** The counted groups and the reads that succeeded, with calls; everything that none of them names is left out. All tables and `strings` are sorted. */
export function toActivityTable(all: CallGroups, strings: readonly string[]): ActivityTable {
  const calls = all.callsByGroup();
  const groups = tabledGroups(all, calls);
  const column = (which: number) => all.groups.cells(groups, which);
  const errorCode = column(GroupColumn.errorCode);
  const usedApis = distinct(column(GroupColumn.api), all.apis.size);
  const usedCallers = distinct(column(GroupColumn.caller), all.callers.size);
  const api = columnsOf(all.apis, usedApis, 5);
  const caller = columnsOf(all.callers, usedCallers, 4);
  const texts = occurring(strings, [...api.slice(0, ApiColumn.kind), ...caller, errorCode]);
  const toRank = (refs: Uint32Array) => gathered(texts.rank, refs);
  const rows = joinEqualRows(
    [
      gathered(ranksOf(usedApis), column(GroupColumn.api)),
      column(GroupColumn.minute),
      toRank(errorCode),
      gathered(ranksOf(usedCallers), column(GroupColumn.caller)),
    ],
    gathered(calls, groups),
  );
  const kind = api[ApiColumn.kind];
  const [recipientAccountId, awsRegion, eventSource, eventName] = api.map(toRank);
  const [userIdentityArn, userAgent, sourceIPAddress, accessKeyId] = caller.map(toRank);
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
    apiStart: startsOf(rows.columns[0], usedApis.length),
    minute: rows.columns[1],
    errorCode: rows.columns[2],
    caller: rows.columns[3],
    calls: rows.calls,
  };
}

function tabledGroups(all: CallGroups, calls: Uint32Array): Uint32Array {
  const isTabled = (group: number) => {
    const share = shareOf(all.groups.cell(group, GroupColumn.mark));
    return calls[group] > 0 && (share === Share.counted || share === Share.otherManagement);
  };
  return rowsWhere(calls.length, isTabled);
}

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

/** Adds up the calls of sorted rows that are equal: they differed only in their mark. */
function joinEqualRows(rows: readonly Uint32Array[], rowCalls: Uint32Array) {
  const firsts = rowsWhere(rowCalls.length, (row) => row === 0 || !equalsBefore(rows, row));
  const columns = rows.map((column) => gathered(column, firsts));
  const calls = new Uint32Array(firsts.length);
  for (let row = 0, joined = -1; row < rowCalls.length; row++) {
    if (row === firsts[joined + 1]) joined++;
    calls[joined] += rowCalls[row];
  }
  return { columns, calls };
}

function equalsBefore(columns: readonly Uint32Array[], row: number): boolean {
  for (const column of columns) if (column[row] !== column[row - 1]) return false;
  return true;
}

function startsOf(sortedApi: Uint32Array, apis: number): Uint32Array {
  const starts = new Uint32Array(apis + 1);
  for (const api of sortedApi) starts[api + 1]++;
  for (let api = 0; api < apis; api++) starts[api + 1] += starts[api];
  return starts;
}
