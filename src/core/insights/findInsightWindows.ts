import type { CallSeries } from '../activity/callSeries';
import type { Coverage } from '../activity/coverage';
import { episodeOf, joinOverlapping, severityOfEpisode, type Episode } from './episode';
import type { InsightWindow } from './insight';
import { insightWindowOf, LEAST_MINUTES } from './insightWindowOf';
import { findLastingChanges } from './lastingChange';
import { clockOf, findMissedRuns } from './missedRuns';
import { observe } from './observedSeries';
import { findRises } from './rises';
import { activityModelOf, dailyModelOf, modelOf, type SeriesModel } from './seriesModel';
import type { DetectionSettings } from './settings';
import { findSilences, isBusy } from './silence';

/** Windows are found and joined from this severity up, so that turning the setting hides windows but never moves them. */
const FLOOR = 1;

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
  return findIn(modelOf(observed), coverage, settings)
    .filter((episode) => severityOfEpisode(episode) >= settings.severity)
    .map((episode) => insightWindowOf(episode, observed, coverage, settings))
    .sort((a, b) => a.start - b.start || a.end - b.end);
}

/** Everything found from the floor up, disjoint within each direction. */
function findIn(model: SeriesModel, coverage: Coverage, settings: DetectionSettings): Episode[] {
  const floor = Math.min(FLOOR, settings.severity);
  const found = [
    ...findRises(modelsOf(model), floor, settings.minimumCalls),
    ...(coverage.silenceMeansSilence ? findMissing(model, floor) : []),
    ...findLastingChanges(model).map(episodeOf),
  ].filter((episode) => severityOfEpisode(episode) >= floor);
  return (['above', 'below'] as const).flatMap((direction) =>
    joinOverlapping(found.filter(({ findings }) => findings[0].direction === direction)),
  );
}

function modelsOf(model: SeriesModel): SeriesModel[] {
  return [model, activityModelOf(model), dailyModelOf(model)].filter((one) => one !== null);
}

function findMissing(model: SeriesModel, floor: number): Episode[] {
  const clock = clockOf(model.series);
  if (clock !== null) return findMissedRuns(model, clock).map(episodeOf);
  return isBusy(model) ? findSilences(model, floor) : [];
}
