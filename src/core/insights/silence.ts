import { MINUTES_PER_HOUR } from '../activity/minute';
import { deviationOf } from './deviation';
import { dispersionOf } from './dispersion';
import { mergeFindings, type Episode, type Finding } from './episode';
import { extentBelow, type Span } from './extent';
import { emptyColumns, LEAST_RECORD, type HourRecords } from './hourRecords';
import { callsBetween, touchesGap } from './observedSeries';
import {
  callsPerDay,
  deviationAtSeverity,
  RecordTail,
  severityOf,
  type Reference,
} from './returnPeriod';
import type { SeriesModel } from './seriesModel';

const LEAST_OCCUPANCY = 0.25;
const LEAST_CALLS_PER_DAY = 20;
const LONGEST_REACH = 400;
const SHORTEST_SILENCE = 3;
const LEAST_CALLS_DUE = 0.3;
/** Stretches this long are taken to vary on their own. */
const INDEPENDENT_MINUTES = 5;
/** Dips are looked for from every fifth minute; their extent is told to the minute afterwards. */
const GRID_MINUTES = 5;
const DIP_MINUTES = [15, 60, 240];
const LEAST_EXPECTED_IN_DIP = 6;
const LARGEST_SHARE_IN_DIP = 0.75;
/** The tail of silences is heavier than that of bursts: its index is never taken to be smaller. */
const LEAST_TAIL_INDEX = 0.12;

/** Whether a series is busy and even enough for its silence to mean something. */
export function isBusy({ series, level, shape }: SeriesModel): boolean {
  const occupied = shape.occupancy >= LEAST_OCCUPANCY;
  return occupied && callsPerDay(series) >= LEAST_CALLS_PER_DAY && level.reach <= LONGEST_REACH;
}

/** Silences, which tell their minutes exactly, and dips of a busy series of severity ≥ `floor`, one episode per event. */
export function findSilences(model: SeriesModel, floor: number): Episode[] {
  const shape = {
    ...model.shape,
    exponential: model.shape.exponential / 2,
    index: Math.max(LEAST_TAIL_INDEX, model.shape.index),
  };
  const dips = DIP_MINUTES.filter((minutes) => minutes * 18 <= model.series.length);
  const grid = gridOf(model);
  const found = [
    ...unusual(
      model,
      new RecordTail(silenceRecords(model), shape, INDEPENDENT_MINUTES, model.eventHours),
      'silence',
      floor,
    ),
    ...dips.flatMap((minutes) =>
      unusual(
        model,
        new RecordTail(dipRecords(model, grid, minutes), shape, minutes, model.eventHours),
        'dip',
        floor,
      ),
    ),
  ];
  const isDip = ({ rule }: Finding): number => (rule === 'dip' ? 1 : 0);
  found.sort(
    (a, b) => isDip(a) - isDip(b) || b.severity - a.severity || a.decided.from - b.decided.from,
  );
  return mergeFindings(found, isLowered);
}

function unusual(
  model: SeriesModel,
  tail: RecordTail,
  rule: 'silence' | 'dip',
  floor: number,
): Finding[] {
  const { series, level } = model;
  const { hour, deviation, start, end, dispersion } = tail.records;
  const found: Finding[] = [];
  for (let i = 0; i < hour.length; i++) {
    if (deviation[i] <= tail.certainlyUsual) continue;
    const reference = tail.referenceFor(hour[i]);
    const severity = severityOf(reference, deviation[i]);
    if (reference.hours === 0 || severity < floor) continue;
    const decided = { from: start[i], to: end[i] };
    if (!isLowered(decided, { model })) continue;
    found.push({
      rule,
      direction: 'below',
      severity,
      extent: extentOf(model, rule, decided),
      decided,
      observed: callsBetween(series, decided.from, decided.to),
      expected: level.between(decided.from, decided.to),
      dispersion,
      model,
      reference,
      comparedHours: reference.hours,
    });
  }
  return found;
}

/** A silence is told to the minute; one that reaches the minutes whose files may be missing goes on until calls come. */
function extentOf({ series, level }: SeriesModel, rule: 'silence' | 'dip', decided: Span): Span {
  if (rule === 'dip') return extentBelow(series, level, decided);
  const goesOn =
    decided.to === series.completeBefore && callsBetween(series, decided.to, series.length) === 0;
  return goesOn ? { from: decided.from, to: series.length } : decided;
}

/** The most surprising silence that begins in each hour. */
function silenceRecords({ series, level, windows }: SeriesModel): HourRecords {
  const { minute, hourFirst } = series;
  const dispersion =
    windows.find(({ minutes }) => minutes === INDEPENDENT_MINUTES)?.dispersion ?? 0;
  const columns = emptyColumns(series);
  for (let i = 0, active = -1; i < minute.length;) {
    const hour = Math.floor(minute[i] / MINUTES_PER_HOUR);
    columns.hour[++active] = hour;
    for (; i < hourFirst[hour + 1]; i++) {
      const from = minute[i] + 1;
      const isLast = i + 1 === minute.length;
      const to = isLast ? series.completeBefore : minute[i + 1];
      if (to - from < SHORTEST_SILENCE) continue;
      const due = level.between(from, to);
      if (due <= LEAST_CALLS_DUE || touchesGap(series, from - 1, isLast ? to : to + 1)) continue;
      const deviation = silenceDeviation(due, to - from, dispersion);
      if (deviation > columns.deviation[active]) set(columns, active, deviation, { from, to });
    }
  }
  return { dispersion, ...columns };
}

/** Deviance of no calls where `due` were. */
function silenceDeviation(due: number, minutes: number, dispersion: number): number {
  if (dispersion === 0) return Math.sqrt(2 * due);
  const shape = Math.max(1, minutes / INDEPENDENT_MINUTES) / dispersion;
  return Math.sqrt(2 * shape * Math.log(1 + due / shape));
}

/**
 * The deepest dip that begins in each hour. A deviance below the level is never above the squared deficit over the
 * variance of the observed count, which needs no logarithm.
 */
function dipRecords({ series, level }: SeriesModel, grid: Grid, minutes: number): HourRecords {
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
      set(columns, active, deviation, { from, to: from + minutes });
      record = deviation;
    }
  }
  return { dispersion, ...columns };
}

interface Grid {
  /** Calls, and calls expected, before every fifth minute. */
  readonly calls: Float64Array;
  readonly expected: Float64Array;
  /** How many of these minutes all files reach. */
  readonly complete: number;
}

function gridOf({ series, level }: SeriesModel): Grid {
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

function set(
  columns: Omit<HourRecords, 'dispersion'>,
  at: number,
  deviation: number,
  span: Span,
): void {
  columns.deviation[at] = deviation;
  columns.start[at] = span.from;
  columns.end[at] = span.to;
}

function isLowered(
  { from, to }: Span,
  { model: { series, level } }: Pick<Finding, 'model'>,
): boolean {
  return callsBetween(series, from, to) <= LARGEST_SHARE_IN_DIP * level.between(from, to);
}
