import type { CallSeries } from '../activity/callSeries';
import type { Coverage } from '../activity/coverage';
import { toMinute } from '../activity/minute';
import { extentAbove } from './extent';
import type { InsightWindow } from './insight';
import { busiestMinute, LEAST_MINUTES } from './insightWindowOf';
import { LocalLevel } from './localLevel';
import { observe } from './observe';
import { totalCalls, type ObservedSeries } from './observedSeries';
import type { DetectionSettings } from './settings';
import type { Span } from './span';

const MOST_BURSTS = 10;
/** A burst stands out of its series: its minute holds this many times the calls of the next comparable one. */
const LEAST_RATIO_TO_REST = 4;

/**
 * Under three hours of logs nothing can be called unusual, but the largest bursts can be shown: at most ten of those
 * that `largestBurstOf` found in all series, by the calls of their busiest minute; ties as the series are ordered.
 */
export const largestOf = <Burst extends { readonly window: InsightWindow }>(
  bursts: readonly Burst[],
): Burst[] =>
  bursts
    .toSorted((a, b) => b.window.explanation.peakCalls - a.window.explanation.peakCalls)
    .slice(0, MOST_BURSTS);

/** The same of whole series; `coverage[i]` belongs to `series[i]`. */
export const findLargestBursts = (
  series: readonly CallSeries[],
  coverage: readonly Coverage[],
  settings: Pick<DetectionSettings, 'minimumCalls'>,
): { series: CallSeries; window: InsightWindow }[] =>
  largestOf(
    series.flatMap((one, i) => {
      const window = largestBurstOf(observe(one, coverage[i]), coverage[i]);
      return window !== null && isBurstTold(window, settings) ? [{ series: one, window }] : [];
    }),
  );

/** Whether a burst holds the calls that the settings ask for. */
export const isBurstTold = (
  { explanation }: InsightWindow,
  { minimumCalls }: Pick<DetectionSettings, 'minimumCalls'>,
): boolean => explanation.peakCalls >= minimumCalls;

/** The burst of a series whose logs are that short; null where none stands out. */
export function largestBurstOf(series: ObservedSeries, { start }: Coverage): InsightWindow | null {
  if (series.coveredMinutes >= LEAST_MINUTES || series.minute.length === 0) return null;
  const whole = { from: 0, to: series.length };
  const peak = busiestMinute(series, whole);
  const rest = (totalCalls(series) - peak.calls) / Math.max(1, series.coveredMinutes - 1);
  if (peak.calls < LEAST_RATIO_TO_REST * rest) return null;
  const extent = extentOfPeak(series, peak.at, rest);
  return {
    start: toMinute(start + extent.from),
    end: toMinute(start + extent.to),
    direction: 'above',
    severity: 0,
    history: 'none',
    ongoing: extent.to >= series.length,
    explanation: {
      rule: 'largest burst',
      from: toMinute(start + peak.at),
      to: toMinute(start + peak.at + 1),
      observed: peak.calls,
      expected: rest,
      limit: busiestOutside(series, extent),
      comparedHours: 0,
      peakMinute: toMinute(start + peak.at),
      peakCalls: peak.calls,
    },
  };
}

/** The minutes around the peak that are raised above the rest of the series. */
function extentOfPeak(series: ObservedSeries, peak: number, rest: number): Span {
  const rate = Math.max(rest, 0.5 / series.coveredMinutes);
  const level = new LocalLevel(
    series.hourCalls.map(() => rate),
    series.gaps,
    series.length,
  );
  return extentAbove(series, level, { from: peak, to: peak + 1 });
}

const busiestOutside = (series: ObservedSeries, { from, to }: Span): number =>
  Math.max(
    busiestMinute(series, { from: 0, to: from }).calls,
    busiestMinute(series, { from: to, to: series.length }).calls,
  );
