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
import type { RowIndex } from './rowIndex';
import type { Ranked } from './sortedStrings';
import { gathered, rowsWhere, sortedOrder } from './sortRows';

/** The counted groups and the reads that succeeded, with calls, in sorted order; everything they name is renumbered in sorted order too. `strings` are sorted. */
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
  const apis = sortRows(usedApis, [
    ...api.slice(0, ApiColumn.kind).map(toRank),
    api[ApiColumn.kind],
  ]);
  const callers = sortRows(usedCallers, caller.map(toRank));
  const rows = joinEqualRows(
    [
      gathered(apis.rank, column(GroupColumn.api)),
      column(GroupColumn.minute),
      toRank(errorCode),
      gathered(callers.rank, column(GroupColumn.caller)),
    ],
    gathered(calls, groups),
  );
  const [recipientAccountId, awsRegion, eventSource, eventName, kind] = apis.columns;
  const [userIdentityArn, userAgent, sourceIPAddress, accessKeyId] = callers.columns;
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

const columnsOf = (index: RowIndex, rows: Uint32Array, width: number): Uint32Array[] =>
  Array.from({ length: width }, (_, column) => index.cells(rows, column));

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

/** Sorted columns, and by the old number of a row its new one. */
function sortRows(oldNumbers: Uint32Array, columns: readonly Uint32Array[]) {
  const order = sortedOrder(columns);
  const rank = new Uint32Array((oldNumbers.at(-1) ?? 0) + 1);
  order.forEach((row, position) => (rank[oldNumbers[row]] = position));
  return { columns: columns.map((column) => gathered(column, order)), rank };
}

/** Sorts rows and adds up the calls of those that are equal: they differed only in their mark. */
function joinEqualRows(unsorted: readonly Uint32Array[], unsortedCalls: Uint32Array) {
  const order = sortedOrder(unsorted);
  const sorted = unsorted.map((column) => gathered(column, order));
  const firsts = rowsWhere(order.length, (row) => row === 0 || !equalsBefore(sorted, row));
  const columns = sorted.map((column) => gathered(column, firsts));
  const calls = new Uint32Array(firsts.length);
  for (let row = 0, joined = -1; row < order.length; row++) {
    if (row === firsts[joined + 1]) joined++;
    calls[joined] += unsortedCalls[order[row]];
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
