import type { Coverage } from '../activity/coverage';
import { withoutPeaks } from './alteredSeries';
import { clockOf, type Clock } from './clock';
import { episodeOf, joinOverlapping, severestOf, type Episode } from './episode';
import { findLastingChanges } from './lastingChange';
import { findMissedRuns } from './missedRuns';
import type { ObservedSeries } from './observedSeries';
import { findRises, notAgainstItself } from './rises';
import {
  activityModelOf,
  betweenRunsModelOf,
  dailyModelOf,
  modelOf,
  withPeaks,
  type LearntModel,
  type SeriesModel,
} from './seriesModel';
import type { DetectionSettings } from './settings';
import { findDrops, isBusy } from './drops';
import type { Span } from './span';
import { risesFar } from './unusualWindows';

/** Windows are found and joined from this severity up, so that turning a setting hides windows but never moves them. */
const FLOOR = 1;
/**
 * Events of this length are left out of the level, if they fall this rarely or rise far; not if together they are much of
 * the archive. Longer ones may be a whole day's rise and fall, which the level must keep.
 */
const LEAST_BENDING_MINUTES = 20;
const MOST_BENDING_MINUTES = 400;
const BENDING_DROP_SEVERITY = 2.5;
const MOST_LEFT_OUT = 0.2;
/** Without the events that are found first others stand out that they hid. */
const MOST_LOOKS = 4;

/** What of the settings decides what is found; the others decide what of it is told. */
export type CandidateSettings = Pick<DetectionSettings, 'severity'>;

/** With settings of the same floor the same is found. */
export const floorOf = ({ severity }: CandidateSettings): number => Math.min(FLOOR, severity);

/** What was found in a series, and what it was judged by. */
export interface Judgement {
  /** The calls against the hours around; every other opinion follows from it. */
  readonly model: SeriesModel;
  /** All opinions on rises, that one first. */
  readonly opinions: readonly LearntModel[];
  readonly clock: Clock | null;
  /** Of severity `FLOOR` and more, disjoint within each direction. */
  readonly episodes: readonly Episode[];
}

/**
 * Judges a series by itself. Long events bend the level around them and fill the tail: once found, they are left out of
 * both and everything is looked at again, until no more are found. They are looked for where no single minute stands out,
 * or the higher of it would hide the longer.
 */
export function judgeSeries(
  observed: ObservedSeries,
  coverage: Coverage,
  settings: CandidateSettings,
): Judgement {
  const floor = floorOf(settings);
  const history = withoutPeaks(observed);
  let events: readonly Span[] = [];
  let judgement = judgeBy(opinionsOf(history, events), coverage, floor);
  for (let look = 1; look < MOST_LOOKS; look++) {
    const all = [...events, ...newEvents(judgement, events)];
    const left = all.reduce((sum, { from, to }) => sum + to - from, 0);
    if (all.length === events.length || left > MOST_LEFT_OUT * observed.length) break;
    events = all;
    judgement = judgeBy(opinionsOf(history, events), coverage, floor);
  }
  if (history !== observed) {
    const opinions = judgement.opinions.map((model) => withPeaks(model, observed));
    judgement = judgeBy({ ...judgement, model: opinions[0], opinions }, coverage, floor);
  }
  const isSevere = ({ findings }: Episode): boolean => severestOf(findings) >= floor;
  return { ...judgement, episodes: judgement.episodes.map(notAgainstItself).filter(isSevere) };
}

/** Events that bend the level and are not known yet. */
const newEvents = ({ episodes }: Judgement, known: readonly Span[]): Span[] =>
  episodes
    .filter(bendsLevel)
    .map(({ extent }) => extent)
    .filter(({ from, to }) => !known.some((one) => one.from < to && from < one.to));

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

/** What is usual in a series; `events` are no part of it. */
function opinionsOf(history: ObservedSeries, events: readonly Span[]): Omit<Judgement, 'episodes'> {
  const model = modelOf(history, events);
  const clock = clockOf(model.series, model.shape.occupancy);
  const opinions = [
    model,
    activityModelOf(model, events),
    dailyModelOf(model, events),
    clock && betweenRunsModelOf(model, clock),
  ].filter((one) => one !== null);
  return { model, opinions, clock };
}

/** Everything found from the floor up, and what rises far. */
function judgeBy(
  { model, opinions, clock }: Omit<Judgement, 'episodes'>,
  coverage: Coverage,
  floor: number,
): Judgement {
  const missing = coverage.silenceMeansSilence ? findMissing(model, clock, floor) : [];
  const others = [...missing, ...findLastingChanges(model).map(episodeOf)];
  const found = [
    ...findRises(opinions, floor),
    ...others.filter(({ findings }) => severestOf(findings) >= floor),
  ];
  const episodes = (['above', 'below'] as const).flatMap((direction) =>
    joinOverlapping(found.filter(({ findings }) => findings[0].direction === direction)),
  );
  return { model, opinions, clock, episodes };
}

function findMissing(model: SeriesModel, clock: Clock | null, floor: number): Episode[] {
  if (clock !== null) return findMissedRuns(model, clock).map(episodeOf);
  return isBusy(model) ? findDrops(model, floor) : [];
}
