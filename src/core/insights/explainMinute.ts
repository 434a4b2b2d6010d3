import type { CallSeries } from '../activity/callSeries';
import type { Coverage } from '../activity/coverage';
import { MINUTES_PER_HOUR, toMinute, type Minute } from '../activity/minute';
import { deviationOf } from './deviation';
import type { HistoryLength } from './insight';
import { historyLengthOf, LEAST_MINUTES } from './insightWindowOf';
import { callsBetween, firstIndexFrom, observe, touchesGap } from './observedSeries';
import { severityOf } from './returnPeriod';
import { isWorthALook, LEAST_DEVIATION, smallestUnusualCount } from './rises';
import { modelOf, type ModelWindow, type SeriesModel } from './seriesModel';
import type { DetectionSettings } from './settings';

/** One window over a minute, and how near it came to an insight. */
export interface JudgedWindow {
  readonly from: Minute;
  readonly to: Minute;
  readonly observed: number;
  readonly expected: number;
  /** The largest count that would have been normal. */
  readonly limit: number;
  /** log10 of days, as `InsightWindow.severity`; 0 for what the series does anyway. */
  readonly severity: number;
  /** How many other active hours it was compared with. */
  readonly comparedHours: number;
}

/** Why a minute opened an insight, or why it did not. */
export interface MinuteExplanation {
  readonly minute: Minute;
  /** False where the logs do not reach or are missing: then nothing was judged. */
  readonly covered: boolean;
  readonly history: HistoryLength;
  readonly calls: number;
  /** Calls the local level lets expect in this minute. */
  readonly expected: number;
  /** The minute alone, then for each longer window length the most unusual one that holds it. Empty if not judged. */
  readonly windows: readonly JudgedWindow[];
}

/** What was judged about any minute: the same numbers that `findInsightWindows` decides by. */
export function explainMinute(
  series: CallSeries,
  coverage: Coverage,
  settings: DetectionSettings,
  minute: Minute,
): MinuteExplanation {
  const observed = observe(series, coverage);
  const at = minute - coverage.start;
  const covered = !touchesGap(observed, at, at + 1);
  const history = historyLengthOf(observed.coveredMinutes);
  const calls = covered ? callsBetween(observed, at, at + 1) : 0;
  if (!covered || observed.coveredMinutes < LEAST_MINUTES) {
    return { minute, covered, history, calls, expected: 0, windows: [] };
  }
  const model = modelOf(observed);
  const windows = model.windows.map((window) =>
    judge(model, window, mostUnusualStart(model, window, at), coverage, settings),
  );
  return { minute, covered, history, calls, expected: model.level.at(at), windows };
}

/** Start of the most deviating window over the minute; windows start at minutes with calls, or at the minute itself. */
function mostUnusualStart(model: SeriesModel, window: ModelWindow, at: number): number {
  const { series } = model;
  let best = Math.min(at, series.length - window.minutes);
  let bestDeviation = deviationFrom(model, window, best);
  for (let i = firstIndexFrom(series, at - window.minutes + 1); series.minute[i] <= at; i++) {
    const start = series.minute[i];
    const deviation = deviationFrom(model, window, start);
    if (start + window.minutes > series.length || deviation <= bestDeviation) continue;
    best = start;
    bestDeviation = deviation;
  }
  return best;
}

const deviationFrom = (
  { series, level }: SeriesModel,
  { minutes, dispersion }: ModelWindow,
  from: number,
): number =>
  deviationOf(
    callsBetween(series, from, from + minutes),
    level.between(from, from + minutes),
    dispersion,
  );

function judge(
  model: SeriesModel,
  window: ModelWindow,
  from: number,
  { start }: Coverage,
  settings: DetectionSettings,
): JudgedWindow {
  const to = from + window.minutes;
  const observed = callsBetween(model.series, from, to);
  const expected = model.level.between(from, to);
  const reference = window.tail.referenceFor(Math.floor(from / MINUTES_PER_HOUR));
  const deviation = deviationFrom(model, window, from);
  const candidate =
    deviation >= LEAST_DEVIATION &&
    isWorthALook(observed, expected, window.minutes, settings.minimumCalls);
  return {
    from: toMinute(start + from),
    to: toMinute(start + to),
    observed,
    expected,
    limit: smallestUnusualCount(reference, expected, window, settings) - 1,
    severity: candidate ? severityOf(reference, deviation) : 0,
    comparedHours: reference.hours,
  };
}
