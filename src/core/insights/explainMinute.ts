import type { CallSeries } from '../activity/callSeries';
import type { Coverage } from '../activity/coverage';
import type { Minute } from '../activity/minute';
import { severestOf, toldFindings } from './episode';
import { withoutSpans } from './excludedSpans';
import type { HistoryLength, InsightWindow } from './insight';
import { historyLengthOf, insightWindowOf, isTold, type Candidate } from './insightWindowOf';
import { judgedWindowsOf, type JudgedWindow } from './judgedWindow';
import { judgeLeavingOut } from './judgeLeavingOut';
import { observe } from './observe';
import { callsBetween, touchesGap } from './observedSeries';
import { pauseAround, type Pause } from './pause';
import type { DetectionSettings } from './settings';
import { UnusualCounts } from './unusualCounts';

/** What ended an insight. */
export type InsightEnd =
  | 'back to normal' // the rate is what it is at other times
  | 'calls came back' // after a silence, a dip or missed runs
  | 'new level' // a lasting change is told once, the new level stays
  | 'logs end'; // it still goes on

/** Why a minute opened an insight, or why it did not. */
export interface MinuteExplanation {
  readonly minute: Minute;
  /** False where the logs do not reach or are missing: then nothing was judged. */
  readonly covered: boolean;
  readonly history: HistoryLength;
  readonly calls: number;
  /** Calls the local level lets expect in this minute. */
  readonly expected: number;
  /**
   * With so many calls in this minute, all others as they are, it is part of an insight above normal, with one fewer it
   * is not. 1 also where it is part of one without a call, Infinity where no count makes it one.
   */
  readonly unusualFrom: number;
  /** The minute alone, then for each longer window of every opinion the most unusual one that holds it. Empty if not judged. */
  readonly windows: readonly JudgedWindow[];
  /** The pause the minute lies in; null where it has calls or nothing was judged. */
  readonly pause: Pause | null;
  /** The severest insight that holds the minute, of whatever rule, and what ended it; null where none does. */
  readonly insight: (InsightWindow & { readonly ended: InsightEnd }) | null;
}

/** What was judged about any minute: the same numbers that `findInsightWindows` decides by, of the same minutes. */
export function explainMinute(
  series: CallSeries,
  coverage: Coverage,
  settings: DetectionSettings,
  minute: Minute,
): MinuteExplanation {
  const observed = observe(series, coverage);
  const rest = observe(series, withoutSpans(coverage, settings.excludedSpans));
  const at = minute - coverage.start;
  const covered = !touchesGap(rest, at, at + 1);
  const known = {
    minute,
    covered,
    history: historyLengthOf(rest.coveredMinutes),
    calls: covered ? callsBetween(rest, at, at + 1) : 0,
  };
  const judgement = covered ? judgeLeavingOut(observed, coverage, settings) : null;
  if (judgement === null) {
    const nothing = { expected: 0, unusualFrom: Infinity, windows: [], pause: null, insight: null };
    return { ...known, ...nothing };
  }
  return {
    ...known,
    expected: judgement.opinions[0].level.at(at),
    unusualFrom: new UnusualCounts(observed, coverage, settings, judgement).at(at),
    windows: judgement.opinions.flatMap((model) => judgedWindowsOf(model, at, coverage, settings)),
    pause: pauseAround(judgement.whole, rest, at, coverage, settings),
    insight: insightAt(judgement.candidates, settings, minute),
  };
}

function insightAt(
  candidates: readonly Candidate[],
  settings: DetectionSettings,
  minute: Minute,
): MinuteExplanation['insight'] {
  const severityIn = (one: Candidate): number => severestOf(toldFindings(one, settings));
  const holding = candidates.filter(
    (one) => one.start <= minute && minute < one.end && isTold(one, settings),
  );
  if (holding.length === 0) return null;
  const severer = (a: Candidate, b: Candidate): Candidate =>
    severityIn(b) > severityIn(a) ? b : a;
  const window = insightWindowOf(holding.reduce(severer), settings);
  return { ...window, ended: endOf(window) };
}

function endOf({ ongoing, direction, explanation }: InsightWindow): InsightEnd {
  if (ongoing) return 'logs end';
  if (explanation.rule === 'lasting change') return 'new level';
  return direction === 'below' ? 'calls came back' : 'back to normal';
}
