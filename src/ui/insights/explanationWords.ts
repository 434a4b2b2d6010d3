import type { Insight, InsightRule } from '../../core/insights/insight';
import {
  formatCount,
  formatCounted,
  formatDuration,
  formatRate,
  formatTime,
  type TimeZone,
} from '../format';

const DAYS_PER_YEAR = 365;
/** Nobody has the logs to back a longer claim, however small the chance comes out. */
const LONGEST_CLAIM_DAYS = 10 * DAYS_PER_YEAR;

/** `2 years`, `8 months`, `63 days`: days rounded down to the largest unit of which there are two. */
function daysInWords(days: number): string {
  if (days >= 2 * DAYS_PER_YEAR) return formatCounted(Math.floor(days / DAYS_PER_YEAR), 'year');
  if (days >= 60) return formatCounted(Math.floor(days / 30.4), 'month');
  return formatCounted(Math.max(1, Math.floor(days)), 'day');
}

/** `less than once in 2 years` for a severity, the log10 of the days between two such events. */
export function rarityWords(severity: number): string {
  const days = Math.min(10 ** severity, LONGEST_CLAIM_DAYS);
  return days < 1 ? 'about once a day' : `less than once in ${daysInWords(days)}`;
}

/** `about once in 12 days`, for what is no rarity. */
export const frequencyWords = (severity: number): string =>
  severity <= 0
    ? 'once a day or more often'
    : `about once in ${daysInWords(Math.min(10 ** severity, LONGEST_CLAIM_DAYS))}`;

/** Amounts below ten keep a decimal: "0.4 expected" and "0 expected" are not the same. */
export const amount = (value: number): string =>
  value < 10 ? formatRate(Number(value.toFixed(value < 1 ? 2 : 1))) : formatCount(value);

const unitOf = ({ key }: Insight, count: number): string => {
  const unit = key.errorCode === undefined ? 'call' : 'error';
  return count === 1 ? unit : `${unit}s`;
};

/** What the explanation counts: mostly calls, of sparse series also the minutes that hold any. */
function countedWords(insight: Insight): string {
  const { observed, counted } = insight.explanation;
  if (counted === 'minutes')
    return `${formatCounted(observed, 'minute')} with ${unitOf(insight, 2)}`;
  const calls = `${formatCount(observed)} ${unitOf(insight, observed)}`;
  return counted === 'calls between runs' ? `${calls} between the runs of a job` : calls;
}

const placeOf = ({ explanation: { from, to } }: Insight, zone: TimeZone): string =>
  to - from === 1
    ? `in the minute ${formatTime(from, zone)}`
    : `in the ${formatDuration(to - from)} from ${formatTime(from, zone)}`;

/** What was counted against what would have been normal. */
function countsSentence(insight: Insight, zone: TimeZone): string {
  const { expected, limit, rule } = insight.explanation;
  const seen = `${countedWords(insight)} ${placeOf(insight, zone)}`;
  if (insight.history === 'none') return `${seen}.`;
  if (rule === 'first seen') return `${seen}; none anywhere else in these logs.`;
  const usual = expected < 0.05 ? 'hardly any expected' : `about ${amount(expected)} expected`;
  if (insight.direction === 'below') return `${seen}, where ${usual}.`;
  return `${seen}, ${usual}; up to ${amount(limit)} would have been normal.`;
}

/** What opened an insight. */
export const RULES: Record<InsightRule, string> = {
  record: 'It stands above every comparable hour of this API by more than chance explains.',
  'first seen': 'The rest of the logs never shows this series at all.',
  'missed runs': 'Calls come by the clock here, and one run or more did not happen.',
  silence: 'A busy API fell silent for longer than its pauses ever last.',
  dip: 'A busy API fell to a fraction of its usual rate.',
  'lasting change': 'The rate moved to a new level and stayed there for days.',
  'largest burst': 'It is one of the largest bursts in these logs, nothing more can be said.',
};

const ruleSentence = ({ explanation: { rule, counted } }: Insight): string =>
  counted === 'calls between runs'
    ? 'Calls come by the clock here, and these came at other times.'
    : RULES[rule];

function raritySentence(insight: Insight): string {
  const { rule, comparedHours } = insight.explanation;
  const rarity = `Such a thing is expected ${rarityWords(insight.severity)} in this API`;
  if (rule === 'first seen' || comparedHours === 0) return `${rarity}.`;
  const compared =
    rule === 'missed runs'
      ? formatCounted(comparedHours, 'run')
      : formatCounted(comparedHours, 'active hour');
  return `${rarity}, judged by ${compared} of it.`;
}

/** The minute that stands out most, where the deciding span is longer than a minute. */
function peakSentence(insight: Insight, zone: TimeZone): string {
  const { peakMinute, peakCalls, from, to } = insight.explanation;
  if (to - from <= 1) return '';
  const what = insight.direction === 'below' ? 'Quietest' : 'Busiest';
  return `${what} minute: ${formatTime(peakMinute, zone)} with ${formatCount(peakCalls)} ${unitOf(insight, peakCalls)}.`;
}

function endSentence(insight: Insight, zone: TimeZone): string {
  if (insight.ongoing) return 'It still goes on in the last complete minute of the logs: no End.';
  if (insight.explanation.rule === 'lasting change')
    return 'The new level is reported once; it is no open insight.';
  if (insight.history === 'none') return `It lasted until ${formatTime(insight.end, zone)}.`;
  const back =
    insight.direction === 'below' ? 'calls had come back' : 'the rate was back to normal';
  return `It ended at ${formatTime(insight.end, zone)}, the first minute in which ${back}.`;
}

/** What the length of the logs allows to say; empty where there is history enough. */
export function historyWords(history: Insight['history']): string {
  if (history === 'none')
    return 'Under three hours of logs: these are the largest bursts only. Nothing can be called unusual.';
  if (history === 'short')
    return 'Short history: under 36 hours of logs stand behind this, so it is less certain.';
  return '';
}

/** How far the reported baseline reaches where the logs do not hold the whole of it. */
function baselineSentence({ coveredBaseline, start }: Insight): string {
  const whole = 7 * 1440 + (start % 1440);
  if (coveredBaseline >= whole) return '';
  if (coveredBaseline <= 0) return 'The logs hold nothing before it, so the baseline is empty.';
  return `The baseline covers ${formatDuration(coveredBaseline)} instead of the usual ${formatDuration(whole)}: the logs hold no more.`;
}

/** Why an insight fired and ended, one sentence each, for people. */
export function explanationWords(insight: Insight, zone: TimeZone): string[] {
  const judged = insight.history !== 'none';
  return [
    countsSentence(insight, zone),
    peakSentence(insight, zone),
    judged ? ruleSentence(insight) : '',
    judged ? raritySentence(insight) : '',
    endSentence(insight, zone),
    baselineSentence(insight),
    historyWords(insight.history),
  ].filter(Boolean);
}
