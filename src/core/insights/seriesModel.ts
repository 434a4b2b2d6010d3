import { MINUTES_PER_HOUR } from '../activity/minute';
import { betweenRuns, type Clock } from './clock';
import { dispersionOf } from './dispersion';
import { hourRecordsOf } from './hourRecords';
import type { LocalLevel } from './localLevel';
import type { Span } from './extent';
import type { Counted } from './insight';
import { leaveOut, minutesWithCalls, onlyMinutes } from './alteredSeries';
import { firstIndexFrom, type ObservedSeries } from './observedSeries';
import { RecordTail, tailShapeOf, type TailShape } from './recordTail';
import { dailyLevelOf, localLevelOf } from './usualLevel';

/** Window lengths in minutes; one is used where the archive holds at least eighteen of it. */
export const WINDOW_MINUTES = [1, 2, 5, 20, 60, 240];
const LEAST_WINDOWS = 18;

/** What a series usually does: its level, and for each window length the records of its hours. */
export interface SeriesModel {
  readonly series: ObservedSeries;
  readonly level: LocalLevel;
  readonly shape: TailShape;
  readonly windows: readonly ModelWindow[];
  /** What the series counts where it is not calls. */
  readonly counted?: Counted;
  /** Hours of events that are known already: in no average and no comparison. */
  readonly eventHours: ReadonlySet<number>;
}

export interface ModelWindow {
  readonly minutes: number;
  readonly dispersion: number;
  readonly tail: RecordTail;
}

/** The series against the hours around. `events` are left out of the level: they are not what the series usually does. */
export function modelOf(series: ObservedSeries, events: readonly Span[]): SeriesModel {
  return modelAgainst(series, localLevelOf(leaveOut(series, events)), WINDOW_MINUTES, events);
}

/** Above this occupancy nearly every minute holds calls: how many do says nothing. */
const MOST_OCCUPANCY = 0.5;
const ACTIVITY_MINUTES = [20, 60, 240];

/**
 * A sparse series by its minutes with calls instead of its calls: however heavy its single bursts are, it is unusual
 * that it stays busy for long.
 */
export function activityModelOf(
  { series, shape }: SeriesModel,
  events: readonly Span[],
): SeriesModel | null {
  if (shape.occupancy > MOST_OCCUPANCY) return null;
  const activity = minutesWithCalls(series);
  const level = localLevelOf(leaveOut(activity, events));
  const model = modelAgainst(activity, level, ACTIVITY_MINUTES, events, 0.5);
  return { ...model, counted: 'minutes' };
}

/** A job by the clock without its runs: calls between them are news, however few beside the calls of a run. */
export function betweenRunsModelOf({ series }: SeriesModel, clock: Clock): SeriesModel | null {
  const between = betweenRuns(series, clock);
  if (between.length === 0) return null;
  const others = onlyMinutes(series, between);
  return {
    ...modelAgainst(others, localLevelOf(others), WINDOW_MINUTES, []),
    counted: 'calls between runs',
  };
}

const DAILY_MINUTES = [60, 240];

/** A second opinion for plateaus and ramps, which the hours around follow: the same hours of other days. */
export function dailyModelOf({ series }: SeriesModel, events: readonly Span[]): SeriesModel | null {
  const level = dailyLevelOf(leaveOut(series, events));
  return level === null ? null : modelAgainst(series, level, DAILY_MINUTES, events);
}

/** The same opinion on the calls that came, where it was learnt without their peaks: `series` has the same minutes and more. */
export function withPeaks(model: SeriesModel, series: ObservedSeries): SeriesModel {
  const { level, shape, eventHours } = model;
  if (model.counted === 'minutes') return model;
  const { minute } = model.series;
  const whole =
    minute.length === series.minute.length
      ? series
      : onlyMinutes(
          series,
          minute.map((at) => firstIndexFrom(series, at)),
        );
  const expectedBefore = level.beforeEach(minute);
  const windows = model.windows.map(({ minutes, dispersion }) => {
    const records = hourRecordsOf(whole, level, minutes, dispersion, expectedBefore);
    return { minutes, dispersion, tail: new RecordTail(records, shape, minutes, eventHours) };
  });
  return { ...model, series: whole, windows };
}

function modelAgainst(
  series: ObservedSeries,
  level: LocalLevel,
  windowMinutes: readonly number[],
  events: readonly Span[],
  leastExponential = 0,
): SeriesModel {
  const shape = tailShapeOf(series, leastExponential);
  const lengths = windowMinutes.filter((minutes) => minutes * LEAST_WINDOWS <= series.length);
  const eventHours = hoursOf(events);
  const expectedBefore = level.beforeEach(series.minute);
  const windows = lengths.map((minutes) => {
    const dispersion = dispersionOf(series, level, minutes);
    const records = hourRecordsOf(series, level, minutes, dispersion, expectedBefore);
    return { minutes, dispersion, tail: new RecordTail(records, shape, minutes, eventHours) };
  });
  return { series, level, shape, windows, eventHours };
}

function hoursOf(events: readonly Span[]): ReadonlySet<number> {
  const hours = new Set<number>();
  for (const { from, to } of events) {
    for (let at = from; at < to; at += MINUTES_PER_HOUR)
      hours.add(Math.floor(at / MINUTES_PER_HOUR));
    hours.add(Math.floor((to - 1) / MINUTES_PER_HOUR));
  }
  return hours;
}
