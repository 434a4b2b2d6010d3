import { MINUTES_PER_HOUR } from '../activity/minute';
import { deviationOf } from './deviation';
import type { LocalLevel } from './localLevel';
import { countPositive, type ObservedSeries } from './observedSeries';

/** Deviations up to here say nothing about the tail: they are not told apart. */
export const LEAST_RECORD = 2.3;

/** The largest deviation of each active hour. Columns, in time order. */
export interface HourRecords {
  /** Overdispersion of the windows the records are of. */
  readonly dispersion: number;
  /** Hours since the archive's start. */
  readonly hour: Int32Array;
  /** 0 in an hour without any above `LEAST_RECORD`. */
  readonly deviation: Float64Array;
  /** The record's window: [start, end). */
  readonly start: Int32Array;
  readonly end: Int32Array;
}

/**
 * For every hour with calls, the most deviating window of `minutes` that starts in it. Windows start at minutes with
 * calls: any other holds no call more and expects as many. `expectedBefore[i]` is `level.before(series.minute[i])`.
 */
export function hourRecordsOf(
  series: ObservedSeries,
  level: LocalLevel,
  minutes: number,
  dispersion: number,
  expectedBefore: Float64Array,
): HourRecords {
  const { minute, callsBefore, length } = series;
  const columns = emptyColumns(series);
  const count = minute.length;
  let active = -1;
  let nextHour = 0;
  let record = 0;
  let end = 0;
  for (let i = 0; i < count; i++) {
    const from = minute[i];
    const to = from + minutes;
    while (end < count && minute[end] < to) end++;
    if (from >= nextHour) {
      const hour = Math.floor(from / MINUTES_PER_HOUR);
      nextHour = (hour + 1) * MINUTES_PER_HOUR;
      active++;
      columns.hour[active] = hour;
      columns.start[active] = from;
      columns.end[active] = to;
      record = LEAST_RECORD;
    }
    if (to > length) continue;
    const observed = callsBefore[end] - callsBefore[i];
    let before = expectedBefore[Math.min(end, count - 1)];
    if (end === count || minute[end] !== to) {
      const least = expectedBefore[end - 1] - expectedBefore[i];
      if (isNoRecord(observed, least, dispersion, record)) continue;
      before = level.before(to);
    }
    const expected = Math.max(0, before - expectedBefore[i]);
    if (isNoRecord(observed, expected, dispersion, record)) continue;
    const deviation = deviationOf(observed, expected, dispersion);
    if (deviation <= record) continue;
    record = deviation;
    columns.deviation[active] = deviation;
    columns.start[active] = from;
    columns.end[active] = to;
  }
  return { dispersion, ...columns };
}

/**
 * Pearson's squared deviation is never below the squared deviance of a count above its expectation, falls as more is
 * expected, and needs no logarithm: where it beats no record, nothing has to be computed exactly.
 */
function isNoRecord(
  observed: number,
  expected: number,
  dispersion: number,
  record: number,
): boolean {
  const excess = observed - expected;
  const variance = expected + dispersion * expected * expected;
  return excess <= 0 || excess * excess <= record * record * variance;
}

/** A record of 0 for every hour with calls. */
export function emptyColumns({ hourCalls }: ObservedSeries): Omit<HourRecords, 'dispersion'> {
  const active = countPositive(hourCalls);
  return {
    hour: new Int32Array(active),
    deviation: new Float64Array(active),
    start: new Int32Array(active),
    end: new Int32Array(active),
  };
}
