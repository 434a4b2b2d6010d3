import { MINUTES_PER_HOUR } from '../activity/minute';
import { mostCallsWithin } from './deviation';
import type { LocalLevel } from './localLevel';
import { callsBetween, firstIndexFrom, touchesGap } from './observedSeries';
import { leastUnusualDeviation, smallestUnusualCount } from './rises';
import type { ModelWindow, SeriesModel } from './seriesModel';
import type { DetectionSettings } from './settings';

/**
 * The smallest count of single minutes with which a window over them would be unusual, by the opinions as they are:
 * what that count itself would change about level and comparison is left out (`UnusualCounts` leave nothing out).
 */
export class MinuteLimits {
  constructor(
    private readonly opinions: readonly SeriesModel[],
    private readonly settings: DetectionSettings,
    /** Per window and hour the deviation that is unusual: fitting a tail is the dear part. */
    private readonly deviations = new Map<ModelWindow, Map<number, number>>(),
  ) {}

  /** The same where the first opinion has another level, and is as surprised as before. */
  against(level: LocalLevel): MinuteLimits {
    const [first, ...others] = this.opinions;
    return new MinuteLimits([{ ...first, level }, ...others], this.settings, this.deviations);
  }

  /** In calls, 1 at least: a minute without calls opens nothing. Infinity where no count is unusual. */
  at(minute: number): number {
    let least = Infinity;
    for (const model of this.opinions) {
      for (const window of model.windows) least = this.leastIn(model, window, minute, least);
    }
    return least;
  }

  /** Windows over the minute start at it or at minutes with calls before it. */
  private leastIn(model: SeriesModel, window: ModelWindow, minute: number, most: number): number {
    const { series } = model;
    const here = callsBetween(series, minute, minute + 1);
    let least = this.leastFrom(model, window, minute, here, most);
    let i = firstIndexFrom(series, minute - window.minutes + 1);
    for (; i < series.minute.length && series.minute[i] < minute; i++) {
      least = this.leastFrom(model, window, series.minute[i], here, least);
    }
    return least;
  }

  /** What is left to a limit below `most` by the others in the window. A minute with calls counts once, however many. */
  private leastFrom(
    { series, level, counted }: SeriesModel,
    window: ModelWindow,
    from: number,
    here: number,
    most: number,
  ): number {
    const to = from + window.minutes;
    const largest = (counted === 'minutes' ? 2 : most) - 1;
    if (largest < 1 || touchesGap(series, from, to)) return most;
    const others = callsBetween(series, from, to) - here;
    const expected = level.between(from, to);
    const deviation = this.deviationOf(window, Math.floor(from / MINUTES_PER_HOUR));
    if (others + largest <= mostCallsWithin(deviation, expected, window.dispersion)) return most;
    const { minimumCalls } = this.settings;
    const limit = smallestUnusualCount(deviation, expected, window, minimumCalls) - others;
    return limit > largest ? most : Math.min(most, Math.max(1, limit));
  }

  private deviationOf(window: ModelWindow, hour: number): number {
    let known = this.deviations.get(window);
    if (known === undefined) this.deviations.set(window, (known = new Map<number, number>()));
    let deviation = known.get(hour);
    if (deviation === undefined) {
      deviation = leastUnusualDeviation(window.tail.referenceFor(hour), this.settings.severity);
      known.set(hour, deviation);
    }
    return deviation;
  }
}
