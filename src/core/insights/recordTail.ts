import { MINUTES_PER_DAY, MINUTES_PER_HOUR } from '../activity/minute';
import { LEAST_RECORD, type HourRecords } from './hourRecords';
import { countPositive, type ObservedSeries } from './observedSeries';
import { selectRank } from './orderStatistics';
import {
  exceedancesOf,
  fitTail,
  MOST_EXCEEDANCES,
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

  /** Hours of the records that make the tail: each tells what is unusual in all others. */
  get tellingHours(): number[] {
    const { hour, deviation } = this.compared;
    const most = exceedancesOf(hour.length);
    return this.ranked
      .slice(0, most)
      .filter((i) => deviation[i] > LEAST_RECORD)
      .map((i) => hour[i]);
  }

  /** What a record in `hour`, or in one of the hours up to `last`, is compared with. */
  referenceFor(hour: number, last = hour): Reference {
    const [from, to] = [hour - this.apart, last + this.apart];
    const { hour: all, deviation } = this.compared;
    const near = lowerBound(all, to + 1) - lowerBound(all, from);
    const hours = all.length - near;
    const exceedances = exceedancesOf(hours);
    const enough = exceedances + near + 1;
    const ranked = enough > this.ranked.length ? highest(deviation, enough) : this.ranked;
    const values: number[] = [];
    for (const index of ranked) {
      if (values.length > exceedances) break;
      if (all[index] >= from && all[index] <= to) continue;
      values.push(Math.max(LEAST_RECORD, deviation[index]));
    }
    return fitTail(values, hours, exceedances, this.shape);
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
