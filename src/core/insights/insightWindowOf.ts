import type { Coverage } from '../activity/coverage';
import { toMinute, type Minute } from '../activity/minute';
import { severityOfEpisode, tellingFinding, type Episode, type Finding } from './episode';
import type { Span } from './extent';
import type { HistoryLength, InsightWindow } from './insight';
import { LEAST_JUMP } from './lastingChange';
import { firstIndexFrom, type ObservedSeries } from './observedSeries';
import { leastUnusualDeviation, smallestUnusualCount } from './rises';
import type { DetectionSettings } from './settings';
import { largestUnusualDip } from './dip';

/** Under three hours nothing can be called unusual with confidence. */
export const LEAST_MINUTES = 180;
/** From here on AWS itself judges: its first insight comes after up to 36 hours of events. */
const USUAL_HISTORY_MINUTES = 36 * 60;

/** How much can be said on logs of this length. */
export const historyLengthOf = (coveredMinutes: number): HistoryLength => {
  if (coveredMinutes < LEAST_MINUTES) return 'none';
  return coveredMinutes < USUAL_HISTORY_MINUTES ? 'short' : 'usual';
};

/** An episode in minutes since the epoch, with the numbers of the finding that explains it. */
export function insightWindowOf(
  episode: Episode,
  series: ObservedSeries,
  { start }: Coverage,
  settings: DetectionSettings,
): InsightWindow {
  const { extent } = episode;
  const finding = tellingFinding(episode, settings.severity);
  const { rule, direction, decided, observed, expected, comparedHours, model } = finding;
  const minute = (relative: number): Minute => toMinute(start + relative);
  const peak =
    direction === 'above' ? busiestMinute(series, extent) : quietestMinute(series, extent);
  return {
    start: minute(extent.from),
    end: minute(extent.to),
    direction,
    severity: severityOfEpisode(episode),
    history: historyLengthOf(series.coveredMinutes),
    ongoing: rule !== 'lasting change' && extent.to >= series.length,
    explanation: {
      rule,
      from: minute(decided.from),
      to: minute(decided.to),
      ...(model.counted && { counted: model.counted }),
      observed,
      expected,
      limit: limitOf(finding, settings),
      comparedHours,
      peakMinute: minute(peak.at),
      peakCalls: peak.calls,
    },
  };
}

/** The largest count that would have been normal where the finding was decided; for a drop the smallest. */
function limitOf(finding: Finding, settings: DetectionSettings): number {
  const { rule, direction, reference, expected, dispersion, decided } = finding;
  if (rule === 'lasting change') {
    return Math.round(expected * Math.exp(direction === 'above' ? LEAST_JUMP : -LEAST_JUMP));
  }
  if (reference === null || rule === 'silence') return 1;
  if (rule === 'dip')
    return 1 + largestUnusualDip(reference, expected, dispersion, settings.severity);
  const minutes = decided.to - decided.from;
  const deviation = leastUnusualDeviation(reference, settings.severity);
  const window = { minutes, dispersion };
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
