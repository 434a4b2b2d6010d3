import type { Coverage } from '../activity/coverage';
import { MINUTES_PER_HOUR } from '../activity/minute';
import { LEAST_MINUTES } from './insightWindowOf';
import { judgeSeries, type CandidateSettings, type Judgement } from './judgeSeries';
import { LeftOutTime } from './leftOutTime';
import { observeAgain } from './observe';
import type { ObservedSeries } from './observedSeries';
import type { DetectionSettings } from './settings';

export const tellingHoursOf = (judgement: Judgement | null, { start }: Coverage): Uint32Array =>
  Uint32Array.from(
    (judgement?.opinions ?? []).flatMap(({ windows }) =>
      windows.flatMap(({ tail }) => tail.tellingHours),
    ),
    (hour) => start + hour * MINUTES_PER_HOUR,
  );

/** Judges a series whatever time is left out; null where the logs are too short. */
export const judgeAllMinutes = (
  observed: ObservedSeries,
  coverage: Coverage,
  settings: CandidateSettings,
): Judgement | null =>
  observed.coveredMinutes < LEAST_MINUTES ? null : judgeSeries(observed, coverage, settings);

export type LeavingOut = CandidateSettings & Pick<DetectionSettings, 'excludedSpans'>;

/**
 * Judges a series with all its minutes and, where the time that is left out matters to it, once more as if the logs of
 * that time were missing. Nothing in that time is told either way. Null where the logs are too short.
 */
export function judgeLeavingOut(
  observed: ObservedSeries,
  coverage: Coverage,
  settings: LeavingOut,
): Judgement | null {
  const time = new LeftOutTime(settings.excludedSpans);
  const judgement = judgeAllMinutes(observed, coverage, settings);
  if (judgement === null || !time.isIn(coverage)) return judgement;
  const found = judgement.episodes.map((episode) => ({
    episode,
    findings: episode.findings,
    start: coverage.start + episode.extent.from,
    end: coverage.start + episode.extent.to,
  }));
  const traces = { candidates: found, tellingHours: tellingHoursOf(judgement, coverage) };
  if (time.mattersTo(traces, coverage)) {
    const rest = time.restOf(coverage);
    return judgeAllMinutes(observeAgain(observed, rest), rest, settings);
  }
  const outside = found.filter((one) => !time.meets(one));
  return { ...judgement, episodes: outside.map(({ episode }) => episode) };
}
