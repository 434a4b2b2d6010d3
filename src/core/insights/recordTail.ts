import { MINUTES_PER_DAY, MINUTES_PER_HOUR } from '../activity/minute';
import { LEAST_RECORD, type HourRecords } from './hourRecords';
import { countPositive, type ObservedSeries } from './observedSeries';
import { selectRank } from './orderStatistics';
import {
  exceedancesOf,
  fitTail,
  MOST_EXCEEDANCES,
  severityOf,
  type Reference,
  type TailWeight,
} from './returnPeriod';

/** Least share of the exponential tail where calls come one by one. */
const OF_SINGLE_CALLS = 0.4;

/** The tail of a series' records: busy series end exponentially, sparse ones as a power. */
export interface TailShape extends TailWeight {
  /** Share of the minutes of active hours that hold calls. */
  readonly occupancy: number;
  /** Hours on either side of a record that are not compared with it: they belong to the same event. */
  readonly apart: number;
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

type Compared = Pick<HourRecords, 'hour' | 'deviation'>;

/** The records of one series and window length, ready to say how rare a deviation is. */
export class RecordTail {
  private readonly ranked: readonly number[];
  private readonly apart: number;

  /**
   * @param compared the records others are compared with, at least those above `LEAST_RECORD`.
   * @param minutes length of the windows the records are of.
   * @param hours all hours others are compared with.
   */
  constructor(
    private readonly compared: Compared,
    private readonly shape: TailShape,
    minutes: number,
    private readonly hours = compared.hour,
  ) {
    this.apart = Math.max(shape.apart, Math.ceil(minutes / MINUTES_PER_HOUR));
    this.ranked = highest(compared.deviation, MOST_EXCEEDANCES + 2 * this.apart + 2);
  }

  /** The largest deviation that may be nothing unusual whichever hour it is in: a cheap first look. */
  get certainlyUsual(): number {
    const { hours, ranked, compared } = this;
    if (hours.length <= 2 * this.apart + 2) return 0;
    const rank = exceedancesOf(hours.length) + 2 * this.apart + 1;
    return compared.deviation[ranked[Math.min(rank, ranked.length - 1)]];
  }

  /**
   * Deviations below reach no such severity, whichever hour they are in: by the records that are left where all that may
   * be near are the highest. A cheap first look, too.
   */
  leastReaching(severity: number): number {
    const near = 2 * this.apart + 1;
    const hours = this.hours.length - near;
    if (hours < 2) return 0;
    const { deviation } = this.compared;
    const exceedances = exceedancesOf(hours);
    const values = this.ranked
      .slice(near, near + exceedances + 1)
      .map((index) => Math.max(LEAST_RECORD, deviation[index]));
    while (values.length < Math.min(hours, exceedances + 1)) values.push(LEAST_RECORD);
    const reference = fitTail(values, hours, exceedances, this.shape);
    for (const index of this.ranked)
      if (severityOf(reference, deviation[index]) < severity) return deviation[index];
    return 0;
  }

  /** The least of the records that make the tail. */
  get leastTelling(): number {
    const index = this.ranked[exceedancesOf(this.hours.length) - 1];
    return Math.max(LEAST_RECORD, this.compared.deviation[index] ?? 0);
  }

  /** What a record in `hour`, or in one of the hours up to `last`, is compared with. */
  referenceFor(hour: number, last = hour): Reference {
    const [from, to] = [hour - this.apart, last + this.apart];
    const { hour: all, deviation } = this.compared;
    const near = lowerBound(this.hours, to + 1) - lowerBound(this.hours, from);
    const hours = this.hours.length - near;
    const exceedances = exceedancesOf(hours);
    const enough = Math.min(deviation.length, exceedances + near + 1);
    const ranked = enough > this.ranked.length ? highest(deviation, enough) : this.ranked;
    const values: number[] = [];
    for (const index of ranked) {
      if (values.length > exceedances) break;
      if (all[index] >= from && all[index] <= to) continue;
      values.push(Math.max(LEAST_RECORD, deviation[index]));
    }
    while (values.length < Math.min(hours, exceedances + 1)) values.push(LEAST_RECORD);
    return fitTail(values, hours, exceedances, this.shape);
  }
}

/** The records of a series; `eventHours` are hours of events that are known already: no measure of what is usual. */
export const tailOf = (
  records: HourRecords,
  shape: TailShape,
  minutes: number,
  eventHours: ReadonlySet<number>,
): RecordTail =>
  new RecordTail(
    eventHours.size === 0 ? records : withoutHours(records, eventHours),
    shape,
    minutes,
  );

function withoutHours({ hour, deviation }: HourRecords, hours: ReadonlySet<number>): Compared {
  return {
    hour: hour.filter((one) => !hours.has(one)),
    deviation: deviation.filter((_, i) => !hours.has(hour[i])),
  };
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

export function lowerBound(values: Int32Array, value: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
