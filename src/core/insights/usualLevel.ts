import { MINUTES_PER_HOUR } from '../activity/minute';
import { LocalLevel } from './localLevel';
import { sumOf, type ObservedSeries } from './observedSeries';
import { trimmedMean, upperMedian } from './orderStatistics';

/** An hour with fewer covered minutes says too little about its rate. */
const LEAST_COVERED = 10;
const TRIM = 0.35;
/** Up to this reach (minutes) the level follows ± 3 hours. */
const NEAR_REACH = 180;
const LONGEST_REACH = 1440;
/** Hours either side above which single hours hold too few calls to trim: a plain mean over half a week each side. */
const TRIM_UP_TO_HOURS = 12;
export const HALF_WEEK_HOURS = 84;
/** Where logs or usual hours are missing, the level looks further until it has this many hours. */
const LEAST_HOURS = 2;
const WIDEST_HOURS = 24;

/** The level of a series; its floor is half a call in the whole archive, so that nothing is ever infinitely rare. */
export function localLevelOf(observed: ObservedSeries): LocalLevel {
  const series = { ...observed, hourCalls: withoutLoneRecord(observed.hourCalls) };
  const { minute, gaps, hourCalls, coveredMinutes } = series;
  const floor = 0.5 / Math.max(1, coveredMinutes);
  const total = sumOf(hourCalls);
  if (minute.length < 3) {
    const level = total <= 3 ? floor : total / coveredMinutes / 2;
    return new LocalLevel(new Float64Array(hourCalls.length).fill(level), gaps, LONGEST_REACH);
  }
  const reach = reachOf(series);
  const hours = hoursOf(reach);
  const level =
    hours <= TRIM_UP_TO_HOURS
      ? trimmedLevels(series, hours, floor)
      : meanLevels(series, Math.max(hours, HALF_WEEK_HOURS), floor);
  return new LocalLevel(level, gaps, reach);
}

const hoursOf = (reach: number): number =>
  reach <= NEAR_REACH ? 3 : Math.round(reach / MINUTES_PER_HOUR);

/** Whether a level is a mean over days: what happened in one of them is part of it in the others. */
export const isOfDays = ({ reach }: LocalLevel): boolean => hoursOf(reach) > TRIM_UP_TO_HOURS;

/** The busiest hour counts as the second busiest: more calls in the one that stands out never raise its own level. */
function withoutLoneRecord(hourCalls: Float64Array): Float64Array {
  let first = 0;
  let second = 0;
  let busiest = 0;
  for (let h = 0; h < hourCalls.length; h++) {
    const calls = hourCalls[h];
    if (calls >= first) {
      second = first;
      first = calls;
      busiest = h;
    } else if (calls > second) second = calls;
  }
  if (second === 0 || first === second) return hourCalls;
  const capped = hourCalls.slice();
  capped[busiest] = second;
  return capped;
}

/** Long enough to hold two usual pauses and, up to six hours, twenty calls. */
function reachOf(series: ObservedSeries): number {
  const { minute, coveredMinutes } = series;
  const usualPause = usualPauseOf(minute);
  const twentyCalls = (20 * coveredMinutes) / sumOf(series.hourCalls);
  return Math.min(LONGEST_REACH, Math.max(30, 2 * usualPause, Math.min(twentyCalls, 360)));
}

/** The 95th percentile of the distances between minutes with calls, counted up to the longest reach. */
function usualPauseOf(minute: Int32Array): number {
  const counts = new Uint32Array(LONGEST_REACH + 1);
  for (let i = 1; i < minute.length; i++) {
    const distance = minute[i] - minute[i - 1];
    if (distance === 1) counts[1]++;
    else counts[Math.min(LONGEST_REACH, distance)]++;
  }
  const rank = Math.min(minute.length - 2, Math.floor(0.95 * (minute.length - 1)));
  let pause = 0;
  for (let below = counts[0]; below <= rank; below += counts[pause]) pause++;
  return pause;
}

function trimmedLevels(series: ObservedSeries, reach: number, floor: number): Float64Array {
  const levels = new Float64Array(series.hourCalls.length);
  const rates = new Float64Array(2 * WIDEST_HOURS + 1);
  for (let h = 0; h < levels.length; h++) {
    let near = Math.max(1, Math.min(reach, h, levels.length - 1 - h));
    let count = ratesAround(series, h, near, rates);
    while (count < LEAST_HOURS && near < WIDEST_HOURS)
      count = ratesAround(series, h, ++near, rates);
    levels[h] = Math.max(floor, count === 0 ? 0 : trimmedMean(rates, count, TRIM));
  }
  return levels;
}

/** Calls per minute of the hours up to `reach` from `hour` that are covered well enough; returns how many. */
function ratesAround(
  { hourCalls, hourCovered }: ObservedSeries,
  hour: number,
  reach: number,
  rates: Float64Array,
): number {
  let count = 0;
  const to = Math.min(hourCalls.length - 1, hour + reach);
  for (let i = Math.max(0, hour - reach); i <= to; i++) {
    if (hourCovered[i] >= LEAST_COVERED) rates[count++] = hourCalls[i] / hourCovered[i];
  }
  return count;
}

function meanLevels(series: ObservedSeries, reach: number, floor: number): Float64Array {
  const { hourCalls, hourCovered } = series;
  const hours = hourCalls.length;
  const levels = new Float64Array(hours);
  let calls = 0;
  let covered = 0;
  for (let h = -reach; h < hours; h++) {
    if (h + reach < hours) {
      calls += hourCalls[h + reach];
      covered += hourCovered[h + reach];
    }
    if (h - reach > 0) {
      calls -= hourCalls[h - reach - 1];
      covered -= hourCovered[h - reach - 1];
    }
    if (h >= 0) levels[h] = Math.max(floor, covered > 0 ? calls / covered : 0);
  }
  return levels;
}

const LAG_HOURS = [-168, -48, -24, 24, 48, 168];
const LEAST_LAGS = 5;
const LEAST_HOURS_FOR_DAILY = 336;
/** Never less than this share of the second busiest: beside a weekend and a holiday or two half of the days are days off. */
const SHARE_OF_SECOND_BUSIEST = 0.8;

/** The level by the same hour of the days around and of the weeks around: their median. Null for short logs. */
export function dailyLevelOf(series: ObservedSeries): LocalLevel | null {
  const { hourCalls, hourCovered, coveredMinutes, gaps } = series;
  if (hourCalls.length < LEAST_HOURS_FOR_DAILY) return null;
  const floor = 0.5 / Math.max(1, coveredMinutes);
  const rates = new Float64Array(LAG_HOURS.length);
  const levels = new Float64Array(hourCalls.length);
  for (let h = 0; h < levels.length; h++) {
    let count = 0;
    let highest = hourCalls[h] / Math.max(1, hourCovered[h]);
    for (let i = 0; i < LAG_HOURS.length; i++) {
      const other = h + LAG_HOURS[i];
      if (other < 0 || other >= levels.length || hourCovered[other] < LEAST_COVERED) continue;
      const rate = hourCalls[other] / hourCovered[other];
      rates[count++] = rate;
      if (rate > highest) highest = rate;
    }
    levels[h] = Math.max(floor, count < LEAST_LAGS ? highest : usualOfDays(rates, count));
  }
  return new LocalLevel(levels, gaps, LONGEST_REACH);
}

function usualOfDays(rates: Float64Array, count: number): number {
  const median = upperMedian(rates, count);
  return Math.max(median, SHARE_OF_SECOND_BUSIEST * rates[count - 2]);
}
