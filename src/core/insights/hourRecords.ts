import { MINUTES_PER_HOUR } from '../activity/minute';
import { deviationOf, mostCallsWithin } from './deviation';
import type { LocalLevel } from './localLevel';
import { countPositive, touchesGap, type ObservedSeries } from './observedSeries';
import type { Span } from './span';

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
 * calls: any other holds no call more and expects as many. None that missing logs cut short: it would scatter more than
 * windows of its length do. `expectedBefore[i]` is `level.before(series.minute[i])`.
 */
export function hourRecordsOf(
  series: ObservedSeries,
  level: LocalLevel,
  minutes: number,
  dispersion: number,
  expectedBefore: Float64Array,
): HourRecords {
  const { minute, callsBefore, hourFirst, length } = series;
  const columns = emptyColumns(series);
  const count = minute.length;
  let active = -1;
  let end = 0;
  for (let i = 0; i < count;) {
    const hour = Math.floor(minute[i] / MINUTES_PER_HOUR);
    const next = hourFirst[hour + 1];
    columns.hour[++active] = hour;
    columns.start[active] = minute[i];
    columns.end[active] = minute[i] + minutes;
    const least = leastExpected(level, series, minute[i], minute[next - 1] + minutes, minutes);
    let record = LEAST_RECORD;
    let noRecord = mostCallsWithin(record, least, dispersion);
    for (; i < next; i++) {
      const to = minute[i] + minutes;
      while (end < count && minute[end] < to) end++;
      const observed = callsBefore[end] - callsBefore[i];
      if (observed <= noRecord || to > length) continue;
      const isExact = end < count && minute[end] === to;
      const before = isExact ? expectedBefore[end] : level.before(to);
      const expected = Math.max(0, before - expectedBefore[i]);
      if (observed <= mostCallsWithin(record, expected, dispersion)) continue;
      const deviation = deviationOf(observed, expected, dispersion);
      if (deviation <= record || touchesGap(series, minute[i], to)) continue;
      record = deviation;
      noRecord = mostCallsWithin(record, least, dispersion);
      columns.deviation[active] = deviation;
      columns.start[active] = minute[i];
      columns.end[active] = to;
    }
  }
  return { dispersion, ...columns };
}

/** Fewer calls are expected in no window of `minutes` inside [from, to). */
const leastExpected = (
  level: LocalLevel,
  series: ObservedSeries,
  from: number,
  to: number,
  minutes: number,
): number =>
  touchesGap(series, from, Math.min(to, series.length)) ? 0 : minutes * level.lowestIn(from, to);

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

/** Keeps a window as the record of its hour. */
export function keepRecord(
  columns: Omit<HourRecords, 'dispersion'>,
  at: number,
  deviation: number,
  { from, to }: Span,
): void {
  columns.deviation[at] = deviation;
  columns.start[at] = from;
  columns.end[at] = to;
}
