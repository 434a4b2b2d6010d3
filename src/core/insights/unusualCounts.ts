import type { Coverage } from '../activity/coverage';
import { withCalls, withoutPeaks } from './alteredSeries';
import { isTold, type Candidate } from './insightWindowOf';
import { judgeLeavingOut, type RestJudgement } from './judgeLeavingOut';
import { MinuteLimits } from './minuteLimit';
import type { ObservedSeries } from './observedSeries';
import type { DetectionSettings } from './settings';
import { localLevelOf } from './usualLevel';

/** What a minute's calls are kept in. */
const MOST_CALLS = 0xffffffff;
/** Away from a guess that misses, steps grow this fast. */
const STRIDE = 4;

/**
 * The counts from which on single minutes of one series are part of an insight above normal, all other minutes being as
 * they are: with so many the series' own detection finds one there, with one call less it finds none. 1 also where the
 * minute belongs to one without a call, between others; Infinity where no count opens one.
 */
export class UnusualCounts {
  readonly #limits: MinuteLimits;
  readonly #known = new Map<number, number>();
  /** By how much the guess for the minute asked last was off: it will be for those beside it. */
  #last = { minute: NaN, off: 0 };

  /** `series` has all its minutes. */
  constructor(
    private readonly series: ObservedSeries,
    private readonly coverage: Coverage,
    private readonly settings: DetectionSettings,
    private readonly judgement: Pick<RestJudgement, 'candidates' | 'opinions'>,
  ) {
    const events = judgement.candidates
      .filter((one) => isToldAbove(one, settings))
      .map(({ start, end }) => ({ from: start - coverage.start, to: end - coverage.start }));
    this.#limits = new MinuteLimits(judgement.opinions, settings, events);
  }

  /** Dear the first time a minute is asked for: detection runs a few times. */
  at(minute: number): number {
    let known = this.#known.get(minute);
    if (known === undefined) {
      const nearly = this.#nearly(minute);
      const off = Math.abs(minute - this.#last.minute) === 1 ? this.#last.off : 0;
      const guess = Math.max(1, Math.min(MOST_CALLS, nearly + off));
      known = firstWith((count) => this.#isUnusual(minute, count), guess);
      this.#known.set(minute, known);
      this.#last = { minute, off: Number.isFinite(known) ? known - nearly : 0 };
    }
    return known;
  }

  /** Cheap: without what the count itself changes about level and comparison. */
  about(minute: number): number {
    return this.#limits.at(minute);
  }

  /** With the level that about so many calls draw: in busy series nine times in ten it is exact. */
  #nearly(minute: number): number {
    const about = Math.min(MOST_CALLS, this.about(minute));
    const [model] = this.judgement.opinions;
    if (model.eventHours.size > 0 || about === MOST_CALLS) return about;
    const series = withCalls(model.series, minute, about);
    const level = localLevelOf(withoutPeaks(series));
    return Math.min(MOST_CALLS, this.#limits.against(level).at(minute));
  }

  #isUnusual(minute: number, count: number): boolean {
    const series = withCalls(this.series, minute, count);
    const judgement = judgeLeavingOut(series, this.coverage, this.settings);
    const at = this.coverage.start + minute;
    return judgement!.candidates.some(
      (one) => one.start <= at && at < one.end && isToldAbove(one, this.settings),
    );
  }
}

const isToldAbove = (candidate: Candidate, settings: DetectionSettings): boolean =>
  candidate.direction === 'above' && isTold(candidate, settings);

/** A count that `isUnusual` while one less is not, looked for around `guess`; 1 where every count tried is. */
function firstWith(isUnusual: (count: number) => boolean, guess: number): number {
  let least = guess;
  let most = guess - 1;
  if (isUnusual(guess)) {
    for (let step = 1; most > 0 && isUnusual(most); step *= STRIDE) {
      least = most;
      most = Math.max(0, most - step);
    }
  } else {
    for (let step = 1; ; step *= STRIDE) {
      if (least === MOST_CALLS) return Infinity;
      most = least;
      least = Math.min(MOST_CALLS, least + step);
      if (isUnusual(least)) break;
    }
  }
  while (least - most > 1) {
    const middle = Math.floor((least + most) / 2);
    if (isUnusual(middle)) least = middle;
    else most = middle;
  }
  return least;
}
