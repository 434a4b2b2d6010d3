import type { ActivityTable } from '../activity/activityTable';
import type { CallSeries } from '../activity/callSeries';
import type { Coverage } from '../activity/coverage';
import { toMinute } from '../activity/minute';
import { attributionsAgainst } from './attribution';
import type { Insight, InsightWindow } from './insight';
import { baselineSpanOf, START_DURATION, statisticsOf, type MinuteSpan } from './statistics';
import { sharedEventIDOf } from './toInsightsEvents';

/** What a window says of its calls, whatever the severity: id, AWS's statistics and attributions. */
export type Described = Omit<Insight, keyof InsightWindow>;

/** A found window with everything that is shown and exported about it. */
export const toInsight = (window: InsightWindow, described: Described): Insight => ({
  ...window,
  ...described,
});

/** The minutes that describing a window looks at: none outside change what is said of it. */
export const describedMinutes = ({
  start,
  end,
}: Pick<InsightWindow, 'start' | 'end'>): MinuteSpan => ({
  start: baselineSpanOf(start).start,
  end: toMinute(Math.max(end, start + START_DURATION)),
});

/** `table` holds at least all judged rows of the series. */
export function describeWindow(
  window: Pick<InsightWindow, 'start' | 'end'>,
  series: CallSeries,
  table: ActivityTable,
  coverage: Coverage | undefined,
): Described {
  const { key } = series;
  const insightType = key.errorCode ? 'ApiErrorRateInsight' : 'ApiCallRateInsight';
  const { start } = window;
  const statistics = statisticsOf(series, start, window.end - start, coverage);
  const { baselineDuration } = statistics;
  const baseline = { ...baselineSpanOf(start), duration: baselineDuration };
  const attributions = attributionsAgainst(table, key, baseline);
  const during = (duration: number) =>
    attributions({ start, end: toMinute(start + duration), duration });
  return {
    sharedEventID: sharedEventIDOf(key, insightType, start),
    key,
    insightType,
    statistics,
    startStatistics: statisticsOf(series, start, START_DURATION, coverage),
    attributions: during(window.end - start),
    startAttributions: during(START_DURATION),
    coveredBaseline: baselineDuration,
  };
}

/** Largest first; where severities tie, as among the largest bursts, by calls; then by time and id, so that order is a law. */
export const bySeverity = (a: Insight, b: Insight): number =>
  b.severity - a.severity ||
  b.explanation.observed - a.explanation.observed ||
  a.start - b.start ||
  (a.sharedEventID < b.sharedEventID ? -1 : 1);
