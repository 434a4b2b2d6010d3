import { MINUTES_PER_HOUR } from '../activity/minute';
import { trimmedMean } from './orderStatistics';
import { gapsEndedBy, sumOf, type ObservedSeries } from './observedSeries';

const HALF_HOUR = MINUTES_PER_HOUR / 2;
/** An hour with fewer covered minutes says too little about its rate. */
const LEAST_COVERED = 10;
const TRIM = 0.35;
/** Up to this reach (minutes) the level follows ± 3 hours. */
const NEAR_REACH = 180;
const LONGEST_REACH = 1440;
/** Hours either side above which single hours hold too few calls to trim: a plain mean over half a week each side. */
const TRIM_UP_TO_HOURS = 12;
const HALF_WEEK_HOURS = 84;
/** Where logs or usual hours are missing, the level looks further until it has this many hours. */
const LEAST_HOURS = 2;
const WIDEST_HOURS = 24;

/**
 * The rate a series has around every minute: a robust mean of the hours before and after, drawn as a line through
 * the hours' centres. Two-sided on purpose: it looks at finished logs, so nights, weekends, holidays and clock
 * changes need no calendar. Missing minutes expect nothing.
 */
export class LocalLevel {
  /** Calls per minute at the busiest hour's centre. */
  readonly highest: number;
  private readonly maskedBefore: Float64Array;
  /** Expected calls before each hour's centre, as if nothing were missing. */
  private readonly beforeCentre: Float64Array;

  /** @param hourLevel calls per minute at each hour's centre, all positive. */
  constructor(
    readonly hourLevel: Float64Array,
    private readonly gaps: Int32Array,
    /** Minutes over which the series has enough calls to know its rate. */
    readonly reach: number,
  ) {
    this.beforeCentre = new Float64Array(hourLevel.length);
    let highest = 0;
    for (let h = 0; h < hourLevel.length; h++) if (hourLevel[h] > highest) highest = hourLevel[h];
    this.highest = highest;
    let before = HALF_HOUR * (hourLevel[0] ?? 0);
    for (let h = 0; h < hourLevel.length; h++) {
      this.beforeCentre[h] = before;
      before += this.alongLine(h, MINUTES_PER_HOUR);
    }
    this.maskedBefore = new Float64Array(gaps.length / 2 + 1);
    for (let g = 0; g < gaps.length; g += 2) {
      this.maskedBefore[g / 2 + 1] =
        this.maskedBefore[g / 2] + this.unmaskedBefore(gaps[g + 1]) - this.unmaskedBefore(gaps[g]);
    }
  }

  /** Expected calls in the one minute. */
  at(minute: number): number {
    return this.before(minute + 1) - this.before(minute);
  }

  /** Expected calls in [from, to). */
  between(from: number, to: number): number {
    return Math.max(0, this.before(to) - this.before(from));
  }

  /** Expected calls before each of `minutes`, which ascend. */
  beforeEach(minutes: Int32Array): Float64Array {
    const expected = new Float64Array(minutes.length);
    const { hourLevel, beforeCentre, gaps } = this;
    const last = hourLevel.length - 1;
    let hour = -1;
    let nextCentre = HALF_HOUR + 1;
    let slope = 0;
    for (let i = 0; i < minutes.length; i++) {
      const minute = minutes[i];
      if (minute <= HALF_HOUR) {
        expected[i] = minute * (hourLevel[0] ?? 0);
        continue;
      }
      if (minute >= nextCentre) {
        hour = Math.min(last, Math.floor((minute - HALF_HOUR) / MINUTES_PER_HOUR));
        nextCentre = hour === last ? Infinity : HALF_HOUR + (hour + 1) * MINUTES_PER_HOUR;
        slope = hour < last ? (hourLevel[hour + 1] - hourLevel[hour]) / MINUTES_PER_HOUR : 0;
      }
      const since = minute - HALF_HOUR - hour * MINUTES_PER_HOUR;
      expected[i] =
        beforeCentre[hour] + (since * hourLevel[hour] + (slope * (since * (since - 1))) / 2);
    }
    if (gaps.length > 0)
      for (let i = 0; i < minutes.length; i++) expected[i] -= this.masked(minutes[i]);
    return expected;
  }

  /** An upper bound of the calls per minute in [from, to). */
  highestIn(from: number, to: number): number {
    let highest = 0;
    const last = this.hourAfter(to);
    for (let h = this.hourBefore(from); h <= last; h++)
      if (this.hourLevel[h] > highest) highest = this.hourLevel[h];
    return highest;
  }

  /** A lower bound of the calls per minute in [from, to) where no logs are missing. */
  lowestIn(from: number, to: number): number {
    let lowest = Infinity;
    const last = this.hourAfter(to);
    for (let h = this.hourBefore(from); h <= last; h++)
      if (this.hourLevel[h] < lowest) lowest = this.hourLevel[h];
    return lowest;
  }

  private hourBefore(minute: number): number {
    return Math.max(0, Math.floor((minute - HALF_HOUR) / MINUTES_PER_HOUR));
  }

  private hourAfter(minute: number): number {
    return Math.min(this.hourLevel.length - 1, Math.ceil((minute - HALF_HOUR) / MINUTES_PER_HOUR));
  }

  /** Expected calls before `minute`. */
  before(minute: number): number {
    const expected = this.unmaskedBefore(minute);
    return this.gaps.length === 0 ? expected : expected - this.masked(minute);
  }

  private unmaskedBefore(minute: number): number {
    if (minute <= HALF_HOUR) return minute * (this.hourLevel[0] ?? 0);
    const last = this.hourLevel.length - 1;
    const hour = Math.min(last, Math.floor((minute - HALF_HOUR) / MINUTES_PER_HOUR));
    return (
      this.beforeCentre[hour] + this.alongLine(hour, minute - HALF_HOUR - hour * MINUTES_PER_HOUR)
    );
  }

  /** Expected calls in the first `minutes` after the centre of `hour`: an arithmetic series. */
  private alongLine(hour: number, minutes: number): number {
    const level = this.hourLevel[hour];
    const next = hour + 1 < this.hourLevel.length ? this.hourLevel[hour + 1] : level;
    return minutes * level + (((next - level) / MINUTES_PER_HOUR) * (minutes * (minutes - 1))) / 2;
  }

  private masked(minute: number): number {
    const gap = gapsEndedBy(this.gaps, minute);
    const whole = this.maskedBefore[gap];
    if (2 * gap >= this.gaps.length || this.gaps[2 * gap] >= minute) return whole;
    return whole + this.unmaskedBefore(minute) - this.unmaskedBefore(this.gaps[2 * gap]);
  }
}

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
  const hours = reach <= NEAR_REACH ? 3 : Math.round(reach / MINUTES_PER_HOUR);
  const level =
    hours <= TRIM_UP_TO_HOURS
      ? trimmedLevels(series, hours, floor)
      : meanLevels(series, Math.max(hours, HALF_WEEK_HOURS), floor);
  return new LocalLevel(level, gaps, reach);
}

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
    const usual = count < LEAST_LAGS ? highest : trimmedMean(rates, count, 0.4);
    levels[h] = Math.max(floor, usual);
  }
  return new LocalLevel(levels, gaps, LONGEST_REACH);
}
