import type { ActivityTable } from './activityTable';
import { countPerMinute, type CallSeries, type SeriesKey } from './callSeries';

/** Half-open minutes since the epoch. */
interface Minutes {
  readonly start: number;
  readonly end: number;
}

/** One series of a caller while it is counted. */
interface Counted {
  readonly key: SeriesKey;
  readonly apis: number[];
  total: number;
}

/**
 * The series in which one identity called most within `span`, busiest first, each with that identity's calls alone, over
 * all of the logs. Of read APIs these are series of errors: who made the reads that succeeded is not known.
 * `userIdentityArn`: as `Callers` names it; `most`: how many series at most.
 */
export function callerSeries(
  table: ActivityTable,
  userIdentityArn: string,
  span: Minutes,
  most: number,
): CallSeries[] {
  const isTheirs = callersOf(table, userIdentityArn);
  return [...countedIn(table, isTheirs, span).values()]
    .sort((a, b) => b.total - a.total)
    .slice(0, most)
    .map((counted) => ({
      key: counted.key,
      ...countPerMinute(table, rowsIn(table, counted, isTheirs)),
    }));
}

/** 1 for every caller of that identity. */
function callersOf({ strings, callers }: ActivityTable, userIdentityArn: string): Uint8Array {
  return Uint8Array.from(callers.userIdentityArn, (ref) =>
    ref !== 0 && strings[ref] === userIdentityArn ? 1 : 0,
  );
}

function countedIn(
  table: ActivityTable,
  isTheirs: Uint8Array,
  span: Minutes,
): Map<string, Counted> {
  const found = new Map<string, Counted>();
  for (let api = 0; api < table.apis.eventName.length; api++) {
    const end = table.apiStart[api + 1];
    let row = firstAtOrAfter(table.minute, span.start, table.apiStart[api], end);
    for (; row < end && table.minute[row] < span.end; row++) {
      if (isTheirs[table.caller[row]] === 1) count(found, table, api, row);
    }
  }
  return found;
}

function count(found: Map<string, Counted>, table: ActivityTable, api: number, row: number): void {
  const { apis, strings } = table;
  const errorCode = apis.readOnly[api] === 1 ? table.errorCode[row] : 0;
  const names = [apis.recipientAccountId, apis.awsRegion, apis.eventSource, apis.eventName];
  const refs = names.map((column) => column[api]);
  const id = `${refs.join(' ')} ${errorCode}`;
  const known = found.get(id);
  if (known !== undefined) {
    known.total += table.calls[row];
    if (!known.apis.includes(api)) known.apis.push(api);
    return;
  }
  const [recipientAccountId, awsRegion, eventSource, eventName] = refs.map((ref) => strings[ref]);
  const error = errorCode === 0 ? {} : { errorCode: strings[errorCode] };
  const key = { recipientAccountId, awsRegion, eventSource, eventName, ...error };
  found.set(id, { key, apis: [api], total: table.calls[row] });
}

/** Their rows of a series, in minute order. */
function rowsIn(
  { apiStart, caller, errorCode, minute, strings }: ActivityTable,
  { key, apis }: Counted,
  isTheirs: Uint8Array,
): Uint32Array {
  const rows: number[] = [];
  for (const api of apis) {
    for (let row = apiStart[api]; row < apiStart[api + 1]; row++) {
      const isOfCode = !key.errorCode || strings[errorCode[row]] === key.errorCode;
      if (isTheirs[caller[row]] === 1 && isOfCode) rows.push(row);
    }
  }
  return Uint32Array.from(rows).sort((a, b) => minute[a] - minute[b]);
}

function firstAtOrAfter(minutes: Uint32Array, minute: number, low: number, high: number): number {
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (minutes[middle] < minute) low = middle + 1;
    else high = middle;
  }
  return low;
}
