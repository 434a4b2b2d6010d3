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
