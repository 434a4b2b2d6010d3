import type { ActivityTable, StringRef } from './activityTable';
import { apisOf, calledApis } from './apis';

/** What Insights analyses as one series. With an `errorCode` it is an error series, without one a call series. */
export interface SeriesKey {
  readonly recipientAccountId: string;
  readonly awsRegion: string;
  readonly eventSource: string;
  readonly eventName: string;
  readonly errorCode?: string;
}

/** Calls (or errors of one code) per minute of one series; minutes without any are left out. */
export interface CallSeries {
  readonly key: SeriesKey;
  /** Minutes since the epoch, UTC, ascending, each once. */
  readonly minute: Uint32Array;
  /** Calls in that minute, at least 1. */
  readonly calls: Uint32Array;
}

/** Which calls of a table make call series: `readEvents` those of read APIs too. Error series are always of both. */
export interface SeriesOptions {
  readonly readEvents: boolean;
}

/** Every call series and every error series (by error code) of a table, in key order. */
export function allCallSeries(
  table: ActivityTable,
  { readEvents }: SeriesOptions = { readEvents: false },
): CallSeries[] {
  const all: CallSeries[] = [];
  for (let api = 0; api < table.apis.eventName.length;) {
    const next = afterSameApi(table, api);
    const key = keyOf(table, api);
    const called = calledApis(table, range(api, next)).filter(
      (each) => readEvents || table.apis.readOnly[each] === 0,
    );
    if (called.length > 0) all.push({ key, ...countPerMinute(table, rowsOf(table, called)) });
    for (const [errorCode, rows] of rowsByErrorCode(table, api, next)) {
      all.push({
        key: { ...key, errorCode: table.strings[errorCode] },
        ...countPerMinute(table, rows),
      });
    }
    api = next;
  }
  return all;
}

/** The one series of this key; without any minute where the table does not know it. */
export function callSeriesOf(table: ActivityTable, key: SeriesKey): CallSeries {
  const rows = rowsOf(table, apisOf(table, key));
  if (key.errorCode === undefined) return { key, ...countPerMinute(table, rows) };
  const errors = rows.filter((row) => table.strings[table.errorCode[row]] === key.errorCode);
  return { key, ...countPerMinute(table, errors) };
}

const keyOf = ({ strings, apis }: ActivityTable, api: number): SeriesKey => ({
  recipientAccountId: strings[apis.recipientAccountId[api]],
  awsRegion: strings[apis.awsRegion[api]],
  eventSource: strings[apis.eventSource[api]],
  eventName: strings[apis.eventName[api]],
});

/** The first API after `api` that is not merely its twin: some eventNames are logged as read and write, or by services too. */
function afterSameApi({ apis }: ActivityTable, api: number): number {
  let next = api + 1;
  while (
    next < apis.eventName.length &&
    apis.eventName[next] === apis.eventName[api] &&
    apis.eventSource[next] === apis.eventSource[api] &&
    apis.awsRegion[next] === apis.awsRegion[api] &&
    apis.recipientAccountId[next] === apis.recipientAccountId[api]
  ) {
    next++;
  }
  return next;
}

const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from }, (_, i) => from + i);

/** Rows of APIs, in minute order. */
function rowsOf({ apiStart, minute }: ActivityTable, apis: readonly number[]): Uint32Array {
  const lengths = apis.map((api) => apiStart[api + 1] - apiStart[api]);
  const rows = new Uint32Array(lengths.reduce((sum, length) => sum + length, 0));
  let at = 0;
  for (const api of apis) {
    for (let row = apiStart[api]; row < apiStart[api + 1]; row++) rows[at++] = row;
  }
  return apis.length > 1 ? rows.sort((a, b) => minute[a] - minute[b]) : rows;
}

/** Rows of each error code of the APIs [from, to), codes and minutes ascending. */
function rowsByErrorCode(
  table: ActivityTable,
  from: number,
  to: number,
): [StringRef, Uint32Array][] {
  const rowsOfCode = new Map<StringRef, number[]>();
  for (let row = table.apiStart[from]; row < table.apiStart[to]; row++) {
    const code = table.errorCode[row];
    if (code === 0) continue;
    const rows = rowsOfCode.get(code);
    if (rows === undefined) rowsOfCode.set(code, [row]);
    else rows.push(row);
  }
  return [...rowsOfCode]
    .sort(([a], [b]) => a - b)
    .map(([code, rows]) => [
      code,
      Uint32Array.from(rows).sort((a, b) => table.minute[a] - table.minute[b]),
    ]);
}

/** Calls per minute of rows in minute order. */
function countPerMinute(
  table: ActivityTable,
  rows: Uint32Array,
): Pick<CallSeries, 'minute' | 'calls'> {
  const minute = new Uint32Array(rows.length);
  const calls = new Uint32Array(rows.length);
  let last = -1;
  for (const row of rows) {
    if (last < 0 || minute[last] !== table.minute[row]) minute[++last] = table.minute[row];
    calls[last] += table.calls[row];
  }
  return { minute: minute.slice(0, last + 1), calls: calls.slice(0, last + 1) };
}
