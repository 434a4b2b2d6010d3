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
export const allCallSeries = (
  table: ActivityTable,
  options: SeriesOptions = { readEvents: false },
): CallSeries[] =>
  namedApis(table).flatMap((named) => [
    ...callSeriesIn(table, named, options),
    ...errorSeriesIn(table, named),
  ]);

/** APIs [from, next) of one name: some eventNames are logged as read and write, or by services too. */
export interface NamedApis {
  readonly from: number;
  readonly next: number;
}

/** The APIs of a table by name, in key order. */
export function namedApis(table: ActivityTable): NamedApis[] {
  const all: NamedApis[] = [];
  for (let from = 0; from < table.apis.eventName.length; from = all[all.length - 1].next)
    all.push({ from, next: afterSameApi(table, from) });
  return all;
}

/** The call series of a name: one, or none where only reads are called and none are judged. */
export function callSeriesIn(
  table: ActivityTable,
  { from, next }: NamedApis,
  { readEvents }: SeriesOptions,
): CallSeries[] {
  const called = calledApis(table, range(from, next)).filter(
    (each) => readEvents || table.apis.readOnly[each] === 0,
  );
  return called.length === 0 ? [] : [{ key: keyOfApi(table, from), ...countApis(table, called) }];
}

/** The error series of a name, one per error code. */
export function errorSeriesIn(table: ActivityTable, { from, next }: NamedApis): CallSeries[] {
  const key = keyOfApi(table, from);
  return rowsByErrorCode(table, from, next).map(([errorCode, rows]) => ({
    key: { ...key, errorCode: table.strings[errorCode] },
    ...countPerMinute(table, rows),
  }));
}

/** The one series of this key; without any minute where the table does not know it. */
export function callSeriesOf(table: ActivityTable, key: SeriesKey): CallSeries {
  const apis = apisOf(table, key);
  if (key.errorCode === undefined) return { key, ...countApis(table, apis) };
  const errors = rowsOf(table, apis).filter(
    (row) => table.strings[table.errorCode[row]] === key.errorCode,
  );
  return { key, ...countPerMinute(table, errors) };
}

/** The key of an API's call series. */
export const keyOfApi = ({ strings, apis }: ActivityTable, api: number): SeriesKey => ({
  recipientAccountId: strings[apis.recipientAccountId[api]],
  awsRegion: strings[apis.awsRegion[api]],
  eventSource: strings[apis.eventSource[api]],
  eventName: strings[apis.eventName[api]],
});

/** The first API after `api` of another name. */
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

/** Calls per minute of whole APIs: nearly always of one, whose rows need no list. */
function countApis(
  table: ActivityTable,
  apis: readonly number[],
): Pick<CallSeries, 'minute' | 'calls'> {
  if (apis.length !== 1) return countPerMinute(table, rowsOf(table, apis));
  const [api] = apis;
  const from = table.apiStart[api];
  const rows = table.apiStart[api + 1] - from;
  const minute = table.minute.slice(from, from + rows);
  const calls = table.calls.slice(from, from + rows);
  let last = 0;
  for (let i = 1; i < rows; i++) {
    if (minute[i] !== minute[last]) {
      minute[++last] = minute[i];
      calls[last] = calls[i];
    } else calls[last] += calls[i];
  }
  const isCut = last + 1 < rows;
  return isCut
    ? { minute: minute.slice(0, last + 1), calls: calls.slice(0, last + 1) }
    : { minute, calls };
}

/** Calls per minute of rows in minute order. */
export function countPerMinute(
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
