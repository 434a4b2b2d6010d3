import type { ActivityTable } from '../activity/activityTable';
import type { SeriesOptions } from '../activity/callSeries';
import { formatMinute, type Minute } from '../activity/minute';
import { toCsvCell } from './csv';

const HEADER =
  'minute,recipientAccountId,awsRegion,eventSource,eventName,errorCode,readOnly,calls\n';

/** Lines a piece: keeps single strings far below the engine's limit on archives of any size. */
const LINES_PER_PIECE = 20_000;

/**
 * Calls per minute, API and error code as CSV, in pieces: one line per non-zero group of counted, de-duplicated
 * management events, sorted by minute, then API, then error code; with `readEvents` reads without an error too.
 */
export function* minuteCountsCsv(
  table: ActivityTable,
  { readEvents }: SeriesOptions = { readEvents: false },
): Generator<string> {
  yield HEADER;
  const cells = cellsOf(table);
  let lines: string[] = [];
  for (const { row, api, calls } of groupsByMinute(table, readEvents)) {
    const errorCode = toCsvCell(table.strings[table.errorCode[row]]);
    const minute = formatMinute(table.minute[row] as Minute);
    const { name, readOnly } = cells(api);
    lines.push(`${minute},${name},${errorCode},${readOnly},${calls}\n`);
    if (lines.length === LINES_PER_PIECE) {
      yield lines.join('');
      lines = [];
    }
  }
  yield lines.join('');
}

/** The cells of an API, made once each. */
function cellsOf({ apis, strings }: ActivityTable) {
  const made: { name: string; readOnly: boolean }[] = [];
  const columns = [apis.recipientAccountId, apis.awsRegion, apis.eventSource, apis.eventName];
  return (api: number) =>
    (made[api] ??= {
      name: columns.map((column) => toCsvCell(strings[column[api]])).join(','),
      readOnly: apis.readOnly[api] === 1,
    });
}

/** Rows that differ only in their caller, or in the sort of event, fold into one group. */
function* groupsByMinute(table: ActivityTable, readEvents: boolean) {
  const { minute, errorCode, calls } = table;
  const apiOf = firstTwins(table);
  const isListed = (row: number) =>
    readEvents || errorCode[row] !== 0 || table.apis.readOnly[apiOf[row]] === 0;
  const rows = Uint32Array.from(minute.keys()).filter(isListed);
  rows.sort(
    (a, b) => minute[a] - minute[b] || apiOf[a] - apiOf[b] || errorCode[a] - errorCode[b] || a - b,
  );
  for (let from = 0; from < rows.length;) {
    const row = rows[from];
    let to = from;
    let sum = 0;
    while (
      to < rows.length &&
      minute[rows[to]] === minute[row] &&
      apiOf[rows[to]] === apiOf[row] &&
      errorCode[rows[to]] === errorCode[row]
    ) {
      sum += calls[rows[to++]];
    }
    yield { row, api: apiOf[row], calls: sum };
    from = to;
  }
}

/** By row, the first API that equals its own but for the sort of event. */
function firstTwins({ apis, apiStart, minute }: ActivityTable): Uint32Array {
  const first = new Map<string, number>();
  const apiOf = new Uint32Array(minute.length);
  for (let api = 0; api + 1 < apiStart.length; api++) {
    const { recipientAccountId, awsRegion, eventSource, eventName, readOnly } = apis;
    const columns = [recipientAccountId, awsRegion, eventSource, eventName, readOnly];
    const key = columns.map((column) => column[api]).join();
    if (!first.has(key)) first.set(key, api);
    apiOf.fill(first.get(key)!, apiStart[api], apiStart[api + 1]);
  }
  return apiOf;
}
