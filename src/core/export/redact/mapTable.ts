import type { ActivityTable } from '../../activity/activityTable';
import { gathered, sortedOrder } from '../../activity/sortRows';
import { mapIdentity, type ValueMap } from './values';

/**
 * A table with its values mapped, canonical like every table: strings, APIs, callers and rows sorted. So a map that changes
 * nothing gives the same bytes, and a map back gives those from before.
 */
export function mapTable(table: ActivityTable, map: ValueMap): ActivityTable {
  const { apis, callers } = table;
  const strings = new MappedStrings(table.strings);
  const account = strings.column(apis.recipientAccountId, (id) => map.value('accountIds', id));
  const same = (column: Uint32Array) => strings.column(column, (text) => text);
  const apiColumns = [account, ...[apis.awsRegion, apis.eventSource, apis.eventName].map(same)];
  const callerColumns = [
    strings.column(callers.userIdentityArn, (label) => mapIdentity(label, map)),
    strings.column(callers.userAgent, (agent) => map.value('userAgents', agent)),
    strings.column(callers.sourceIPAddress, (ip) => map.value('ipAddresses', ip)),
    strings.column(callers.accessKeyId, (key) => map.value('accessKeys', key)),
  ];
  const errorCode = same(table.errorCode);
  const { sorted, rank } = strings.finish();
  const toRank = (column: Uint32Array) => column.map((ref) => rank[ref]);
  const api = sortRows([
    ...apiColumns.map(toRank),
    Uint32Array.from(apis.sort),
    Uint32Array.from(apis.readOnly),
  ]);
  const caller = sortRows(callerColumns.map(toRank));
  const rows = sortRows([
    apiOfRow(table).map((row) => api.rank[row]),
    table.minute,
    toRank(errorCode),
    table.caller.map((row) => caller.rank[row]),
  ]);
  const [recipientAccountId, awsRegion, eventSource, eventName, sort, readOnly] = api.columns;
  const [userIdentityArn, userAgent, sourceIPAddress, accessKeyId] = caller.columns;
  return {
    strings: sorted,
    apis: {
      recipientAccountId,
      awsRegion,
      eventSource,
      eventName,
      readOnly: Uint8Array.from(readOnly),
      sort: Uint8Array.from(sort),
    },
    callers: { userIdentityArn, userAgent, sourceIPAddress, accessKeyId },
    apiStart: startsOf(rows.columns[0], readOnly.length),
    minute: rows.columns[1],
    errorCode: rows.columns[2],
    caller: rows.columns[3],
    calls: gathered(table.calls, rows.order),
  };
}

/** Strings as they come, numbered; at the end sorted. One string may become several, by what it stands for. */
class MappedStrings {
  private readonly texts = [''];
  private readonly refs = new Map([['', 0]]);

  constructor(private readonly before: readonly string[]) {}

  column(column: Uint32Array, of: (text: string) => string): Uint32Array {
    const done = new Map([[0, 0]]);
    return column.map((old) => {
      const known = done.get(old) ?? this.intern(of(this.before[old]));
      done.set(old, known);
      return known;
    });
  }

  finish(): { sorted: string[]; rank: Uint32Array } {
    const sorted = this.texts.toSorted();
    const rankOf = new Map(sorted.map((text, rank) => [text, rank]));
    return { sorted, rank: Uint32Array.from(this.texts, (text) => rankOf.get(text)!) };
  }

  private intern(text: string): number {
    const ref = this.refs.get(text) ?? this.texts.push(text) - 1;
    this.refs.set(text, ref);
    return ref;
  }
}

/** Sorted columns, the order of the old rows, and by an old row its new one. */
function sortRows(columns: readonly Uint32Array[]) {
  const order = sortedOrder(columns);
  const rank = new Uint32Array(order.length);
  order.forEach((row, position) => (rank[row] = position));
  return { columns: columns.map((column) => gathered(column, order)), order, rank };
}

function apiOfRow({ apiStart, minute }: ActivityTable): Uint32Array {
  const api = new Uint32Array(minute.length);
  for (let a = 0; a + 1 < apiStart.length; a++) api.fill(a, apiStart[a], apiStart[a + 1]);
  return api;
}

function startsOf(sortedApi: Uint32Array, apis: number): Uint32Array {
  const starts = new Uint32Array(apis + 1);
  for (const api of sortedApi) starts[api + 1]++;
  for (let api = 0; api < apis; api++) starts[api + 1] += starts[api];
  return starts;
}
