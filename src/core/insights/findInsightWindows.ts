import type { CallSeries } from '../activity/callSeries';
import type { Coverage } from '../activity/coverage';
import type { TellingSettings } from './episode';
import type { InsightWindow } from './insight';
import { candidateOf, insightWindowOf, isTold, type Candidate } from './insightWindowOf';
import type { Judgement } from './judgeSeries';
import { judgeLeavingOut, type LeavingOut } from './judgeLeavingOut';
import { observe } from './observe';

/**
 * The Insights windows of one call or error series, sorted by start, disjoint within a direction. Empty where the logs
 * cover less than three hours. Deterministic; never throws, never NaN, whatever the series holds. `series` and `coverage`
 * are those of all minutes, left out or not.
 */
export function findInsightWindows(
  series: CallSeries,
  coverage: Coverage,
  settings: TellingSettings & LeavingOut,
): InsightWindow[] {
  if (series.minute.length === 0) return [];
  const judgement = judgeLeavingOut(observe(series, coverage), coverage, settings);
  return candidatesOf(judgement, coverage)
    .filter((candidate) => isTold(candidate, settings))
    .map((candidate) => insightWindowOf(candidate, settings));
}

/** All that was found in a series, before settings hide any of it. */
export const candidatesOf = (judgement: Judgement | null, coverage: Coverage): Candidate[] =>
  judgement === null
    ? []
    : judgement.episodes
        .map((episode) => candidateOf(episode, judgement.model.series, coverage))
        .sort((a, b) => a.start - b.start || a.end - b.end);
