import type { Coverage } from '../activity/coverage';
import { candidatesOf, LEAST_MINUTES, type Candidate } from './insightWindowOf';
import { JudgedWithout, type Kept } from './judgedWithout';
import { floorOf, judgeSeries, type CandidateSettings, type Judgement } from './judgeSeries';
import { keptOpinions } from './keptOpinion';
import { LeftOutTime } from './leftOutTime';
import type { ObservedSeries } from './observedSeries';
import type { SeriesModel } from './seriesModel';
import type { DetectionSettings } from './settings';

/** Judges a series whatever time is left out; null where the logs are too short. */
export const judgeAllMinutes = (
  observed: ObservedSeries,
  coverage: Coverage,
  settings: CandidateSettings,
): Judgement | null =>
  observed.coveredMinutes < LEAST_MINUTES ? null : judgeSeries(observed, coverage, settings);

/** What is kept of it, so that it can be told without some of its time. */
export const keptOf = (judgement: Judgement | null, coverage: Coverage): Kept =>
  judgement === null
    ? { candidates: [], opinions: [] }
    : { candidates: candidatesOf(judgement, coverage), opinions: keptOpinions(judgement) };

export type LeavingOut = CandidateSettings & Pick<DetectionSettings, 'excludedSpans'>;

/** What was found in a series without some time, and what it was judged by. */
export interface RestJudgement {
  /** By start. */
  readonly candidates: readonly Candidate[];
  /** The opinions on rises; the first is that on the calls against the hours around. */
  readonly opinions: readonly SeriesModel[];
  /** Of all minutes: what is missing is judged by these. */
  readonly whole: Judgement;
}

/**
 * Judges a series with all its minutes, and then compares what rises with the hours outside of the time that is left out
 * alone (`JudgedWithout`). Null where the logs, or what is left of them, are too short.
 */
export function judgeLeavingOut(
  observed: ObservedSeries,
  coverage: Coverage,
  settings: LeavingOut,
): RestJudgement | null {
  const whole = judgeAllMinutes(observed, coverage, settings);
  if (whole === null) return null;
  const time = new LeftOutTime(settings.excludedSpans);
  if (!time.isIn(coverage))
    return { candidates: candidatesOf(whole, coverage), opinions: whole.opinions, whole };
  if (time.minutesLeftOf(coverage) < LEAST_MINUTES) return null;
  const rest = new JudgedWithout(
    keptOf(whole, coverage),
    time,
    coverage,
    floorOf(settings),
    () => observed,
  );
  return {
    candidates: rest.candidates(),
    opinions: rest.opinions.map(({ model }) => model),
    whole,
  };
}
