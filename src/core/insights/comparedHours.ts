import { lowerBound } from './orderStatistics';
import type { Span } from './span';

/** The hours that records are compared with, of which some stretches may be left out. */
export class ComparedHours {
  readonly count: number;

  /** `hours` ascend; `leftOut` are stretches of hours, disjoint, ascending. */
  constructor(
    private readonly hours: Int32Array,
    private readonly leftOut: readonly Span[] = [],
  ) {
    this.count = this.countIn(0, Infinity);
  }

  /** How many are at least `from` and before `to`. */
  countIn(from: number, to: number): number {
    let count = this.#allIn(from, to);
    for (const one of this.leftOut) {
      const [start, end] = [Math.max(from, one.from), Math.min(to, one.to)];
      if (start < end) count -= this.#allIn(start, end);
    }
    return count;
  }

  #allIn(from: number, to: number): number {
    return lowerBound(this.hours, to) - lowerBound(this.hours, from);
  }
}
