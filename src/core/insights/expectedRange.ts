import type { CallSeries } from '../activity/callSeries';
import type { Coverage } from '../activity/coverage';
import type { Minute } from '../activity/minute';
import { LEAST_MINUTES } from './insightWindowOf';
import { judgeSeries } from './judgeSeries';
import { MinuteLimits } from './minuteLimit';
import { observe } from './observe';
import { touchesGap } from './observedSeries';
import type { DetectionSettings } from './settings';

/** One entry per minute asked for. */
export interface ExpectedRange {
  /** Calls the local level lets expect; 0 where logs are missing. */
  readonly level: Float64Array;
  /** The smallest count, 1 at least, that would open an insight on this minute alone; Infinity where none can. */
  readonly upper: Float64Array;
}

/** As in a gap. */
export const nothingExpected = (minutes: number): ExpectedRange => ({
  level: new Float64Array(minutes),
  upper: new Float64Array(minutes).fill(Infinity),
});

/** What was normal in each minute of [from, to), by the same model and numbers as `findInsightWindows`. */
export function expectedRange(
  series: CallSeries,
  coverage: Coverage,
  settings: DetectionSettings,
  from: Minute,
  to: Minute,
): ExpectedRange {
  const minutes = Math.max(0, to - from);
  const range = nothingExpected(minutes);
  const observed = observe(series, coverage);
  if (observed.coveredMinutes < LEAST_MINUTES) return range;
  const { model, opinions } = judgeSeries(observed, coverage, settings);
  const limits = new MinuteLimits(opinions, settings);
  const first = Math.max(0, coverage.start - from);
  const last = Math.min(minutes, coverage.end - from);
  for (let i = first; i < last; i++) {
    const minute = from + i - coverage.start;
    if (touchesGap(observed, minute, minute + 1)) continue;
    range.level[i] = model.level.at(minute);
    range.upper[i] = limits.at(minute);
  }
  return range;
}
