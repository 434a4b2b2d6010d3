import type { Coverage } from '../activity/coverage';
import { MINUTES_PER_HOUR, toMinute, type Minute } from '../activity/minute';
import type { Clock } from './clock';
import { isBusy, silenceTailOf } from './drops';
import type { Judgement } from './judgeSeries';
import { findMissedRuns } from './missedRuns';
import { callsBetween, firstIndexFrom, touchesGap, type ObservedSeries } from './observedSeries';
import { deviationAtSeverity, severityOf } from './returnPeriod';
import type { SeriesModel } from './seriesModel';
import type { DetectionSettings } from './settings';
import { LEAST_CALLS_DUE, SHORTEST_SILENCE, silenceDeviation, silenceDispersion } from './silence';
import type { Span } from './span';

/** By what a pause was judged, or why it was not. */
export type PauseRule =
  | 'silence' // a busy series: by how many calls were due
  | 'missed runs' // a job that runs by the clock: by its runs
  | 'too few calls' // calls come so rarely that pauses say nothing
  | 'too quiet logs' // so little is in the logs of this account and Region that missing logs look the same
  | 'logs missing' // it meets missing logs, the start of the logs, or the minutes whose files may still come
  | 'no calls'; // the series has none at all

/** The minutes without calls around a minute without calls: [from, to). */
export interface Pause {
  readonly from: Minute;
  readonly to: Minute;
  readonly rule: PauseRule;
  /** Calls the local level lets expect in it. */
  readonly expected: number;
  /** log10 of days, as `InsightWindow.severity`; 0 for what the series does anyway. */
  readonly severity: number;
  /** Active hours, or runs, that it was compared with. */
  readonly compared: number;
  /** From so many minutes without calls on it would be an insight; Infinity where none would. */
  readonly unusualFrom: number;
}

/** How the pause around the minute `at` was judged; null where the minute has calls. `rest` are the minutes not left out. */
export function pauseAround(
  { model, clock }: Pick<Judgement, 'model' | 'clock'>,
  rest: ObservedSeries,
  at: number,
  coverage: Coverage,
  settings: DetectionSettings,
): Pause | null {
  const { series, level } = model;
  if (callsBetween(series, at, at + 1) > 0) return null;
  const span = spanAround(series, at);
  const rule = ruleOf(model, rest, clock, span, coverage);
  return {
    from: toMinute(coverage.start + span.from),
    to: toMinute(coverage.start + span.to),
    rule,
    expected: level.between(span.from, span.to),
    ...judged(rule, model, clock, span, settings),
  };
}

function spanAround(series: ObservedSeries, at: number): Span {
  const { minute, length } = series;
  const next = firstIndexFrom(series, at);
  return {
    from: next === 0 ? 0 : minute[next - 1] + 1,
    to: next === minute.length ? length : minute[next],
  };
}

function ruleOf(
  model: SeriesModel,
  rest: ObservedSeries,
  clock: Clock | null,
  span: Span,
  { silenceMeansSilence }: Coverage,
): PauseRule {
  const { series } = model;
  if (series.minute.length === 0) return 'no calls';
  if (!silenceMeansSilence) return 'too quiet logs';
  if (clock === null && !isBusy(model)) return 'too few calls';
  const to = Math.min(span.to, series.completeBefore);
  if (span.from === 0 || span.from >= to || touchesGap(rest, span.from, to)) {
    return 'logs missing';
  }
  return clock === null ? 'silence' : 'missed runs';
}

type Judged = Pick<Pause, 'severity' | 'compared' | 'unusualFrom'>;
const NOT_JUDGED: Judged = { severity: 0, compared: 0, unusualFrom: Infinity };

function judged(
  rule: PauseRule,
  model: SeriesModel,
  clock: Clock | null,
  span: Span,
  settings: DetectionSettings,
): Judged {
  if (rule === 'silence') return asSilence(model, span, settings);
  return rule === 'missed runs' && clock !== null ? asMissedRuns(model, clock, span) : NOT_JUDGED;
}

function asSilence(
  model: SeriesModel,
  { from, to }: Span,
  { severity }: DetectionSettings,
): Judged {
  const reference = silenceTailOf(model).referenceFor(Math.floor((from - 1) / MINUTES_PER_HOUR));
  const dispersion = silenceDispersion(model);
  const deviationFor = (minutes: number): number => {
    const due = model.level.between(from, from + minutes);
    return minutes < SHORTEST_SILENCE || due <= LEAST_CALLS_DUE
      ? 0
      : silenceDeviation(due, minutes, dispersion);
  };
  const least = deviationAtSeverity(reference, severity);
  return {
    severity: severityOf(reference, deviationFor(to - from)),
    compared: reference.hours,
    unusualFrom: shortestWith(
      (minutes) => deviationFor(minutes) >= least,
      model.series.length - from,
    ),
  };
}

function asMissedRuns(model: SeriesModel, clock: Clock, span: Span): Judged {
  const missed = findMissedRuns(model, clock).filter(
    ({ extent }) => extent.from < span.to && extent.to > span.from,
  );
  const severity = Math.max(0, ...missed.map((finding) => finding.severity));
  return { severity, compared: clock.runs.length, unusualFrom: Infinity };
}

/** The fewest minutes up to `most` that `suffice`, which more of them do as well; Infinity where none do. */
function shortestWith(suffice: (minutes: number) => boolean, most: number): number {
  if (!suffice(most)) return Infinity;
  let low = 0;
  let high = most;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (suffice(middle)) high = middle;
    else low = middle;
  }
  return high;
}
