import { MINUTES_PER_HOUR } from '../activity/minute';
import { leaveOut, minutesWithCalls, withoutPeaks } from './alteredSeries';
import { deviationOf } from './deviation';
import { dispersionOf } from './dispersion';
import type { Finding } from './episode';
import type { KeptCalls, KeptOpinion, KeptWindow } from './keptOpinion';
import { LocalLevel } from './localLevel';
import { gapsIn, observeAgain } from './observe';
import { callsBetween } from './observedSeries';
import { lowerBound } from './orderStatistics';
import { inRank, rank } from './rankedRecords';
import { tailShapeOf, type TailShape } from './recordTail';
import { leastExponentialOf, type ModelWindow, type SeriesModel } from './seriesModel';
import type { Span } from './span';
import { dailyLevelOf, HALF_WEEK_HOURS, localLevelOf } from './usualLevel';
import { WindowWithout } from './windowWithout';
import type { Without } from './without';

/** What is rarer than once in 10² days is told anew without some time, and what that time hid. */
export const LEAST_HIDDEN = 2;

/** A record that is unusual without that time. */
export interface Hidden {
  readonly opinion: OpinionWithout;
  readonly window: ModelWindow;
  readonly decided: Span;
}

type Expectation = Pick<Finding, 'expected' | 'dispersion'>;

/**
 * An opinion without some time. Where few calls make the level and that time has more than its share of them, the level is
 * drawn again without it; records are compared with those of the hours outside of it (`WindowWithout`).
 */
export class OpinionWithout {
  readonly windows: readonly WindowWithout[];
  /** Null where the level stays. */
  readonly #redrawn: Redrawn | null;
  #model: SeriesModel | undefined;

  constructor(
    readonly kept: KeptOpinion,
    private readonly without: Without,
  ) {
    this.#redrawn = isRaised(kept, without) ? redrawn(kept, without) : null;
    const { windows, shape } = this.#redrawn ?? {
      windows: kept.windows,
      shape: { ...kept.shape, days: without.days },
    };
    const isRedrawn = this.#redrawn !== null;
    this.windows = windows.map((each) => new WindowWithout(each, kept, shape, without, isRedrawn));
  }

  windowOf({ from, to }: Span): WindowWithout {
    return this.windows.find(({ minutes }) => minutes === to - from)!;
  }

  /** Calls that are expected in a window without that time, and how they scatter. */
  expectationOf(decided: Span, { expected, dispersion }: Expectation): Expectation {
    if (this.#redrawn === null) return { expected, dispersion };
    return {
      expected: this.#redrawn.level.between(decided.from, decided.to),
      dispersion: this.windowOf(decided).dispersion,
    };
  }

  /** Records outside of that time that are unusual without it. */
  hidden(): Hidden[] {
    return this.windows.flatMap((window) =>
      window.unusual(LEAST_HIDDEN).map((decided) => ({ opinion: this, window, decided })),
    );
  }

  /** The whole of it. */
  get model(): SeriesModel {
    return (this.#model ??= this.#asModel());
  }

  #asModel(): SeriesModel {
    const { kept, windows, without } = this;
    const { opinion, counted, shape, events, eventHours } = kept;
    const { series, level } = this.#redrawn ?? asKept(kept, without);
    const counts = counted && { counted };
    return { opinion, series, level, ...counts, shape, events, eventHours, windows };
  }
}

const HALF_WEEK = HALF_WEEK_HOURS * MINUTES_PER_HOUR;
/** A level that would change by less is not drawn again. */
const LEAST_FALL = 0.2;

/** Few calls, and so many of them in that time that the level beside it would fall without them. */
function isRaised({ opinion, basis }: KeptOpinion, { spans, whole }: Without): boolean {
  if (opinion === 'other days' || !('minute' in basis)) return false;
  const length = whole.end - whole.start;
  return spans.some(({ from, to }) => {
    const inside = callsIn(basis, from, to);
    if (inside === 0) return false;
    const start = Math.max(0, from - HALF_WEEK);
    const end = Math.min(length, to + HALF_WEEK);
    const share = (to - from) / (end - start);
    return inside > (1 - (1 - LEAST_FALL) * (1 - share)) * callsIn(basis, start, end);
  });
}

function callsIn({ minute, calls }: KeptCalls, from: number, to: number): number {
  let sum = 0;
  for (let i = lowerBound(minute, from); minute[i] < to; i++) sum += calls[i];
  return sum;
}

type Ground = Pick<SeriesModel, 'series' | 'level'>;
type Redrawn = Ground & { readonly shape: TailShape; readonly windows: readonly KeptWindow[] };

/** What the minutes that are left let expect. */
function redrawn({ opinion, basis, events, windows }: KeptOpinion, { rest }: Without): Redrawn {
  const series = observeAgain(basis as KeptCalls, rest);
  const history = withoutPeaks(series);
  const usual = leaveOut(history, events);
  const level = localLevelOf(usual);
  return {
    series,
    level,
    shape: tailShapeOf(history, leastExponentialOf(opinion)),
    windows: windows.map((window) => {
      const dispersion = window.dispersion === 0 ? 0 : dispersionOf(history, level, window.minutes);
      return lookedAtAgain({ ...window, dispersion }, { series, level });
    }),
  };
}

/** The level as it was, and all minutes. */
function asKept({ opinion, basis, events }: KeptOpinion, without: Without): Ground {
  const { whole } = without;
  if ('hourLevel' in basis) {
    const { marked } = without;
    return {
      series: opinion === 'minutes with calls' ? minutesWithCalls(marked) : marked,
      level: new LocalLevel(basis.hourLevel, gapsIn(whole), basis.reach),
    };
  }
  const series = observeAgain(basis, whole);
  const usual = leaveOut(withoutPeaks(series), events);
  const level = opinion === 'other days' ? dailyLevelOf(usual)! : localLevelOf(usual);
  return { series: without.mark(series), level };
}

/** The same records under another level. */
function lookedAtAgain(window: KeptWindow, { series, level }: Ground): KeptWindow {
  const { minutes, dispersion, start } = window;
  const deviation = new Float64Array(start.length);
  for (let i = 0; i < start.length; i++) {
    const to = start[i] + minutes;
    const observed = callsBetween(series, start[i], to);
    const expected = level.between(start[i], to);
    deviation[i] = deviationOf(observed, expected, dispersion);
  }
  const ranked = rank(deviation);
  const inOrder = ranked.map((index) => start[index]);
  return { ...window, start: inOrder, deviation: inRank(deviation, ranked) };
}
