import { MINUTES_PER_DAY, MINUTES_PER_HOUR } from '../activity/minute';
import { LEAST_RECORD, type HourRecords } from './hourRecords';
import { selectRank } from './orderStatistics';
import { countPositive, totalCalls, type ObservedSeries } from './observedSeries';

/** Where a series has no other active hour, or one: the least a record may be compared with. */
const LEAST_THRESHOLD = 2.6;
const FEWEST_EXCEEDANCES = 3;
const MOST_EXCEEDANCES = 60;
const TAIL_SHARE = 0.06;
/** What one exceedance of an ordinary exponential tail is worth, and how many of these the tail starts from. */
const PRIOR_MEAN = 0.5;
const PRIOR_COUNT = 4;
/** From this many other hours on, the highest tenth of the tail is trusted no more than the next lower record. */
const WINSORISE_FROM = 30;
/** Tail index of the "first seen" rule: 3 calls ≈ 2.3, 6 ≈ 3.0, 100 ≈ 6.4 in a week. */
const FIRST_SEEN_INDEX = 0.2;
/** Never seen in a week counts as that; in shorter logs it says less, in longer ones more. */
const FIRST_SEEN_DAYS = 7;
const FIRST_SEEN_WORTH_OF_DAYS = 0.6;

/** By how much such tails overstate: measured on clean traffic, a month and longer. */
const OPTIMISM = 0.1;

/** Least share of the exponential tail where calls come one by one. */
const OF_SINGLE_CALLS = 0.4;

/** How heavy the tail of a series' records is: busy series end exponentially, sparse ones as a power. */
export interface TailShape {
  /** Share of the minutes of active hours that hold calls. */
  readonly occupancy: number;
  /** 0: all power law; 1: all exponential. */
  readonly exponential: number;
  /** Tail index the power law starts from. */
  readonly index: number;
  readonly days: number;
  /** Hours on either side of a record that are not compared with it: they belong to the same event. */
  readonly apart: number;
}

/** The tail of a series' other hours, fitted once per hour that is judged. */
export interface Reference {
  /** Other active hours. */
  readonly hours: number;
  readonly days: number;
  readonly exceedances: number;
  /** How many observations the tail's shape rests on, what it was shrunk towards included. */
  readonly count: number;
  /** Deviations up to here are what this series does anyway. */
  readonly threshold: number;
  readonly exponential: number;
  readonly index: number;
  readonly mean: number;
}

/** Shape of the tail of records above the level. */
export function tailShapeOf(series: ObservedSeries, leastExponential: number): TailShape {
  const { length, coveredMinutes, minute, hourCalls } = series;
  const activeHours = countPositive(hourCalls);
  const occupancy = minute.length / Math.max(1, MINUTES_PER_HOUR * activeHours);
  const least = Math.max(leastExponential, isOfSingleCalls(series) ? OF_SINGLE_CALLS : 0);
  const exponential = Math.min(1, Math.max(least, (occupancy - 0.1) / 0.4));
  return {
    occupancy,
    exponential,
    index: 0.25 * (1 - exponential) + 0.16 * exponential,
    days: coveredMinutes / MINUTES_PER_DAY,
    apart: length >= 5 * MINUTES_PER_DAY ? 12 : 1,
  };
}

/** Calls that come one by one know no heavy bursts. */
function isOfSingleCalls({ calls }: ObservedSeries): boolean {
  const most = calls.length - 0.9 * calls.length;
  let several = 0;
  for (let i = 0; i < calls.length; i++) if (calls[i] !== 1 && ++several > most) return false;
  return true;
}

/** Average calls per covered day. */
export const callsPerDay = (series: ObservedSeries): number =>
  (totalCalls(series) * MINUTES_PER_DAY) / Math.max(1, series.coveredMinutes);

/** The records of one series and window length, ready to say how rare a deviation is. */
export class RecordTail {
  private readonly ranked: readonly number[];
  private readonly apart: number;
  /** The records others are compared with: those of hours without a known event. */
  private readonly compared: Pick<HourRecords, 'hour' | 'deviation'>;

  /**
   * @param minutes length of the windows the records are of.
   * @param eventHours hours of events that are known already: no measure of what is usual.
   */
  constructor(
    readonly records: HourRecords,
    private readonly shape: TailShape,
    minutes: number,
    eventHours: ReadonlySet<number> = new Set(),
  ) {
    this.apart = Math.max(shape.apart, Math.ceil(minutes / MINUTES_PER_HOUR));
    this.compared = eventHours.size === 0 ? records : withoutHours(records, eventHours);
    this.ranked = highest(this.compared.deviation, MOST_EXCEEDANCES + 2 * this.apart + 2);
  }

  /** The largest deviation that may be nothing unusual whichever hour it is in: a cheap first look. */
  get certainlyUsual(): number {
    const { hour, deviation } = this.compared;
    if (hour.length <= 2 * this.apart + 2) return 0;
    const rank = exceedancesOf(hour.length) + 2 * this.apart + 1;
    return deviation[this.ranked[Math.min(rank, this.ranked.length - 1)]];
  }

  /** What a record in `hour` is compared with. */
  referenceFor(hour: number): Reference {
    const hours = this.compared.hour.length - this.neighbours(hour);
    const exceedances = exceedancesOf(hours);
    const values: number[] = [];
    for (const index of this.ranked) {
      if (values.length > exceedances) break;
      if (Math.abs(this.compared.hour[index] - hour) <= this.apart) continue;
      values.push(Math.max(LEAST_RECORD, this.compared.deviation[index]));
    }
    return fitTail(values, hours, exceedances, this.shape);
  }

  private neighbours(hour: number): number {
    const { hour: hours } = this.compared;
    return lowerBound(hours, hour + this.apart + 1) - lowerBound(hours, hour - this.apart);
  }
}

function withoutHours(
  { hour, deviation }: HourRecords,
  hours: ReadonlySet<number>,
): Pick<HourRecords, 'hour' | 'deviation'> {
  return {
    hour: hour.filter((one) => !hours.has(one)),
    deviation: deviation.filter((_, i) => !hours.has(hour[i])),
  };
}

const exceedancesOf = (hours: number): number =>
  Math.max(
    1,
    Math.min(
      hours - 1,
      MOST_EXCEEDANCES,
      Math.max(FEWEST_EXCEEDANCES, Math.round(TAIL_SHARE * hours)),
    ),
  );

/**
 * Tail above the (k+1)-th largest of `values` (descending), shrunk towards what such series usually show. Records at
 * the floor tell nothing of the tail's shape: they count for how often the threshold is passed, not for how far.
 */
function fitTail(
  values: number[],
  hours: number,
  most: number,
  { exponential, index, days }: TailShape,
): Reference {
  const threshold = hours <= 1 ? Math.max(LEAST_THRESHOLD, values[0] ?? 0) : values[most];
  const tail = hours <= 1 ? [] : values.slice(0, most).filter((value) => value > LEAST_RECORD);
  const distrusted =
    hours >= WINSORISE_FROM ? Math.min(tail.length - 1, Math.max(1, Math.round(0.1 * most))) : 0;
  const weight = distrusted > 0 ? 1 / (1 - distrusted / tail.length) : 1;
  let logs = 0;
  let excess = 0;
  for (let i = 0; i < tail.length; i++) {
    const value = tail[Math.max(i, distrusted)];
    logs += Math.log(value / threshold);
    excess += value - threshold;
  }
  const told = hours <= 1 ? 1 : tail.length;
  const count = PRIOR_COUNT + told;
  return {
    hours,
    days,
    exceedances: Math.min(most, Math.max(FEWEST_EXCEEDANCES, tail.length)),
    count,
    threshold,
    exponential,
    index: (PRIOR_COUNT * index + weight * logs) / count,
    mean: (PRIOR_COUNT * PRIOR_MEAN + weight * excess) / count,
  };
}

/**
 * log10 of the days between two such deviations in this series; 0 for what it does anyway. The tail is predictive:
 * few exceedances make far deviations less certain, never more.
 */
export function severityOf(reference: Reference, deviation: number): number {
  const { hours, days, exceedances, count, threshold, exponential, index, mean } = reference;
  if (!(deviation > threshold)) return 0;
  if (hours === 0) return firstSeenSeverity(deviation, days);
  const asExponential = Math.log10(1 + (deviation - threshold) / (count * mean));
  const asPower = Math.log10(1 + Math.log(deviation / threshold) / (count * index));
  const severity =
    Math.log10(days / exceedances) -
    OPTIMISM +
    count * (exponential * asExponential + (1 - exponential) * asPower);
  return Math.max(0, severity);
}

function firstSeenSeverity(deviation: number, days: number): number {
  const size = Math.log(deviation / LEAST_THRESHOLD) / (FIRST_SEEN_INDEX * Math.LN10);
  return Math.max(0, size + FIRST_SEEN_WORTH_OF_DAYS * Math.log10(days / FIRST_SEEN_DAYS));
}

/** The smallest deviation of at least this severity. */
export function deviationAtSeverity(reference: Reference, severity: number): number {
  let low = reference.threshold;
  let high = 2 * low;
  while (severityOf(reference, high) < severity && high < Number.MAX_SAFE_INTEGER) high *= 2;
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (severityOf(reference, middle) < severity) low = middle;
    else high = middle;
  }
  return high;
}

/** Indexes of the `count` highest values, highest first, earlier before later. */
function highest(values: Float64Array, count: number): number[] {
  const least = values.length > count ? selectRank(values.slice(), values.length - count) : -1;
  const above: number[] = [];
  const ties: number[] = [];
  for (let i = 0; i < values.length; i++) {
    if (values[i] > least) above.push(i);
    else if (values[i] === least && ties.length < count) ties.push(i);
  }
  above.sort((a, b) => values[b] - values[a] || a - b);
  return above.concat(ties).slice(0, count);
}

function lowerBound(values: Int32Array, value: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
