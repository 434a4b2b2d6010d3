import type { ActivityTable, StringRef } from '../activity/activityTable';
import { apisOf } from '../activity/apis';
import type { SeriesKey } from '../activity/callSeries';
import type { AttributeAverage, AttributeName, Attribution } from '../cloudtrail/insightsEvent';
import { indexOfMinute, perMinute, type MinuteSpan } from './statistics';

/** Insights records name at most five values; the console adds an "Other" row. */
const TOP = 5;

/** What AWS writes where a value is absent: the string, not JSON null. */
export const ABSENT = 'null';

/** Visits the table rows of a series within a span. */
function forEachRow(
  table: ActivityTable,
  key: SeriesKey,
  span: MinuteSpan,
  visit: (row: number) => void,
): void {
  const { apiStart, minute, errorCode, strings } = table;
  const code = key.errorCode ? strings.indexOf(key.errorCode) : null;
  for (const api of apisOf(table, key)) {
    const end = apiStart[api + 1];
    const minutes = minute.subarray(apiStart[api], end);
    let row = apiStart[api] + indexOfMinute(minutes, span.start);
    for (; row < end && minute[row] < span.end; row++) {
      if (code === null || errorCode[row] === code) visit(row);
    }
  }
}

/** Calls of a series within a span, by caller and by error code: one pass over its rows. */
interface Tally {
  readonly callers: readonly number[];
  readonly ofCaller: Float64Array;
  readonly ofCode: ReadonlyMap<StringRef, number>;
}

function tallyOf(table: ActivityTable, key: SeriesKey, span: MinuteSpan): Tally {
  const { caller, errorCode, calls } = table;
  const callers: number[] = [];
  const ofCaller = new Float64Array(table.callers.userIdentityArn.length);
  const ofCode = new Map<StringRef, number>();
  let succeeded = 0;
  forEachRow(table, key, span, (row) => {
    if (ofCaller[caller[row]] === 0) callers.push(caller[row]);
    ofCaller[caller[row]] += calls[row];
    const code = errorCode[row];
    if (code === 0) succeeded += calls[row];
    else ofCode.set(code, (ofCode.get(code) ?? 0) + calls[row]);
  });
  if (succeeded > 0) ofCode.set(0, succeeded);
  return { callers, ofCaller, ofCode };
}

type Ranked = AttributeName | 'sourceIPAddress' | 'accessKeyId';

/** The calls of one value; the number of its string, 0 where it is absent. */
export interface RankedValue {
  readonly value: string;
  readonly ref: StringRef;
  readonly calls: number;
}

/** Calls of a series within a span by the value of any caller column or error code, highest first; ties in code-unit order. */
export function rankingOf(
  table: ActivityTable,
  key: SeriesKey,
  span: MinuteSpan,
): (attribute: Ranked) => RankedValue[] {
  const tally = tallyOf(table, key, span);
  return (attribute) => ranked(table, tally, attribute);
}

function ranked(
  table: ActivityTable,
  { callers, ofCaller, ofCode }: Tally,
  attribute: Ranked,
): RankedValue[] {
  const calls = new Map(attribute === 'errorCode' ? ofCode : []);
  if (attribute !== 'errorCode') {
    const column = table.callers[attribute];
    for (const caller of callers) {
      calls.set(column[caller], (calls.get(column[caller]) ?? 0) + ofCaller[caller]);
    }
  }
  joinAbsent(table, calls);
  return Array.from(calls, ([ref, n]) => ({
    value: table.strings[ref] || ABSENT,
    ref,
    calls: n,
  })).sort((a, b) => b.calls - a.calls || (a.value < b.value ? -1 : 1));
}

/** A caller may send the text `null` as user agent: AWS's records cannot tell it from an absent one, so neither do we. */
function joinAbsent({ strings }: ActivityTable, calls: Map<StringRef, number>): void {
  for (const [ref, n] of calls) {
    if (strings[ref] !== ABSENT) continue;
    calls.delete(ref);
    calls.set(0, (calls.get(0) ?? 0) + n);
  }
}

/** A span with the minutes that its averages are over. */
export interface AveragedSpan extends MinuteSpan {
  readonly duration: number;
}

/**
 * Who and what made the calls: top five values during an insight and, ranked on their own, during the baseline; of several
 * spans beside one baseline, which is long. Error-rate insights have no errorCode attribution.
 */
export function attributionsAgainst(
  table: ActivityTable,
  key: SeriesKey,
  baseline: AveragedSpan,
): (insight: AveragedSpan) => Attribution[] {
  const attributes: AttributeName[] = ['userIdentityArn', 'userAgent'];
  if (!key.errorCode) attributes.push('errorCode');
  const topIn = (span: AveragedSpan): AttributeAverage[][] => {
    const ranking = rankingOf(table, key, span);
    return attributes.map((attribute) =>
      ranking(attribute)
        .slice(0, TOP)
        .map(({ value, calls }) => ({ value, average: perMinute(calls, span.duration) })),
    );
  };
  const before = topIn(baseline);
  return (insight) => {
    const during = topIn(insight);
    return attributes.map((attribute, i) => ({
      attribute,
      insight: during[i],
      baseline: before[i],
    }));
  };
}
