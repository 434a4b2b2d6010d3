import type { ActivityTable } from '../activity/activityTable';
import type { CallSeries } from '../activity/callSeries';
import type { Coverage } from '../activity/coverage';
import { toMinute } from '../activity/minute';
import type { Attribution, InsightStatistics } from '../cloudtrail/insightsEvent';
import { attributionsOf } from './attribution';
import type { Insight, InsightWindow } from './insight';
import { baselineSpanOf, START_DURATION, statisticsOf } from './statistics';
import { sharedEventIDOf } from './toInsightsEvents';

/** A found window with everything that is shown and exported about it: AWS's statistics and attributions. */
export function toInsight(
  window: InsightWindow,
  series: CallSeries,
  table: ActivityTable,
  coverage: Coverage | undefined,
): Insight {
  const insightType = series.key.errorCode ? 'ApiErrorRateInsight' : 'ApiCallRateInsight';
  const described = (duration: number) => describe(window, series, table, coverage, duration);
  const whole = described(window.end - window.start);
  const atStart = described(START_DURATION);
  return {
    ...window,
    sharedEventID: sharedEventIDOf(series.key, insightType, window.start),
    key: series.key,
    insightType,
    statistics: whole.statistics,
    startStatistics: atStart.statistics,
    attributions: whole.attributions,
    startAttributions: atStart.attributions,
    coveredBaseline: whole.statistics.baselineDuration,
  };
}

function describe(
  { start }: InsightWindow,
  series: CallSeries,
  table: ActivityTable,
  coverage: Coverage | undefined,
  duration: number,
): { statistics: InsightStatistics; attributions: Attribution[] } {
  const statistics = statisticsOf(series, start, duration, coverage);
  const insight = { start, end: toMinute(start + duration), duration };
  const baseline = { ...baselineSpanOf(start), duration: statistics.baselineDuration };
  return { statistics, attributions: attributionsOf(table, series.key, insight, baseline) };
}
