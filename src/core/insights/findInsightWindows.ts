import type { CallSeries } from '../activity/callSeries';
import type { Coverage } from '../activity/coverage';
import { deviationOf } from './deviation';
import {
  episodeOf,
  joinOverlapping,
  severityOfEpisode,
  type Episode,
  type Finding,
} from './episode';
import { LEAST_RECORD } from './hourRecords';
import type { InsightWindow } from './insight';
import { insightWindowOf, LEAST_MINUTES } from './insightWindowOf';
import { findLastingChanges } from './lastingChange';
import { findMissedRuns } from './missedRuns';
import { clockOf, type Clock } from './clock';
import type { Span } from './extent';
import { observe, type ObservedSeries } from './observedSeries';
import { findRises } from './rises';
import {
  activityModelOf,
  betweenRunsModelOf,
  dailyModelOf,
  modelOf,
  type SeriesModel,
} from './seriesModel';
import type { DetectionSettings } from './settings';
import { findSilences, isBusy } from './silence';

/** Windows are found and joined from this severity up, so that turning the setting hides windows but never moves them. */
const FLOOR = 1;
/**
 * Events of this length are left out of the level, if they fall this rarely or rise to so many times the deviations this
 * series has anyway; not if together they are much of the archive. Longer ones may be a whole day's rise and fall,
 * which the level must keep.
 */
const LEAST_BENDING_MINUTES = 20;
const MOST_BENDING_MINUTES = 400;
const BENDING_DROP_SEVERITY = 2.5;
const BENDING_RISE = 4;
const MOST_LEFT_OUT = 0.2;

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
  return findEpisodes(observed, coverage, settings)
    .filter((episode) => severityOfEpisode(episode) >= settings.severity)
    .map((episode) => insightWindowOf(episode, observed, coverage, settings))
    .sort((a, b) => a.start - b.start || a.end - b.end);
}

/** Long events bend the level around them: once found, they are left out of it and everything is looked at again. */
function findEpisodes(
  observed: ObservedSeries,
  coverage: Coverage,
  settings: DetectionSettings,
): Episode[] {
  const model = modelOf(observed);
  const first = findAgainst(model, [], coverage, settings);
  const events = isBusy(model) ? first.filter(bendsLevel).map(({ extent }) => extent) : [];
  const left = events.reduce((sum, { from, to }) => sum + to - from, 0);
  if (left === 0 || left > MOST_LEFT_OUT * observed.length) return first;
  return findAgainst(modelOf(observed, events), events, coverage, settings);
}

/** Against what the series does anyway, not by severity: how far other events rise must not matter. */
function risesFar({ reference, observed, expected, dispersion }: Finding): boolean {
  const usual = reference === null ? 0 : Math.max(LEAST_RECORD, reference.threshold);
  return deviationOf(observed, expected, dispersion) >= BENDING_RISE * usual;
}

function bendsLevel({ extent, findings }: Episode): boolean {
  const minutes = extent.to - extent.from;
  const [{ direction, rule }] = findings;
  return (
    minutes >= LEAST_BENDING_MINUTES &&
    minutes <= MOST_BENDING_MINUTES &&
    rule !== 'lasting change' &&
    rule !== 'dip' &&
    (direction === 'below'
      ? severityOfEpisode({ extent, findings }) >= BENDING_DROP_SEVERITY
      : findings.some(risesFar))
  );
}

/** Everything found from the floor up, disjoint within each direction; `events` are no part of the level. */
function findAgainst(
  model: SeriesModel,
  events: readonly Span[],
  coverage: Coverage,
  settings: DetectionSettings,
): Episode[] {
  const clock = clockOf(model.series, model.shape.occupancy);
  const models = [
    model,
    activityModelOf(model, events),
    dailyModelOf(model, events),
    clock && betweenRunsModelOf(model, clock),
  ];
  const floor = Math.min(FLOOR, settings.severity);
  const found = [
    ...findRises(
      models.filter((one) => one !== null),
      floor,
      settings.minimumCalls,
    ),
    ...(coverage.silenceMeansSilence ? findMissing(model, clock, floor) : []),
    ...findLastingChanges(model).map(episodeOf),
  ].filter((episode) => severityOfEpisode(episode) >= floor);
  return (['above', 'below'] as const).flatMap((direction) =>
    joinOverlapping(found.filter(({ findings }) => findings[0].direction === direction)),
  );
}

function findMissing(model: SeriesModel, clock: Clock | null, floor: number): Episode[] {
  if (clock !== null) return findMissedRuns(model, clock).map(episodeOf);
  return isBusy(model) ? findSilences(model, floor) : [];
}
