import type { Coverage } from '../activity/coverage';
import { MINUTES_PER_HOUR, toMinute, type Minute } from '../activity/minute';
import { deviationOf } from './deviation';
import type { Counted } from './insight';
import { callsBetween, firstIndexFrom, touchesGap } from './observedSeries';
import { severityOf } from './returnPeriod';
import type { ModelWindow, SeriesModel } from './seriesModel';
import type { DetectionSettings } from './settings';
import {
  isWorthALook,
  LEAST_DEVIATION,
  leastUnusualDeviation,
  smallestUnusualCount,
} from './unusualWindows';

/** One window over a minute, and how near it came to an insight. */
export interface JudgedWindow {
  readonly from: Minute;
  readonly to: Minute;
  /** What is counted where it is not calls. */
  readonly counted?: Counted;
  readonly observed: number;
  readonly expected: number;
  /** The largest count that would have been normal. */
  readonly limit: number;
  /** log10 of days, as `InsightWindow.severity`; 0 for what the series does anyway. */
  readonly severity: number;
  /** How many other active hours it was compared with. */
  readonly comparedHours: number;
}

/** For each window length of an opinion the most unusual window that holds the minute `at` of the archive. */
export const judgedWindowsOf = (
  model: SeriesModel,
  at: number,
  coverage: Coverage,
  settings: DetectionSettings,
): JudgedWindow[] =>
  model.windows.map((window) =>
    judge(model, window, mostUnusualStart(model, window, at), coverage, settings),
  );

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
  { severity, minimumCalls }: DetectionSettings,
): JudgedWindow {
  const to = from + window.minutes;
  const observed = callsBetween(model.series, from, to);
  const expected = model.level.between(from, to);
  const reference = window.tail.referenceFor(Math.floor(from / MINUTES_PER_HOUR));
  const deviation = deviationFrom(model, window, from);
  const unusual = leastUnusualDeviation(reference, severity);
  const candidate =
    deviation >= LEAST_DEVIATION &&
    !touchesGap(model.series, from, to) &&
    observed >= minimumCalls &&
    isWorthALook(observed, expected, window.minutes);
  return {
    from: toMinute(start + from),
    to: toMinute(start + to),
    ...(model.counted && { counted: model.counted }),
    observed,
    expected,
    limit: smallestUnusualCount(unusual, expected, window, minimumCalls) - 1,
    severity: candidate ? severityOf(reference, deviation) : 0,
    comparedHours: reference.hours,
  };
}
