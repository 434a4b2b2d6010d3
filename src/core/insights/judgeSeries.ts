import type { Coverage } from '../activity/coverage';
import { clockOf, type Clock } from './clock';
import { deviationOf } from './deviation';
import { episodeOf, joinOverlapping, severestOf, type Episode, type Finding } from './episode';
import type { Span } from './extent';
import { LEAST_RECORD } from './hourRecords';
import { findLastingChanges } from './lastingChange';
import { findMissedRuns } from './missedRuns';
import type { ObservedSeries } from './observedSeries';
import { findRises } from './rises';
import {
  activityModelOf,
  betweenRunsModelOf,
  dailyModelOf,
  modelOf,
  type SeriesModel,
} from './seriesModel';
import type { DetectionSettings } from './settings';
import { findDrops, isBusy } from './drops';

/** Windows are found and joined from this severity up, so that turning a setting hides windows but never moves them. */
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

/** What of the settings decides what is found; the others decide what of it is told. */
export type CandidateSettings = Pick<DetectionSettings, 'severity'>;

/** With settings of the same floor the same is found. */
export const floorOf = ({ severity }: CandidateSettings): number => Math.min(FLOOR, severity);

/** What was found in a series, and what it was judged by. */
export interface Judgement {
  /** The calls against the hours around; every other opinion follows from it. */
  readonly model: SeriesModel;
  /** All opinions on rises, that one first. */
  readonly opinions: readonly SeriesModel[];
  readonly clock: Clock | null;
  /** Of severity `FLOOR` and more, disjoint within each direction. */
  readonly episodes: readonly Episode[];
}

/**
 * Judges a series by itself. Long events bend the level around them: once found, they are left out of it and everything
 * is looked at again.
 */
export function judgeSeries(
  observed: ObservedSeries,
  coverage: Coverage,
  settings: CandidateSettings,
): Judgement {
  const model = modelOf(observed);
  const first = judgeAgainst(model, [], coverage, settings);
  const events = isBusy(model) ? first.episodes.filter(bendsLevel).map(({ extent }) => extent) : [];
  const left = events.reduce((sum, { from, to }) => sum + to - from, 0);
  if (left === 0 || left > MOST_LEFT_OUT * observed.length) return first;
  return judgeAgainst(modelOf(observed, events), events, coverage, settings);
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
      ? severestOf(findings) >= BENDING_DROP_SEVERITY
      : findings.some(risesFar))
  );
}

/** Everything found from the floor up; `events` are no part of the level. */
function judgeAgainst(
  model: SeriesModel,
  events: readonly Span[],
  coverage: Coverage,
  settings: CandidateSettings,
): Judgement {
  const clock = clockOf(model.series, model.shape.occupancy);
  const opinions = [
    model,
    activityModelOf(model, events),
    dailyModelOf(model, events),
    clock && betweenRunsModelOf(model, clock),
  ].filter((one) => one !== null);
  const floor = floorOf(settings);
  const found = [
    ...findRises(opinions, floor),
    ...(coverage.silenceMeansSilence ? findMissing(model, clock, floor) : []),
    ...findLastingChanges(model).map(episodeOf),
  ].filter(({ findings }) => severestOf(findings) >= floor);
  const episodes = (['above', 'below'] as const).flatMap((direction) =>
    joinOverlapping(found.filter(({ findings }) => findings[0].direction === direction)),
  );
  return { model, opinions, clock, episodes };
}

function findMissing(model: SeriesModel, clock: Clock | null, floor: number): Episode[] {
  if (clock !== null) return findMissedRuns(model, clock).map(episodeOf);
  return isBusy(model) ? findDrops(model, floor) : [];
}
