import { MINUTES_PER_HOUR } from '../activity/minute';
import { betweenRuns, type Clock } from './clock';
import { dispersionOf } from './dispersion';
import { hourRecordsOf, type HourRecords } from './hourRecords';
import type { LocalLevel } from './localLevel';
import type { Counted } from './insight';
import { leaveOut, minutesWithCalls, onlyMinutes } from './alteredSeries';
import { firstIndexFrom, type ObservedSeries } from './observedSeries';
import { rank } from './rankedRecords';
import { tailOf, tailShapeOf, type RecordTail, type TailShape } from './recordTail';
import type { Span } from './span';
import { dailyLevelOf, localLevelOf } from './usualLevel';

/** Window lengths in minutes; one is used where the archive holds at least eighteen of it. */
export const WINDOW_MINUTES = [1, 2, 5, 20, 60, 240];
const LEAST_WINDOWS = 18;

/** What a series usually does: its level, and for each window length the tail of its records. */
export interface SeriesModel {
  readonly opinion: Opinion;
  readonly series: ObservedSeries;
  readonly level: LocalLevel;
  readonly shape: TailShape;
  readonly windows: readonly ModelWindow[];
  /** What the series counts where it is not calls. */
  readonly counted?: Counted;
  /** Events that are known already: in no average and no comparison. */
  readonly events: readonly Span[];
  readonly eventHours: ReadonlySet<number>;
}

/** What the calls, or the minutes with calls, are judged against. */
export type Opinion = 'hours around' | 'minutes with calls' | 'other days' | 'between runs';

export interface ModelWindow {
  readonly minutes: number;
  readonly dispersion: number;
  readonly tail: RecordTail;
}

/** The same with the records themselves. */
export interface LearntModel extends SeriesModel {
  readonly windows: readonly LearntWindow[];
}

export interface LearntWindow extends ModelWindow {
  readonly records: HourRecords;
  /** Their indexes, the most deviating first (`rank`). */
  readonly ranked: Int32Array;
}

/** The series against the hours around. `events` are left out of the level: they are not what the series usually does. */
export function modelOf(series: ObservedSeries, events: readonly Span[]): LearntModel {
  const level = localLevelOf(leaveOut(series, events));
  return modelAgainst('hours around', series, level, WINDOW_MINUTES, events);
}

/** Minutes with calls hold no heavy bursts: how much of the exponential tail an opinion has at the least. */
export const leastExponentialOf = (opinion: Opinion): number =>
  opinion === 'minutes with calls' ? 0.5 : 0;

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
): LearntModel | null {
  if (shape.occupancy > MOST_OCCUPANCY) return null;
  const activity = minutesWithCalls(series);
  const level = localLevelOf(leaveOut(activity, events));
  const model = modelAgainst('minutes with calls', activity, level, ACTIVITY_MINUTES, events);
  return { ...model, counted: 'minutes' };
}

/** A job by the clock without its runs: calls between them are news, however few beside the calls of a run. */
export function betweenRunsModelOf({ series }: SeriesModel, clock: Clock): LearntModel | null {
  const between = betweenRuns(series, clock);
  if (between.length === 0) return null;
  const others = onlyMinutes(series, between);
  return {
    ...modelAgainst('between runs', others, localLevelOf(others), WINDOW_MINUTES, []),
    counted: 'calls between runs',
  };
}

const DAILY_MINUTES = [60, 240];

/** A second opinion for plateaus and ramps, which the hours around follow: the same hours of other days. */
export function dailyModelOf({ series }: SeriesModel, events: readonly Span[]): LearntModel | null {
  const level = dailyLevelOf(leaveOut(series, events));
  return level === null ? null : modelAgainst('other days', series, level, DAILY_MINUTES, events);
}

/** The same opinion on the calls that came, where it was learnt without their peaks: `series` has the same minutes and more. */
export function withPeaks(model: LearntModel, series: ObservedSeries): LearntModel {
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
    return learntWindow(minutes, records, shape, eventHours);
  });
  return { ...model, series: whole, windows };
}

function modelAgainst(
  opinion: Opinion,
  series: ObservedSeries,
  level: LocalLevel,
  windowMinutes: readonly number[],
  events: readonly Span[],
): LearntModel {
  const shape = tailShapeOf(series, leastExponentialOf(opinion));
  const lengths = windowMinutes.filter((minutes) => minutes * LEAST_WINDOWS <= series.length);
  const eventHours = hoursOf(events);
  const expectedBefore = level.beforeEach(series.minute);
  const windows = lengths.map((minutes) => {
    const dispersion = dispersionOf(series, level, minutes);
    const records = hourRecordsOf(series, level, minutes, dispersion, expectedBefore);
    return learntWindow(minutes, records, shape, eventHours);
  });
  return { opinion, series, level, shape, windows, events, eventHours };
}

function learntWindow(
  minutes: number,
  records: HourRecords,
  shape: TailShape,
  eventHours: ReadonlySet<number>,
): LearntWindow {
  const ranked = rank(records.deviation);
  const tail = tailOf(records, ranked, shape, minutes, eventHours);
  return { minutes, dispersion: records.dispersion, records, ranked, tail };
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
