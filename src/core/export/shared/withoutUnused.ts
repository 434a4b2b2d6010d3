import type { ActivityTable } from '../../activity/activityTable';

/** A table with only the APIs, callers and strings that its rows name. Order stays, so that it is as canonical as before. */
export function withoutUnused(table: ActivityTable): ActivityTable {
  const { apiStart } = table;
  const apis = Array.from(table.apis.eventName.keys()).filter(
    (api) => apiStart[api] < apiStart[api + 1],
  );
  const callers = distinct([table.caller], table.callers.userAgent.length);
  const columns = {
    recipientAccountId: taken(table.apis.recipientAccountId, apis),
    awsRegion: taken(table.apis.awsRegion, apis),
    eventSource: taken(table.apis.eventSource, apis),
    eventName: taken(table.apis.eventName, apis),
    userIdentityArn: taken(table.callers.userIdentityArn, callers.used),
    userAgent: taken(table.callers.userAgent, callers.used),
    sourceIPAddress: taken(table.callers.sourceIPAddress, callers.used),
    accessKeyId: taken(table.callers.accessKeyId, callers.used),
  };
  const strings = distinct(
    [Uint32Array.of(0), table.errorCode, ...Object.values(columns)],
    table.strings.length,
  );
  const ref = (column: Uint32Array) => column.map((old) => strings.rank[old]);
  return {
    ...table,
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
    apiStart: Uint32Array.from([...apis.map((api) => apiStart[api]), table.minute.length]),
    errorCode: ref(table.errorCode),
    caller: table.caller.map((old) => callers.rank[old]),
  };
}

const taken = (column: Uint32Array, rows: ArrayLike<number>): Uint32Array =>
  Uint32Array.from(rows, (row) => column[row]);

/** The numbers that occur, ascending, and their new numbers by old number. */
function distinct(columns: readonly Uint32Array[], size: number) {
  const occurs = new Uint8Array(size);
  for (const column of columns) for (const old of column) occurs[old] = 1;
  const rank = new Uint32Array(size);
  const used = Uint32Array.from(occurs.keys()).filter((old) => occurs[old] === 1);
  used.forEach((old, position) => (rank[old] = position));
  return { used, rank };
}
