import { MINUTES_PER_HOUR } from '../activity/minute';
import { byHour } from './observe';
import { callsBetween, firstIndexFrom, type ObservedSeries } from './observedSeries';

/** The same series with every call beyond a minute's first left out. */
export const minutesWithCalls = (series: ObservedSeries): ObservedSeries =>
  withMinutes(series, series.minute, new Uint32Array(series.minute.length).fill(1));

/** The same series with only some of its minutes with calls: `kept` are their indexes. */
export const onlyMinutes = (series: ObservedSeries, kept: Int32Array): ObservedSeries =>
  withMinutes(
    series,
    kept.map((index) => series.minute[index]),
    Uint32Array.from(kept, (index) => series.calls[index]),
  );

/** The same series with another count in one of its minutes. */
export function withCalls(series: ObservedSeries, at: number, count: number): ObservedSeries {
  const index = firstIndexFrom(series, at);
  const after = series.minute[index] === at ? index + 1 : index;
  const added = count > 0 ? 1 : 0;
  const minute = new Int32Array(index + added + series.minute.length - after);
  const calls = new Float64Array(minute.length);
  minute.set(series.minute.subarray(0, index));
  minute.set(series.minute.subarray(after), index + added);
  calls.set(series.calls.subarray(0, index));
  calls.set(series.calls.subarray(after), index + added);
  if (count > 0) {
    minute[index] = at;
    calls[index] = count;
  }
  return withMinutes(series, minute, calls);
}

/** The same logs with other minutes with calls. */
function withMinutes(
  series: ObservedSeries,
  minute: Int32Array,
  calls: ObservedSeries['calls'],
): ObservedSeries {
  const callsBefore = new Float64Array(minute.length + 1);
  for (let i = 0; i < minute.length; i++) callsBefore[i + 1] = callsBefore[i] + calls[i];
  const hours = byHour({ minute, callsBefore }, series.hourCovered.length);
  return { ...series, minute, calls, callsBefore, ...hours };
}

/** The same series, its hours without the calls and minutes of `spans`: what the level is drawn from. */
export function leaveOut(
  series: ObservedSeries,
  spans: readonly { readonly from: number; readonly to: number }[],
): ObservedSeries {
  if (spans.length === 0) return series;
  const hourCalls = series.hourCalls.slice();
  const hourCovered = series.hourCovered.slice();
  for (const span of spans) {
    for (let from = span.from; from < span.to;) {
      const hour = Math.floor(from / MINUTES_PER_HOUR);
      const to = Math.min(span.to, (hour + 1) * MINUTES_PER_HOUR);
      hourCalls[hour] -= callsBetween(series, from, to);
      hourCovered[hour] = Math.max(0, hourCovered[hour] - (to - from));
      from = to;
    }
  }
  return { ...series, hourCalls, hourCovered };
}

/** Minutes with calls on either side that a peak is compared with, and how many times the busiest of them it may count. */
const MINUTES_AROUND = 30;
const MOST_TIMES_AROUND = 2;
/** So many calls are no peak, whatever is around. */
const MOST_ALONE = 4;

/**
 * The series as its history knows it: a minute of more than four calls counts twice the busiest of the thirty minutes with
 * calls before and after it at most. How much more it holds changes nothing about what is usual, so more calls never excuse
 * themselves.
 */
export function withoutPeaks(series: ObservedSeries): ObservedSeries {
  const { calls } = series;
  let cut: Float64Array | null = null;
  for (let i = 0; i < calls.length; i++) {
    const most = mostUsualAt(calls, i);
    if (calls[i] <= most) continue;
    cut ??= Float64Array.from(calls);
    cut[i] = most;
  }
  return cut === null ? series : withMinutes(series, series.minute, cut);
}

/** What the minutes around let the minute at index `at` count; stops looking where that is no less than it holds. */
function mostUsualAt(calls: ObservedSeries['calls'], at: number): number {
  const enough = calls[at] / MOST_TIMES_AROUND;
  let most = MOST_ALONE / MOST_TIMES_AROUND;
  for (let apart = 1; apart <= MINUTES_AROUND && most < enough; apart++) {
    if (at >= apart && calls[at - apart] > most) most = calls[at - apart];
    if (at + apart < calls.length && calls[at + apart] > most) most = calls[at + apart];
  }
  return MOST_TIMES_AROUND * most;
}
