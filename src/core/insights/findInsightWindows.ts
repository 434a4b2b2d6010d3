import type { CallSeries } from '../activity/callSeries';
import type { Coverage } from '../activity/coverage';
import type { TellingSettings } from './episode';
import type { InsightWindow } from './insight';
import {
  candidateOf,
  insightWindowOf,
  isTold,
  LEAST_MINUTES,
  type Candidate,
} from './insightWindowOf';
import { judgeSeries, type CandidateSettings } from './judgeSeries';
import { observe } from './observe';
import { type ObservedSeries } from './observedSeries';

/**
 * The Insights windows of one call or error series, sorted by start, disjoint within a direction. Empty where the logs
 * cover less than three hours. Deterministic; never throws, never NaN, whatever the series holds.
 */
export const findInsightWindows = (
  series: CallSeries,
  coverage: Coverage,
  settings: TellingSettings,
): InsightWindow[] =>
  findCandidates(observe(series, coverage), coverage, settings)
    .filter((candidate) => isTold(candidate, settings))
    .map((candidate) => insightWindowOf(candidate, settings));

/** The same before settings hide any: the same for settings of the same `floorOf`. */
export function findCandidates(
  observed: ObservedSeries,
  coverage: Coverage,
  settings: CandidateSettings,
): Candidate[] {
  if (observed.coveredMinutes < LEAST_MINUTES || observed.minute.length === 0) return [];
  return judgeSeries(observed, coverage, settings)
    .episodes.map((episode) => candidateOf(episode, observed, coverage))
    .sort((a, b) => a.start - b.start || a.end - b.end);
}
