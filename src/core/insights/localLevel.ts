import { MINUTES_PER_HOUR } from '../activity/minute';
import { gapsEndedBy } from './observedSeries';

const HALF_HOUR = MINUTES_PER_HOUR / 2;

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
