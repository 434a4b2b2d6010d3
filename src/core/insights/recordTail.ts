import { MINUTES_PER_DAY, MINUTES_PER_HOUR } from '../activity/minute';
import { ComparedHours } from './comparedHours';
import { LEAST_RECORD, type HourRecords } from './hourRecords';
import { countPositive, type ObservedSeries } from './observedSeries';
import { inRank, keepHours, type RankedRecords } from './rankedRecords';
import {
  exceedancesOf,
  fitTail,
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

/** The records of one series and window length, ready to say how rare a deviation is. */
export class RecordTail {
  private readonly apart: number;

  /**
   * @param ranked the records others are compared with, at least those above `LEAST_RECORD`.
   * @param minutes length of the windows the records are of.
   * @param hours all hours others are compared with.
   */
  constructor(
    private readonly ranked: RankedRecords,
    private readonly shape: TailShape,
    minutes: number,
    private readonly hours: ComparedHours,
  ) {
    this.apart = Math.max(shape.apart, Math.ceil(minutes / MINUTES_PER_HOUR));
  }

  /** The largest deviation that may be nothing unusual whichever hour it is in: a cheap first look. */
  get certainlyUsual(): number {
    const { hours, ranked } = this;
    if (hours.count <= 2 * this.apart + 2) return 0;
    return ranked.deviation[exceedancesOf(hours.count) + 2 * this.apart + 1] ?? 0;
  }

  /**
   * Deviations below reach no such severity, whichever hour they are in: by the records that are left where all that may
   * be near are the highest. A cheap first look, too.
   */
  leastReaching(severity: number): number {
    const near = 2 * this.apart + 1;
    const hours = this.hours.count - near;
    if (hours < 2) return 0;
    const { deviation } = this.ranked;
    const exceedances = exceedancesOf(hours);
    const values = [...deviation.subarray(near, near + exceedances + 1)];
    const reference = this.#fit(values, hours, exceedances);
    return deviation.find((one) => severityOf(reference, one) < severity) ?? 0;
  }

  /** The least of the records that make the tail. */
  get leastTelling(): number {
    return Math.max(LEAST_RECORD, this.ranked.deviation[exceedancesOf(this.hours.count) - 1] ?? 0);
  }

  /** What a record in `hour`, or in one of the hours up to `last`, is compared with. */
  referenceFor(hour: number, last = hour): Reference {
    const [from, to] = [hour - this.apart, last + this.apart];
    const { hour: hourOf, deviation } = this.ranked;
    const hours = this.hours.count - this.hours.countIn(from, to + 1);
    const exceedances = exceedancesOf(hours);
    const values: number[] = [];
    for (let i = 0; i < deviation.length && values.length <= exceedances; i++)
      if (hourOf[i] < from || hourOf[i] > to) values.push(deviation[i]);
    return this.#fit(values, hours, exceedances);
  }

  /** `values` are the highest, and all others at the floor. */
  #fit(values: number[], hours: number, exceedances: number): Reference {
    for (let i = 0; i < values.length; i++) values[i] = Math.max(LEAST_RECORD, values[i]);
    while (values.length < Math.min(hours, exceedances + 1)) values.push(LEAST_RECORD);
    return fitTail(values, hours, exceedances, this.shape);
  }
}

/** The records of a series, ranked; `eventHours` are hours of events that are known already: no measure of what is usual. */
export function tailOf(
  records: HourRecords,
  ranked: Int32Array,
  shape: TailShape,
  minutes: number,
  eventHours: ReadonlySet<number>,
): RecordTail {
  const { hour, deviation } = records;
  const compared = {
    hour: ranked.map((index) => hour[index]),
    deviation: inRank(deviation, ranked),
  };
  if (eventHours.size === 0)
    return new RecordTail(compared, shape, minutes, new ComparedHours(hour));
  const isKept = (one: number) => !eventHours.has(one);
  const hours = new ComparedHours(hour.filter(isKept));
  return new RecordTail(keepHours(compared, isKept), shape, minutes, hours);
}
