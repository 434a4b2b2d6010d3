import type { CallSeries } from '../activity/callSeries';
import type { Coverage } from '../activity/coverage';
import { MINUTES_PER_DAY, startOfDay, toMinute, type Minute } from '../activity/minute';
import type { InsightStatistics } from '../cloudtrail/insightsEvent';

/** Half-open minutes [start, end). */
export interface MinuteSpan {
  readonly start: Minute;
  readonly end: Minute;
}

/** Length of the detection window that AWS's Start records describe: average × 5 is a whole number in all samples. */
export const START_DURATION = 5;

const BASELINE_DAYS = 7;

/** AWS rounds averages to ten decimals (CloudTrail Processing Library, `InsightStatistics`). */
export const round10 = (value: number): number => Number(value.toFixed(10));

/**
 * The span AWS averages as "baseline": 00:00 UTC seven days before the start's day, up to the start. So its length is
 * 10080 + the UTC minute of the day; decoded from documented records (11336 at 20:56, 11092 at 16:52).
 */
export const baselineSpanOf = (start: Minute): MinuteSpan => ({
  start: toMinute(startOfDay(start) - BASELINE_DAYS * MINUTES_PER_DAY),
  end: start,
});

/**
 * Minutes of a span that the logs cover. The archive's first minute counts although it may be partial: its calls did
 * happen, and an export cut at midnight must not lose a minute.
 */
export function coveredMinutesIn(span: MinuteSpan, coverage: Coverage | undefined): number {
  if (!coverage) return span.end - span.start;
  const start = Math.max(span.start, coverage.start - 1);
  const end = Math.min(span.end, coverage.end);
  let covered = Math.max(0, end - start);
  for (let i = 0; i < coverage.gaps.length; i += 2) {
    const gap = Math.min(end, coverage.gaps[i + 1]) - Math.max(start, coverage.gaps[i]);
    if (gap > 0) covered -= gap;
  }
  return covered;
}

/** Index of the first active minute of a series that is not before `minute`; none before index `low` is. */
export function indexOfMinute(minutes: Uint32Array, minute: number, low = 0): number {
  let high = minutes.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (minutes[middle] < minute) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Calls of a series in a span. */
export function callsIn(series: CallSeries, span: MinuteSpan): number {
  let calls = 0;
  const { minute } = series;
  for (let i = indexOfMinute(minute, span.start); i < minute.length && minute[i] < span.end; i++) {
    calls += series.calls[i];
  }
  return calls;
}

/**
 * AWS's reported numbers for an insight: calls per minute over the baseline and over `insightDuration` minutes from
 * `start`. Where the logs do not cover the whole baseline, only covered minutes count and `baselineDuration` says how
 * many, so that average × duration is always the number of calls.
 */
export function statisticsOf(
  series: CallSeries,
  start: Minute,
  insightDuration: number,
  coverage: Coverage | undefined,
): InsightStatistics {
  const baseline = baselineSpanOf(start);
  const baselineDuration = coveredMinutesIn(baseline, coverage);
  const insight = { start, end: toMinute(start + insightDuration) };
  return {
    baseline: { average: perMinute(callsIn(series, baseline), baselineDuration) },
    insight: { average: perMinute(callsIn(series, insight), insightDuration) },
    insightDuration,
    baselineDuration,
  };
}

/** Calls per minute, rounded as AWS does; 0 over no minutes. */
export const perMinute = (calls: number, minutes: number): number =>
  minutes === 0 ? 0 : round10(calls / minutes);
