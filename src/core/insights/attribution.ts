import type { ActivityTable } from '../activity/activityTable';
import { apisOf } from '../activity/apis';
import type { SeriesKey } from '../activity/callSeries';
import type { AttributeAverage, AttributeName, Attribution } from '../cloudtrail/insightsEvent';
import { indexOfMinute, perMinute, type MinuteSpan } from './statistics';

/** Insights records name at most five values; the console adds an "Other" row. */
const TOP = 5;

/** What AWS writes where a value is absent: the string, not JSON null. */
export const ABSENT = 'null';

/** Calls per distinct value of one attribute, as references into `table.strings`. */
type CallsByValue = Map<number, number>;

/** Visits the table rows of a series within a span. */
export function forEachRow(
  table: ActivityTable,
  key: SeriesKey,
  span: MinuteSpan,
  visit: (row: number) => void,
): void {
  for (const api of apisOf(table, key)) {
    const end = table.apiStart[api + 1];
    const minutes = table.minute.subarray(table.apiStart[api], end);
    let row = table.apiStart[api] + indexOfMinute(minutes, span.start);
    for (; row < end && table.minute[row] < span.end; row++) {
      if (!key.errorCode || table.strings[table.errorCode[row]] === key.errorCode) visit(row);
    }
  }
}

/** Calls per value of any caller column or the error code within a span, highest first; ties in code-unit order. */
export function rankedValues(
  table: ActivityTable,
  key: SeriesKey,
  span: MinuteSpan,
  attribute: AttributeName | 'sourceIPAddress' | 'accessKeyId',
): { value: string; calls: number }[] {
  const calls: CallsByValue = new Map();
  const column = attribute === 'errorCode' ? null : table.callers[attribute];
  forEachRow(table, key, span, (row) => {
    const value = column ? column[table.caller[row]] : table.errorCode[row];
    calls.set(value, (calls.get(value) ?? 0) + table.calls[row]);
  });
  joinAbsent(table, calls);
  return Array.from(calls, ([ref, n]) => ({ value: table.strings[ref] || ABSENT, calls: n })).sort(
    (a, b) => b.calls - a.calls || (a.value < b.value ? -1 : 1),
  );
}

/** A caller may send the text `null` as user agent: AWS's records cannot tell it from an absent one, so neither do we. */
function joinAbsent({ strings }: ActivityTable, calls: CallsByValue): void {
  for (const [ref, n] of calls) {
    if (strings[ref] !== ABSENT) continue;
    calls.delete(ref);
    calls.set(0, (calls.get(0) ?? 0) + n);
  }
}

/**
 * Who and what made the calls: top five values during the insight and, ranked on their own, during the baseline.
 * `insightDuration` and `baselineDuration` are minutes. Error-rate insights have no errorCode attribution.
 */
export function attributionsOf(
  table: ActivityTable,
  key: SeriesKey,
  insight: MinuteSpan & { readonly duration: number },
  baseline: MinuteSpan & { readonly duration: number },
): Attribution[] {
  const attributes: AttributeName[] = ['userIdentityArn', 'userAgent'];
  if (!key.errorCode) attributes.push('errorCode');
  const top = (span: MinuteSpan & { readonly duration: number }, attribute: AttributeName) =>
    rankedValues(table, key, span, attribute)
      .slice(0, TOP)
      .map(({ value, calls }): AttributeAverage => ({
        value,
        average: perMinute(calls, span.duration),
      }));
  return attributes.map((attribute) => ({
    attribute,
    insight: top(insight, attribute),
    baseline: top(baseline, attribute),
  }));
}
