import type { ActivityTable } from '../../core/activity/activityTable';
import type { CallSeries, SeriesKey } from '../../core/activity/callSeries';
import { toMinute } from '../../core/activity/minute';
import { ABSENT, rankingOf } from '../../core/insights/attribution';
import type { Insight } from '../../core/insights/insight';
import type { MinuteSpan } from '../../core/insights/statistics';
import { defaultSpanLength, spanAround } from './span';

/** As many as an insight's attributions name. */
const MOST = 5;

/** Where other calls of an identity are looked for: about the insight as the graph first shows it, else all of the series. */
export function spanOf(selected: Insight | null, { minute }: CallSeries): MinuteSpan {
  const start = minute[0] ?? 0;
  if (selected === null)
    return { start: toMinute(start), end: toMinute((minute.at(-1) ?? start) + 1) };
  const length = defaultSpanLength(selected.end - selected.start);
  const { from, to } = spanAround(selected.start, selected.end, length);
  return { start: toMinute(Math.max(0, from)), end: toMinute(to) };
}

/** Who made the calls, most first: as the insight's attributions name them; of a drop, who used to make them. */
export function identitiesOf(
  table: ActivityTable,
  key: SeriesKey,
  selected: Insight | null,
  span: MinuteSpan,
): string[] {
  const named = selected?.attributions.find(({ attribute }) => attribute === 'userIdentityArn');
  const attributed = named && (named.insight.length > 0 ? named.insight : named.baseline);
  const ranked = attributed ?? rankingOf(table, key, span)('userIdentityArn');
  return ranked
    .map(({ value }) => value)
    .filter((value) => value !== ABSENT)
    .slice(0, MOST);
}

/** Whether both are calls or errors of one API. */
export const isSameApi = (a: SeriesKey, b: SeriesKey): boolean =>
  a.recipientAccountId === b.recipientAccountId &&
  a.awsRegion === b.awsRegion &&
  a.eventSource === b.eventSource &&
  a.eventName === b.eventName;
