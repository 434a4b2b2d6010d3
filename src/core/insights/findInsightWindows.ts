import type { CallSeries } from '../activity/callSeries';
import type { Coverage } from '../activity/coverage';
import type { TellingSettings } from './episode';
import type { InsightWindow } from './insight';
import { insightWindowOf, isTold } from './insightWindowOf';
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
  return (judgement?.candidates ?? [])
    .filter((candidate) => isTold(candidate, settings))
    .map((candidate) => insightWindowOf(candidate, settings));
}
