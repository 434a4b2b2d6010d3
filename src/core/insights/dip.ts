import { MINUTES_PER_HOUR } from '../activity/minute';
import { deviationOf } from './deviation';
import { dispersionOf } from './dispersion';
import { emptyColumns, keepRecord, LEAST_RECORD, type HourRecords } from './hourRecords';
import { callsBetween, touchesGap } from './observedSeries';
import { deviationAtSeverity, type Reference } from './returnPeriod';
import type { SeriesModel } from './seriesModel';
import type { Span } from './span';

/** Dips are looked for from every fifth minute; their extent is told to the minute afterwards. */
const GRID_MINUTES = 5;
const LEAST_EXPECTED_IN_DIP = 6;
const LARGEST_SHARE_IN_DIP = 0.75;

/**
 * The deepest dip that begins in each hour. A deviance below the level is never above the squared deficit over the
 * variance of the observed count, which needs no logarithm.
 */
export function dipRecords(
  { series, level }: SeriesModel,
  grid: DipGrid,
  minutes: number,
): HourRecords {
  const dispersion = dispersionOf(series, level, minutes);
  const columns = emptyColumns(series);
  const cells = minutes / GRID_MINUTES;
  const cellsPerHour = MINUTES_PER_HOUR / GRID_MINUTES;
  let active = -1;
  for (let hour = 0; hour < series.hourCalls.length; hour++) {
    if (series.hourCalls[hour] === 0) continue;
    columns.hour[++active] = hour;
    let record = LEAST_RECORD;
    const last = Math.min((hour + 1) * cellsPerHour, grid.complete - cells);
    for (let cell = hour * cellsPerHour; cell < last; cell++) {
      const expected = grid.expected[cell + cells] - grid.expected[cell];
      if (expected < LEAST_EXPECTED_IN_DIP) continue;
      const observed = grid.calls[cell + cells] - grid.calls[cell];
      const deficit = expected - observed;
      const least = observed + dispersion * observed * observed;
      if (deficit * Math.abs(deficit) <= record * record * least) continue;
      const deviation = -deviationOf(observed, expected, dispersion);
      const from = cell * GRID_MINUTES;
      if (deviation <= record || touchesGap(series, from, from + minutes)) continue;
      keepRecord(columns, active, deviation, { from, to: from + minutes });
      record = deviation;
    }
  }
  return { dispersion, ...columns };
}

/** Running sums from which the calls of any dip are told at once. */
export interface DipGrid {
  /** Calls, and calls expected, before every fifth minute. */
  readonly calls: Float64Array;
  readonly expected: Float64Array;
  /** How many of these minutes all files reach. */
  readonly complete: number;
}

export function dipGridOf({ series, level }: SeriesModel): DipGrid {
  const { minute, callsBefore, length, completeBefore } = series;
  const calls = new Float64Array(Math.floor(length / GRID_MINUTES) + 1);
  const expected = new Float64Array(calls.length);
  for (let cell = 0, i = 0; cell < calls.length; cell++) {
    while (i < minute.length && minute[i] < cell * GRID_MINUTES) i++;
    calls[cell] = callsBefore[i];
    expected[cell] = level.before(cell * GRID_MINUTES);
  }
  return { calls, expected, complete: Math.floor(completeBefore / GRID_MINUTES) + 1 };
}

/** The largest count that is an unusual dip at `severity`; −1 where not even silence is. */
export function largestUnusualDip(
  reference: Reference,
  expected: number,
  dispersion: number,
  severity: number,
): number {
  const least = deviationAtSeverity(reference, severity);
  let low = -1;
  let high = Math.floor(LARGEST_SHARE_IN_DIP * expected) + 1;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (-deviationOf(middle, expected, dispersion) >= least) low = middle;
    else high = middle;
  }
  return low;
}

/** Whether clearly fewer calls came than were expected. */
export const isLowered = ({ series, level }: SeriesModel, { from, to }: Span): boolean =>
  callsBetween(series, from, to) <= LARGEST_SHARE_IN_DIP * level.between(from, to);
