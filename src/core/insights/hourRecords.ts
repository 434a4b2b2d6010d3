import { MINUTES_PER_HOUR } from '../activity/minute';
import { deviationOf, pearsonSquared } from './deviation';
import type { LocalLevel } from './localLevel';
import type { ObservedSeries } from './observedSeries';

/** The largest deviation of each active hour. Columns, in time order. */
export interface HourRecords {
  /** Overdispersion of the windows the records are of. */
  readonly dispersion: number;
  /** Hours since the archive's start. */
  readonly hour: Int32Array;
  /** Never negative: an hour that stays below its level has the record 0. */
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
  let active = -1;
  let record = 0;
  let end = 0;
  for (let i = 0; i < minute.length; i++) {
    const from = minute[i];
    const to = from + minutes;
    while (end < minute.length && minute[end] < to) end++;
    const hour = Math.floor(from / MINUTES_PER_HOUR);
    if (active < 0 || columns.hour[active] !== hour) {
      active++;
      columns.hour[active] = hour;
      columns.start[active] = from;
      columns.end[active] = to;
      record = 0;
    }
    if (to > length) continue;
    const observed = callsBefore[end] - callsBefore[i];
    const before = minute[end] === to ? expectedBefore[end] : level.before(to);
    const expected = Math.max(0, before - expectedBefore[i]);
    const excess = observed - expected;
    if (excess <= 0 || pearsonSquared(excess, expected, dispersion) <= record * record) continue;
    const deviation = deviationOf(observed, expected, dispersion);
    if (deviation <= record) continue;
    record = deviation;
    columns.deviation[active] = deviation;
    columns.start[active] = from;
    columns.end[active] = to;
  }
  return { dispersion, ...columns };
}

/** A record of 0 for every hour with calls. */
export function emptyColumns({ hourCalls }: ObservedSeries): Omit<HourRecords, 'dispersion'> {
  const active = hourCalls.reduce((count, calls) => count + (calls > 0 ? 1 : 0), 0);
  return {
    hour: new Int32Array(active),
    deviation: new Float64Array(active),
    start: new Int32Array(active),
    end: new Int32Array(active),
  };
}
