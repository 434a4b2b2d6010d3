import type { Coverage } from '../activity/coverage';
import { toMinute, type Minute } from '../activity/minute';
import {
  severestOf,
  toldFindings,
  type Episode,
  type Finding,
  type TellingSettings,
} from './episode';
import type { Counted, HistoryLength, InsightWindow } from './insight';
import type { Judgement } from './judgeSeries';
import { LEAST_JUMP } from './lastingChange';
import { firstIndexFrom, type ObservedSeries } from './observedSeries';
import { largestUnusualDip } from './dip';
import type { Opinion } from './seriesModel';
import type { Span } from './span';
import { leastUnusualDeviation, smallestUnusualCount } from './unusualWindows';

/** Under three hours nothing can be called unusual with confidence. */
export const LEAST_MINUTES = 180;
/** From here on AWS itself judges: its first insight comes after up to 36 hours of events. */
const USUAL_HISTORY_MINUTES = 36 * 60;

/** How much can be said on logs of this length. */
export const historyLengthOf = (coveredMinutes: number): HistoryLength => {
  if (coveredMinutes < LEAST_MINUTES) return 'none';
  return coveredMinutes < USUAL_HISTORY_MINUTES ? 'short' : 'usual';
};

/**
 * An episode as plain data: what was found before settings hide it or not. It holds no model of its series,
 * so that many can be kept and pass from worker to worker.
 */
export interface Candidate {
  readonly start: Minute;
  readonly end: Minute;
  readonly direction: 'above' | 'below';
  readonly history: HistoryLength;
  /** The archive's last minute is part of it. */
  readonly reachesEnd: boolean;
  readonly peakMinute: Minute;
  readonly peakCalls: number;
  /** From the first to the last minute that any of its findings tells. */
  readonly eventStart: Minute;
  readonly eventEnd: Minute;
  /** Of its severest finding. */
  readonly severity: number;
  readonly findings: readonly ToldFinding[];
}

/** A finding without its model; its minutes are since the epoch. */
export interface ToldFinding extends Omit<Finding, 'model' | 'extent' | 'decided' | 'direction'> {
  readonly from: Minute;
  readonly to: Minute;
  readonly opinion: Opinion;
  readonly counted?: Counted;
}

/** All that was found in a series, before settings hide any of it. */
export const candidatesOf = (
  { episodes, model }: Pick<Judgement, 'episodes' | 'model'>,
  coverage: Coverage,
): Candidate[] =>
  episodes.map((episode) => candidateOf(episode, model.series, coverage)).sort(byStart);

/** Candidates by time. */
export const byStart = (a: Candidate, b: Candidate): number => a.start - b.start || a.end - b.end;

export function candidateOf(
  episode: Episode,
  series: ObservedSeries,
  { start }: Coverage,
): Candidate {
  const { extent, findings } = episode;
  const [{ direction }] = findings;
  const minute = (relative: number): Minute => toMinute(start + relative);
  const peak =
    direction === 'above' ? busiestMinute(series, extent) : quietestMinute(series, extent);
  return {
    start: minute(extent.from),
    end: minute(extent.to),
    direction,
    history: historyLengthOf(series.coveredMinutes),
    reachesEnd: extent.to >= series.length,
    peakMinute: minute(peak.at),
    peakCalls: peak.calls,
    eventStart: minute(Math.min(...findings.map((one) => one.extent.from))),
    eventEnd: minute(Math.max(...findings.map((one) => one.extent.to))),
    severity: severestOf(findings),
    findings: findings.map(({ model, extent: _, decided, direction: __, ...told }) => ({
      ...told,
      from: minute(decided.from),
      to: minute(decided.to),
      opinion: model.opinion,
      ...(model.counted && { counted: model.counted }),
    })),
  };
}

/** Whether anything of a candidate is told. */
export const isTold = (candidate: Candidate, settings: TellingSettings): boolean =>
  candidate.severity >= settings.severity && toldFindings(candidate, settings).length > 0;

/** A candidate that is told, with the numbers of the finding that explains it. */
export function insightWindowOf(candidate: Candidate, settings: TellingSettings): InsightWindow {
  const { start, end, direction, history, reachesEnd } = candidate;
  const told = toldFindings(candidate, settings);
  const severity = severestOf(told);
  const finding = tellingFinding(candidate, told);
  const { rule, from, to, counted, observed, expected, comparedHours } = finding;
  return {
    start,
    end,
    direction,
    severity,
    history,
    ongoing: rule !== 'lasting change' && reachesEnd,
    explanation: {
      rule,
      from,
      to,
      ...(counted && { counted }),
      observed,
      expected,
      limit: limitOf(finding, direction, settings),
      comparedHours,
      peakMinute: candidate.peakMinute,
      peakCalls: candidate.peakCalls,
    },
  };
}

/**
 * The finding that explains best: severe enough, and of a window most like the event itself. That the level changed for
 * good explains the rise or the dip it began with.
 */
function tellingFinding({ start, end }: Candidate, told: readonly ToldFinding[]): ToldFinding {
  const misfit = ({ from, to }: ToldFinding): number =>
    Math.abs(Math.log((to - from) / (end - start)));
  const lasting = told.find(({ rule }) => rule === 'lasting change');
  if (lasting !== undefined) return lasting;
  return told.reduce((best, finding) => (misfit(finding) < misfit(best) ? finding : best));
}

/** The largest count that would have been normal where the finding was decided; for a drop the smallest. */
function limitOf(
  { rule, reference, expected, dispersion, from, to }: ToldFinding,
  direction: Candidate['direction'],
  settings: TellingSettings,
): number {
  if (rule === 'lasting change') {
    return Math.round(expected * Math.exp(direction === 'above' ? LEAST_JUMP : -LEAST_JUMP));
  }
  if (reference === null || rule === 'silence') return 1;
  if (rule === 'dip')
    return 1 + largestUnusualDip(reference, expected, dispersion, settings.severity);
  const deviation = leastUnusualDeviation(reference, settings.severity);
  const window = { minutes: to - from, dispersion };
  return smallestUnusualCount(deviation, expected, window, settings.minimumCalls) - 1;
}

interface MinuteCalls {
  readonly at: number;
  readonly calls: number;
}

/** The first of the busiest minutes of a span. */
export function busiestMinute(series: ObservedSeries, { from, to }: Span): MinuteCalls {
  let busiest = { at: from, calls: 0 };
  for (
    let i = firstIndexFrom(series, from);
    i < series.minute.length && series.minute[i] < to;
    i++
  ) {
    if (series.calls[i] > busiest.calls) busiest = { at: series.minute[i], calls: series.calls[i] };
  }
  return busiest;
}

/** The first of the quietest minutes of a span: one without calls where there is any. */
function quietestMinute(series: ObservedSeries, { from, to }: Span): MinuteCalls {
  let quietest = { at: from, calls: Infinity };
  let expected = from;
  for (
    let i = firstIndexFrom(series, from);
    i < series.minute.length && series.minute[i] < to;
    i++
  ) {
    if (series.minute[i] > expected) return { at: expected, calls: 0 };
    if (series.calls[i] < quietest.calls)
      quietest = { at: series.minute[i], calls: series.calls[i] };
    expected = series.minute[i] + 1;
  }
  return expected < to ? { at: expected, calls: 0 } : quietest;
}
