import type { Coverage } from '../activity/coverage';
import { MINUTES_PER_DAY } from '../activity/minute';
import type { LeftOutTime } from './leftOutTime';
import { gapsIn } from './observe';
import type { ObservedSeries } from './observedSeries';
import { meets, type Span } from './span';

/** A series and some time that is left out of it. Its minutes are asked for where they are needed alone. */
export class Without {
  /** The time: disjoint, ascending. */
  readonly spans: readonly Span[];
  /** Minutes that are left. */
  readonly minutes: number;
  /** Where the logs reach without it. */
  readonly rest: Coverage;
  /** What share of the minutes is left. */
  readonly share: number;
  #marked: ObservedSeries | undefined;

  /** `observe` gives all minutes of the series. */
  constructor(
    time: LeftOutTime,
    readonly whole: Coverage,
    private readonly observe: () => ObservedSeries,
  ) {
    this.spans = time.spansIn(whole);
    this.minutes = time.minutesLeftOf(whole);
    this.rest = time.restOf(whole);
    this.share = time.shareLeftOf(whole);
  }

  get days(): number {
    return this.minutes / MINUTES_PER_DAY;
  }

  /** All minutes of the series, those of that time marked as missing. */
  get marked(): ObservedSeries {
    return (this.#marked ??= this.mark(this.observe()));
  }

  mark(series: ObservedSeries): ObservedSeries {
    return { ...series, gaps: gapsIn(this.rest), coveredMinutes: this.minutes };
  }
}

export const meetsAny = (spans: readonly Span[], span: Span): boolean =>
  spans.some((one) => meets(one, span));
