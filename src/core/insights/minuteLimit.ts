import { MINUTES_PER_HOUR } from '../activity/minute';
import { mostCallsWithin } from './deviation';
import type { LocalLevel } from './localLevel';
import { callsBetween, firstIndexFrom, touchesGap } from './observedSeries';
import type { ModelWindow, SeriesModel } from './seriesModel';
import type { DetectionSettings } from './settings';
import type { Span } from './span';
import { leastUnusualDeviation, smallestUnusualCount } from './unusualWindows';

/**
 * The smallest count of single minutes with which a window over them would be unusual, by the opinions as they are:
 * what that count itself would change about level and comparison is left out (`UnusualCounts` leave nothing out). Windows
 * over another event are unusual without the minute and say nothing about it.
 */
export class MinuteLimits {
  constructor(
    private readonly opinions: readonly SeriesModel[],
    private readonly settings: DetectionSettings,
    /** What is told above normal, by time. */
    private readonly events: readonly Span[],
    /** Per window and hour the deviation that is unusual: fitting a tail is the dear part. */
    private readonly deviations = new Map<ModelWindow, Map<number, number>>(),
  ) {}

  /** The same where the first opinion has another level, and is as surprised as before. */
  against(level: LocalLevel): MinuteLimits {
    const [first, ...others] = this.opinions;
    const opinions = [{ ...first, level }, ...others];
    return new MinuteLimits(opinions, this.settings, this.events, this.deviations);
  }

  /** In calls, 1 at least: a minute without calls opens nothing. Infinity where no count is unusual. */
  at(minute: number): number {
    const clear = this.clearAround(minute);
    let least = Infinity;
    for (const model of this.opinions) {
      for (const window of model.windows) least = this.leastIn(model, window, minute, clear, least);
    }
    return least;
  }

  /** From the end of the event before to the start of the one after. */
  private clearAround(minute: number): Span {
    const before = this.events.findLast(({ to }) => to <= minute);
    const after = this.events.find(({ from }) => from > minute);
    return { from: before?.to ?? 0, to: after?.from ?? Infinity };
  }

  /** Windows over the minute start at it or at minutes with calls before it. */
  private leastIn(
    model: SeriesModel,
    window: ModelWindow,
    minute: number,
    clear: Span,
    most: number,
  ): number {
    const { series } = model;
    const last = clear.to - window.minutes;
    const here = callsBetween(series, minute, minute + 1);
    let least = minute > last ? most : this.leastFrom(model, window, minute, here, most);
    let i = firstIndexFrom(series, Math.max(clear.from, minute - window.minutes + 1));
    for (; i < series.minute.length && series.minute[i] < Math.min(minute, last + 1); i++) {
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
