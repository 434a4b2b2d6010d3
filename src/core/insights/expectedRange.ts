import type { CallSeries } from '../activity/callSeries';
import type { Coverage } from '../activity/coverage';
import type { Minute } from '../activity/minute';
import { withoutSpans } from './excludedSpans';
import { judgeLeavingOut } from './judgeLeavingOut';
import type { LocalLevel } from './localLevel';
import { observe } from './observe';
import { touchesGap, type ObservedSeries } from './observedSeries';
import type { DetectionSettings } from './settings';
import { UnusualCounts } from './unusualCounts';

/** One entry per minute asked for. */
export interface ExpectedRange {
  /** Calls the local level lets expect; 0 where logs are missing. */
  readonly level: Float64Array;
  /** The smallest count, 1 at least, that would open an insight on this minute alone; Infinity where none can. */
  readonly upper: Float64Array;
}

/** As in a gap. */
export const nothingExpected = (minutes: number): ExpectedRange => ({
  level: new Float64Array(minutes),
  upper: new Float64Array(minutes).fill(Infinity),
});

/** What was normal in each minute of [from, to), by the same model and numbers as `findInsightWindows`. */
export const expectedRange = (
  series: CallSeries,
  coverage: Coverage,
  settings: DetectionSettings,
  from: Minute,
  to: Minute,
): ExpectedRange => new ExpectedMinutes(series, coverage, settings).range(from, to);

/** What was normal in the minutes of one series, which is judged once however often it is asked. */
export class ExpectedMinutes {
  /** Without the minutes that are left out. */
  readonly #rest: ObservedSeries;
  /** Null where the logs are too short to judge. */
  readonly #known: { readonly level: LocalLevel; readonly counts: UnusualCounts } | null;

  constructor(
    series: CallSeries,
    private readonly coverage: Coverage,
    settings: DetectionSettings,
  ) {
    const observed = observe(series, coverage);
    this.#rest = observe(series, withoutSpans(coverage, settings.excludedSpans));
    const judgement = judgeLeavingOut(observed, coverage, settings);
    this.#known = judgement && {
      level: judgement.opinions[0].level,
      counts: new UnusualCounts(observed, coverage, settings, judgement),
    };
  }

  /** Of all minutes of [from, to); `upper` leaves out what a count itself changes about level and comparison. */
  range(from: Minute, to: Minute): ExpectedRange {
    const range = nothingExpected(Math.max(0, to - from));
    for (let i = 0; i < range.level.length; i++)
      this.#tell(from + i, range, i, (counts, at) => counts.about(at));
    return range;
  }

  /**
   * Of the first minutes of [from, to), one at least, as many as there is time for; `upper` as `explainMinute` tells it,
   * which takes a few detections a minute.
   */
  exactRange(from: Minute, to: Minute, hasTime: () => boolean): ExpectedRange {
    const { level, upper } = nothingExpected(Math.max(0, to - from));
    let minutes = 0;
    do this.#tell(from + minutes, { level, upper }, minutes, (counts, at) => counts.at(at));
    while (++minutes < level.length && hasTime());
    return { level: level.slice(0, minutes), upper: upper.slice(0, minutes) };
  }

  #tell(
    minute: number,
    { level, upper }: ExpectedRange,
    i: number,
    limitOf: (counts: UnusualCounts, at: number) => number,
  ): void {
    const at = minute - this.coverage.start;
    if (this.#known === null || touchesGap(this.#rest, at, at + 1)) return;
    level[i] = this.#known.level.at(at);
    upper[i] = limitOf(this.#known.counts, at);
  }
}
