import type { CallSeries } from '../../core/activity/callSeries';
import type { Insight } from '../../core/insights/insight';
import type { Columns } from './columns';
import { indexOfMinute } from '../../core/insights/statistics';

/** What stands in the minute under the cursor. */
export interface Readout {
  readonly minute: number;
  readonly missing: boolean;
  readonly leftOut: boolean;
  readonly calls: number;
  /** Null where not known (yet). */
  readonly expected: number | null;
  readonly limit: number | null;
  /** Minutes in the column whose peak this is; 1 at close range. */
  readonly peakOfMinutes: number;
  readonly insight: Insight | null;
  /** Calls of the other APIs in that minute, in their order. */
  readonly others: readonly number[];
}

/** The busiest minute of the column that holds `minute`: what the column shows. */
export function peakMinuteOf(
  series: CallSeries,
  { from, minutesPerColumn }: Columns,
  minute: number,
): number {
  const start = from + Math.floor((minute - from) / minutesPerColumn) * minutesPerColumn;
  let best = Math.floor(minute);
  let calls = 0;
  const first = indexOfMinute(series.minute, start);
  for (let i = first; series.minute[i] < start + minutesPerColumn; i++) {
    if (series.calls[i] > calls) [best, calls] = [series.minute[i], series.calls[i]];
  }
  return best;
}
