import type { SeriesKey } from '../../core/activity/callSeries';
import type { Insight } from '../../core/insights/insight';
import {
  formatClock,
  formatCount,
  formatDuration,
  formatRate,
  formatTime,
  insightMark,
  type TimeZone,
} from '../format';
import type { Span } from './span';

/** `calls` or, for a series of errors, `errors`. */
export const unitOf = (key: SeriesKey): 'calls' | 'errors' =>
  key.errorCode === undefined ? 'calls' : 'errors';

/** `ssm` of `ssm.amazonaws.com`. */
export const serviceOf = (eventSource: string): string =>
  eventSource.replace(/\.amazonaws\.com$/, '');

/** `ssm DeleteParameter · ThrottlingException` */
export const seriesWords = (key: SeriesKey): string =>
  `${serviceOf(key.eventSource)} ${key.eventName}${key.errorCode === undefined ? '' : ` · ${key.errorCode}`}`;

const count = (calls: number, key: SeriesKey): string => {
  const unit = unitOf(key);
  return `${formatCount(calls)} ${calls === 1 ? unit.slice(0, -1) : unit}`;
};

/** `875 calls in 20:37, about 775 above normal`; of a drop `0 calls 03:00–06:00, about 12 fewer than expected`. */
export function peakWords(insight: Insight, zone: TimeZone): string {
  const { explanation: why, key } = insight;
  if (insight.direction === 'below') {
    const fewer = formatCount(Math.round(Math.max(0, why.expected - why.observed)));
    const times = `${formatClock(why.from, zone)}–${formatClock(why.to, zone)}`;
    return `${count(why.observed, key)} ${times}, about ${fewer} fewer than expected`;
  }
  const above = Math.round(Math.max(0, why.peakCalls - insight.statistics.baseline.average));
  const minute = formatClock(why.peakMinute, zone);
  return `${count(why.peakCalls, key)} in ${minute}, about ${formatCount(above)} above normal`;
}

/** `Rise in calls, 20:37 to 20:38 (1 min)` */
export function insightWords(insight: Insight, zone: TimeZone): string {
  const times = `${formatClock(insight.start, zone)} to ${formatClock(insight.end, zone)}`;
  const duration = formatDuration(insight.end - insight.start);
  const going = insight.ongoing ? ', still going on when the logs end' : '';
  return `${insightMark(insight).words}, ${times} (${duration})${going}`;
}

/** The graph in one sentence, for those who do not see it. */
export function graphSummary(
  key: SeriesKey,
  span: Span,
  peak: number,
  baseline: number | null,
  zone: TimeZone,
): string {
  const unit = unitOf(key);
  const times = `${formatTime(span.from, zone)} to ${formatTime(span.to, zone)}`;
  const usual = baseline === null ? '' : `; baseline average ${formatRate(baseline)}`;
  return `${unit} per minute of ${seriesWords(key)}, ${key.awsRegion}, ${times}: at most ${formatCount(peak)}${usual}`;
}
