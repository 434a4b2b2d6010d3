import type { CallSeries } from '../activity/callSeries';
import type { Coverage } from '../activity/coverage';
import { MINUTES_PER_HOUR } from '../activity/minute';
import { type ObservedSeries, sumOf } from './observedSeries';

/** A series relative to its coverage; calls outside the coverage or inside a gap are left out. */
export const observe = (series: CallSeries, coverage: Coverage): ObservedSeries =>
  observeFrom(coverage.start, series, coverage);

/** The same series where its logs have these gaps, and maybe more than before. */
export const observeAgain = (series: Counted, coverage: Coverage): ObservedSeries =>
  observeFrom(0, series, coverage);

/** `minute` counts from `origin`. */
function observeFrom(origin: number, counted: Counted, coverage: Coverage): ObservedSeries {
  const length = Math.max(0, coverage.end - coverage.start);
  const gaps = gapsIn(coverage);
  const kept = coveredCalls(counted, origin, length, gaps);
  const hourCovered = coveredPerHour(length, gaps);
  return {
    length,
    coveredMinutes: sumOf(hourCovered),
    completeBefore: Math.min(length, Math.max(0, coverage.incompleteFrom - coverage.start)),
    ...kept,
    gaps,
    hourCovered,
    ...byHour(kept, hourCovered.length),
  };
}

type Counted = Pick<CallSeries | ObservedSeries, 'minute' | 'calls'>;

/** Missing logs, counted from the coverage's start. */
export function gapsIn({ gaps, start, end }: Coverage): Int32Array {
  const length = Math.max(0, end - start);
  return Int32Array.from(gaps, (minute) => Math.min(length, Math.max(0, minute - start)));
}

function coveredCalls(
  { minute, calls }: Counted,
  origin: number,
  length: number,
  gaps: Int32Array,
): Pick<ObservedSeries, 'minute' | 'calls' | 'callsBefore'> {
  const keptMinute = new Int32Array(minute.length);
  const keptCalls = new Uint32Array(minute.length);
  const callsBefore = new Float64Array(minute.length + 1);
  let kept = 0;
  for (let i = 0, gap = 0; i < minute.length; i++) {
    const at = minute[i] - origin;
    while (gap < gaps.length && gaps[gap + 1] <= at) gap += 2;
    const missing = gap < gaps.length && gaps[gap] <= at;
    if (at < 0 || at >= length || missing) continue;
    keptMinute[kept] = at;
    keptCalls[kept] = calls[i];
    callsBefore[kept + 1] = callsBefore[kept] + calls[i];
    kept++;
  }
  return {
    minute: keptMinute.subarray(0, kept),
    calls: keptCalls.subarray(0, kept),
    callsBefore: callsBefore.subarray(0, kept + 1),
  };
}

function coveredPerHour(length: number, gaps: Int32Array): Uint8Array {
  const hours = Math.ceil(length / MINUTES_PER_HOUR);
  const covered = new Uint8Array(hours).fill(MINUTES_PER_HOUR);
  if (length % MINUTES_PER_HOUR) covered[hours - 1] = length % MINUTES_PER_HOUR;
  for (let g = 0; g < gaps.length; g += 2) {
    for (let from = gaps[g]; from < gaps[g + 1];) {
      const hour = Math.floor(from / MINUTES_PER_HOUR);
      const to = Math.min(gaps[g + 1], (hour + 1) * MINUTES_PER_HOUR);
      covered[hour] -= to - from;
      from = to;
    }
  }
  return covered;
}

/** Calls and first indexes hour by hour, of a series that spans so many hours. */
export function byHour(
  { minute, callsBefore }: Pick<ObservedSeries, 'minute' | 'callsBefore'>,
  hours: number,
): Pick<ObservedSeries, 'hourCalls' | 'hourFirst'> {
  const hourCalls = new Float64Array(hours);
  const hourFirst = new Int32Array(hours + 1);
  let at = 0;
  for (let hour = 0; hour < hours; hour++) {
    const nextHour = (hour + 1) * MINUTES_PER_HOUR;
    while (at < minute.length && minute[at] < nextHour) at++;
    hourFirst[hour + 1] = at;
    hourCalls[hour] = callsBefore[at] - callsBefore[hourFirst[hour]];
  }
  return { hourCalls, hourFirst };
}
