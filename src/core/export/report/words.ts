import {
  formatMinute,
  MINUTES_PER_DAY,
  MINUTES_PER_HOUR,
  type Minute,
} from '../../activity/minute';
import type { Insight, InsightRule } from '../../insights/insight';

const integers = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const largeRates = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 });
const smallRates = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 3 });

/** `1,234,567` */
export const countWords = (count: number): string => integers.format(count);

/** Calls per minute: `875`, `100.42`, `0.00179`. The records hold all ten decimals. */
export const rateWords = (rate: number): string =>
  (Math.abs(rate) < 1 ? smallRates : largeRates).format(rate);

/** `2026-01-31 23:59 UTC` */
export const timeWords = (minute: Minute): string =>
  `${formatMinute(minute).slice(0, 16).replace('T', ' ')} UTC`;

/** `1 min`, `3 h 20 min`, `2 d 4 h`: the two largest units. */
export function durationWords(minutes: number): string {
  const days = Math.floor(minutes / MINUTES_PER_DAY);
  const hours = Math.floor((minutes % MINUTES_PER_DAY) / MINUTES_PER_HOUR);
  const rest = minutes % MINUTES_PER_HOUR;
  const parts = [days && `${days} d`, hours && `${hours} h`, rest && `${rest} min`];
  return parts.filter(Boolean).slice(0, 2).join(' ') || '0 min';
}

/** `Rise in errors`, as a mark and in words. */
export function kindWords({ direction, insightType }: Insight): string {
  if (direction === 'below') return '▽ Drop';
  return insightType === 'ApiErrorRateInsight' ? '◆ Rise in errors' : '▲ Rise in calls';
}

/** Insight over baseline as AWS's console shows it. */
export function rateChangeWords({ statistics: { baseline, insight } }: Insight): string {
  if (baseline.average === 0) return insight.average === 0 ? 'none' : 'new';
  const percent = (insight.average / baseline.average) * 100;
  return `${percent >= 100 ? '↑' : '↓'} ${countWords(percent)}%`;
}

const RULES: Record<InsightRule, string> = {
  record: 'It is rarer than anything this API does in its other hours.',
  'first seen': 'The rest of the logs never shows this series.',
  'missed runs': 'A job that runs by the clock did not run.',
  silence: 'A busy API fell silent for longer than its pauses last.',
  dip: 'A busy API fell to a fraction of its usual rate.',
  'lasting change': 'The rate moved to a new level and stayed there.',
  'largest burst':
    'It is one of the largest bursts; under three hours of logs nothing can be called unusual.',
};

/** Nobody has the logs to back a longer claim. */
const LONGEST_CLAIM_DAYS = 3650;

/** Why an insight stands here, one sentence each. */
export function explanationWords(insight: Insight): string[] {
  const { rule, from, to, observed, expected, limit, comparedHours, peakMinute, peakCalls } =
    insight.explanation;
  const unit = insight.key.errorCode === undefined ? 'calls' : 'errors';
  const counted = insight.explanation.counted;
  const seen = counted === 'minutes' ? `minutes with ${unit}` : unit;
  const span = to - from === 1 ? 'in the minute' : `in the ${durationWords(to - from)} from`;
  const normal = Number.isFinite(limit)
    ? insight.direction === 'above'
      ? `; up to ${rateWords(limit)} would have been normal`
      : `; from ${rateWords(limit)} on it would have been normal`
    : '';
  const judged = rule !== 'largest burst';
  const days = Math.max(1, Math.floor(Math.min(10 ** insight.severity, LONGEST_CLAIM_DAYS)));
  return [
    `${countWords(observed)} ${seen}${counted === 'calls between runs' ? ' between the runs of a job' : ''} ${span} ${timeWords(from)}, about ${rateWords(expected)} expected${judged ? normal : ''}.`,
    to - from > 1
      ? `${insight.direction === 'above' ? 'Busiest' : 'Quietest'} minute: ${timeWords(peakMinute)} with ${countWords(peakCalls)} ${unit}.`
      : '',
    counted === 'calls between runs'
      ? 'Calls come by the clock here, and these came at other times.'
      : RULES[rule],
    judged
      ? `Such a thing is expected less than once in ${countWords(days)} days${comparedHours > 0 ? `, compared with ${countWords(comparedHours)} other hours of it` : ''}.`
      : '',
    insight.ongoing
      ? 'It still went on in the last complete minute of the logs.'
      : `It ended at ${timeWords(insight.end)}.`,
    insight.history === 'short' ? 'Short history: under 36 hours of logs stand behind this.' : '',
  ].filter(Boolean);
}
