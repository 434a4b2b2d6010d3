import type { CallSeries } from '../activity/callSeries';
import type { Coverage } from '../activity/coverage';
import { MINUTES_PER_DAY, MINUTES_PER_HOUR } from '../activity/minute';

/**
 * One series as detection looks at it: minutes counted from `coverage.start`, only what the logs cover. Everything
 * is sized by the minutes that hold calls and by the hours of the archive, never by its minutes.
 */
export interface ObservedSeries {
  /** Minutes of the archive, missing ones included. */
  readonly length: number;
  readonly coveredMinutes: number;
  /** From this minute on files may still be missing: no silence is judged by it. */
  readonly completeBefore: number;
  /** Minutes with calls, ascending. */
  readonly minute: Int32Array;
  readonly calls: Uint32Array | Float64Array;
  /** Calls before the i-th such minute; one entry more than `minute`. */
  readonly callsBefore: Float64Array;
  /** Missing logs: start₀, end₀, start₁, end₁, … */
  readonly gaps: Int32Array;
  /** Per hour from `coverage.start`: its calls, and how many of its minutes the logs cover. */
  readonly hourCalls: Float64Array;
  readonly hourCovered: Uint8Array;
  /** Index of the first minute with calls at or after each hour's start; one entry more than there are hours. */
  readonly hourFirst: Int32Array;
}

export function sumOf(values: Float64Array | Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum;
}

/** How many of the values are above 0. */
export function countPositive(values: Float64Array): number {
  let count = 0;
  for (let i = 0; i < values.length; i++) if (values[i] > 0) count++;
  return count;
}

export const totalCalls = ({ callsBefore }: ObservedSeries): number =>
  callsBefore[callsBefore.length - 1];

/** Average calls per covered day. */
export const callsPerDay = (series: ObservedSeries): number =>
  (totalCalls(series) * MINUTES_PER_DAY) / Math.max(1, series.coveredMinutes);

/** Index of the first minute with calls at or after `from`. */
export function firstIndexFrom({ minute, hourFirst }: ObservedSeries, from: number): number {
  const hour = Math.floor(from / MINUTES_PER_HOUR);
  if (hour < 0) return 0;
  if (hour >= hourFirst.length - 1) return minute.length;
  let low = hourFirst[hour];
  let high = hourFirst[hour + 1];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (minute[middle] < from) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Calls in [from, to). */
export const callsBetween = (series: ObservedSeries, from: number, to: number): number =>
  series.callsBefore[firstIndexFrom(series, to)] - series.callsBefore[firstIndexFrom(series, from)];

/** Whether [from, to) meets missing logs or reaches past the archive. */
export function touchesGap({ gaps, length }: ObservedSeries, from: number, to: number): boolean {
  if (from < 0 || to > length) return true;
  const next = gapsEndedBy(gaps, from);
  return 2 * next < gaps.length && gaps[2 * next] < to;
}

/** How many gaps end at or before `minute`. */
export function gapsEndedBy(gaps: Int32Array, minute: number): number {
  let low = 0;
  let high = gaps.length / 2;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (gaps[2 * middle + 1] <= minute) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A series relative to its coverage; calls outside the coverage or inside a gap are left out. */
export function observe(series: CallSeries, coverage: Coverage): ObservedSeries {
  const length = Math.max(0, coverage.end - coverage.start);
  const gaps = relativeGaps(coverage, length);
  const kept = coveredCalls(series, coverage, gaps);
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

function relativeGaps({ gaps, start }: Coverage, length: number): Int32Array {
  return Int32Array.from(gaps, (minute) => Math.min(length, Math.max(0, minute - start)));
}

function coveredCalls(
  { minute, calls }: CallSeries,
  { start, end }: Coverage,
  gaps: Int32Array,
): Pick<ObservedSeries, 'minute' | 'calls' | 'callsBefore'> {
  const keptMinute = new Int32Array(minute.length);
  const keptCalls = new Uint32Array(minute.length);
  const callsBefore = new Float64Array(minute.length + 1);
  let kept = 0;
  for (let i = 0, gap = 0; i < minute.length; i++) {
    const at = minute[i] - start;
    while (gap < gaps.length && gaps[gap + 1] <= at) gap += 2;
    const missing = gap < gaps.length && gaps[gap] <= at;
    if (at < 0 || minute[i] >= end || missing) continue;
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

function byHour(
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
