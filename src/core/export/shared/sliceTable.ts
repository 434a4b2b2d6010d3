import type { ActivityTable } from '../../activity/activityTable';

/**
 * The rows of a table that `keep` wants, with only the APIs, callers and strings that they name. Order stays, so that the
 * slice is as canonical as the table it was cut from.
 */
export function sliceTable(
  table: ActivityTable,
  keep: (api: number, minute: number) => boolean,
): ActivityTable {
  const { rows, apis, starts } = keptRows(table, keep);
  const caller = taken(table.caller, rows);
  const callers = distinct(caller, table.callers.userAgent.length);
  const columns = {
    recipientAccountId: taken(table.apis.recipientAccountId, apis),
    awsRegion: taken(table.apis.awsRegion, apis),
    eventSource: taken(table.apis.eventSource, apis),
    eventName: taken(table.apis.eventName, apis),
    userIdentityArn: taken(table.callers.userIdentityArn, callers.used),
    userAgent: taken(table.callers.userAgent, callers.used),
    sourceIPAddress: taken(table.callers.sourceIPAddress, callers.used),
    accessKeyId: taken(table.callers.accessKeyId, callers.used),
    errorCode: taken(table.errorCode, rows),
  };
  const strings = usedStrings(table.strings, Object.values(columns));
  const ref = (column: Uint32Array) => column.map((old) => strings.rank[old]);
  return {
    strings: Array.from(strings.used, (old) => table.strings[old]),
    apis: {
      recipientAccountId: ref(columns.recipientAccountId),
      awsRegion: ref(columns.awsRegion),
      eventSource: ref(columns.eventSource),
      eventName: ref(columns.eventName),
      readOnly: Uint8Array.from(apis, (api) => table.apis.readOnly[api]),
      sort: Uint8Array.from(apis, (api) => table.apis.sort[api]),
    },
    callers: {
      userIdentityArn: ref(columns.userIdentityArn),
      userAgent: ref(columns.userAgent),
      sourceIPAddress: ref(columns.sourceIPAddress),
      accessKeyId: ref(columns.accessKeyId),
    },
    apiStart: Uint32Array.from(starts),
    minute: taken(table.minute, rows),
    errorCode: ref(columns.errorCode),
    caller: caller.map((old) => callers.rank[old]),
    calls: taken(table.calls, rows),
  };
}

function keptRows(table: ActivityTable, keep: (api: number, minute: number) => boolean) {
  const rows: number[] = [];
  const apis: number[] = [];
  const starts = [0];
  for (let api = 0; api + 1 < table.apiStart.length; api++) {
    const before = rows.length;
    for (let row = table.apiStart[api]; row < table.apiStart[api + 1]; row++) {
      if (keep(api, table.minute[row])) rows.push(row);
    }
    if (rows.length === before) continue;
    apis.push(api);
    starts.push(rows.length);
  }
  return { rows, apis, starts };
}

const taken = (column: Uint32Array, rows: ArrayLike<number>): Uint32Array =>
  Uint32Array.from(rows, (row) => column[row]);

/** The numbers that occur, ascending, and their new numbers by old number. */
function distinct(column: Uint32Array, size: number) {
  const rank = new Uint32Array(size);
  for (const old of column) rank[old] = 1;
  const used = Uint32Array.from(rank.keys()).filter((old) => rank[old] === 1);
  used.forEach((old, position) => (rank[old] = position));
  return { used, rank };
}

function usedStrings(strings: readonly string[], columns: readonly Uint32Array[]) {
  const occurring = new Uint32Array(1 + columns.reduce((sum, { length }) => sum + length, 0));
  let at = 1;
  for (const column of columns) {
    occurring.set(column, at);
    at += column.length;
  }
  return distinct(occurring, strings.length);
}
