import type { CallSeries } from '../activity/callSeries';
import type { Coverage } from '../activity/coverage';
import { severityOfEpisode } from './episode';
import type { InsightWindow } from './insight';
import { insightWindowOf, LEAST_MINUTES } from './insightWindowOf';
import { judgeSeries } from './judgeSeries';
import { observe } from './observedSeries';
import type { DetectionSettings } from './settings';

/**
 * The Insights windows of one call or error series, sorted by start, disjoint within a direction. Empty where the logs
 * cover less than three hours. Deterministic; never throws, never NaN, whatever the series holds.
 */
export function findInsightWindows(
  series: CallSeries,
  coverage: Coverage,
  settings: DetectionSettings,
): InsightWindow[] {
  const observed = observe(series, coverage);
  if (observed.coveredMinutes < LEAST_MINUTES || observed.minute.length === 0) return [];
  return judgeSeries(observed, coverage, settings)
    .episodes.filter((episode) => severityOfEpisode(episode) >= settings.severity)
    .map((episode) => insightWindowOf(episode, observed, coverage, settings))
    .sort((a, b) => a.start - b.start || a.end - b.end);
}
