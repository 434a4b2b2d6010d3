import type { ActivityTable } from '../activity/activityTable';
import { formatMinute, type Minute } from '../activity/minute';
import { toCsvCell } from './csv';

const HEADER =
  'minute,recipientAccountId,awsRegion,eventSource,eventName,errorCode,readOnly,calls\n';

/** Lines a piece: keeps single strings far below the engine's limit on archives of any size. */
const LINES_PER_PIECE = 20_000;

/**
 * Calls per minute, API and error code as CSV, in pieces: one line per non-zero group of counted, de-duplicated
 * management events, sorted by minute, then API, then error code.
 */
export function* minuteCountsCsv(table: ActivityTable): Generator<string> {
  yield HEADER;
  const groups = groupsByMinute(table);
  const cells = cellsOf(table);
  let lines: string[] = [];
  for (const group of groups.order) {
    const row = groups.row[group];
    const api = groups.api[group];
    const errorCode = toCsvCell(table.strings[table.errorCode[row]]);
    const minute = formatMinute(table.minute[row] as Minute);
    const { name, readOnly } = cells(api);
    lines.push(`${minute},${name},${errorCode},${readOnly},${groups.calls[group]}\n`);
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

/** Rows that differ only in their caller fold into one group; rows are sorted, so they stand together. */
function groupsByMinute(table: ActivityTable) {
  const row: number[] = [];
  const api: number[] = [];
  const calls: number[] = [];
  for (let a = 0; a + 1 < table.apiStart.length; a++) {
    for (let r = table.apiStart[a]; r < table.apiStart[a + 1]; r++) {
      const same =
        r > table.apiStart[a] &&
        table.minute[r] === table.minute[r - 1] &&
        table.errorCode[r] === table.errorCode[r - 1];
      if (same) {
        calls[calls.length - 1] += table.calls[r];
      } else {
        row.push(r);
        api.push(a);
        calls.push(table.calls[r]);
      }
    }
  }
  const order = Uint32Array.from(row.keys()).sort(
    (a, b) => table.minute[row[a]] - table.minute[row[b]] || a - b,
  );
  return { row, api, calls, order };
}
