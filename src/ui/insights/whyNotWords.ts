import type { SeriesKey } from '../../core/activity/callSeries';
import type { InsightEnd, MinuteExplanation } from '../../core/insights/explainMinute';
import type { Insight } from '../../core/insights/insight';
import type { JudgedWindow } from '../../core/insights/judgedWindow';
import type { Pause } from '../../core/insights/pause';
import type { DetectionSettings } from '../../core/insights/settings';
import { formatCount, formatCounted, formatDuration, formatTime, type TimeZone } from '../format';
import { amount, frequencyWords, historyWords, rarityWords, RULES } from './explanationWords';

/** What a minute was judged by. */
export interface Judging {
  readonly key: SeriesKey;
  /** Insights of this series: what belongs to them says nothing about the minute. */
  readonly insights: readonly Pick<Insight, 'start' | 'end'>[];
  readonly settings: DetectionSettings;
  readonly zone: TimeZone;
}

/** Why a minute belongs to no insight, one sentence each, for people. */
export function whyNotWords(why: MinuteExplanation, judging: Judging): string[] {
  const { key, settings, zone } = judging;
  const at = formatTime(why.minute, zone);
  if (isLeftOut(why, settings)) return [`The minute ${at} is left out, so it was not judged.`];
  if (!why.covered) return [`The logs do not hold the minute ${at}: nothing was judged there.`];
  const seen = `${counted(why.calls, key)} in the minute ${at}`;
  const off = switchedOff(judging);
  if (off) return [`${seen}. ${off}`];
  if (why.windows.length === 0) return [`${seen}. ${historyWords('none')}`];
  const told = `${seen}, ${expectedWords(why.expected)}; ${limitWordsOf(why)}.`;
  if (why.insight) {
    return [told, ...insightSentences(why.insight, zone), historyWords(why.history)].filter(
      Boolean,
    );
  }
  const [alone] = why.windows;
  const apart = why.windows.filter((window) => !touchesAny(window, judging.insights));
  const nearest = nearestOf(apart.length > 0 ? apart : why.windows);
  return [
    told,
    nearest === alone ? '' : nearestSentence(nearest, judging),
    raritySentence(nearest, settings),
    why.pause ? pauseSentence(why.pause, judging) : '',
    historyWords(why.history),
  ].filter(Boolean);
}

const ENDS: Record<InsightEnd, string> = {
  'back to normal': 'It ended when the rate was back to normal.',
  'calls came back': 'It ended when calls came back.',
  'new level': 'It is told once; the new level stays.',
  'logs end': 'It still goes on where the logs end.',
};

/** The insight that holds the minute: what opened it, how rare it is, what ended it. */
function insightSentences(
  { start, end, severity, explanation, ended }: NonNullable<MinuteExplanation['insight']>,
  zone: TimeZone,
): string[] {
  return [
    `It is part of the insight from ${formatTime(start, zone)} to ${formatTime(end, zone)}.`,
    RULES[explanation.rule],
    `Such a thing is expected ${rarityWords(severity)} in this API.`,
    ENDS[ended],
  ];
}

/** Why the pause around a minute without calls is no insight. */
function pauseSentence(
  { from, to, rule, expected, severity, compared, unusualFrom }: Pause,
  { key, settings, zone }: Judging,
): string {
  const pause = `The pause from ${formatTime(from, zone)} lasted ${formatDuration(to - from)}`;
  const calls = key.errorCode === undefined ? 'calls' : 'errors';
  const rarity =
    severity > 0 && severity < settings.severity
      ? ` Such a pause comes ${frequencyWords(severity)} in this API.`
      : '';
  switch (rule) {
    case 'silence': {
      const due = `${expected < 0.05 ? 'hardly any' : `about ${amount(expected)}`} ${calls} due in it`;
      const limit = Number.isFinite(unusualFrom)
        ? `from ${formatDuration(unusualFrom)} on it would have been unusual`
        : 'no longer one would have been unusual';
      return `${pause}, ${due}; ${limit}, judged by ${formatCounted(compared, 'active hour')}.${rarity}`;
    }
    case 'missed runs':
      return severity > 0
        ? `${pause}, and a run of a job by the clock is missing in it.${rarity}`
        : `${pause}: ${calls} come by the clock here, and no run is missing in it.`;
    case 'too few calls':
      return `${pause}; ${calls} come too rarely here for a pause to mean anything.`;
    case 'too quiet logs':
      return `${pause}; these logs hold too little to tell silence from missing logs.`;
    case 'logs missing':
      return `${pause} and meets missing logs or the edge of the logs, so it was not judged.`;
    case 'no calls':
      return '';
  }
}

const touchesAny = ({ from, to }: JudgedWindow, insights: Judging['insights']): boolean =>
  insights.some(({ start, end }) => start < to && end > from);

const isLeftOut = ({ minute }: MinuteExplanation, { excludedSpans }: DetectionSettings): boolean =>
  excludedSpans.some(({ start, end, off }) => !off && start <= minute && minute < end);

const counted = (count: number, { errorCode }: SeriesKey): string =>
  formatCounted(count, errorCode === undefined ? 'call' : 'error');

const expectedWords = (expected: number): string =>
  expected < 0.05 ? 'hardly any expected' : `about ${amount(expected)} expected`;

const limitWordsOf = ({ calls, insight, unusualFrom }: MinuteExplanation): string =>
  calls === 0 && insight?.direction === 'above'
    ? 'it is unusual together with the minutes around it, whatever it holds'
    : limitWords(unusualFrom);

const limitWords = (unusualFrom: number): string =>
  Number.isFinite(unusualFrom)
    ? `from ${formatCount(unusualFrom)} on it would have been unusual`
    : 'no number in one minute would have been unusual';

const countedIn = ({ counted: what, observed }: JudgedWindow, key: SeriesKey): string => {
  if (what === 'minutes')
    return `${formatCounted(observed, 'minute')} with ${key.errorCode === undefined ? 'calls' : 'errors'}`;
  return what === undefined ? counted(observed, key) : `${counted(observed, key)} between runs`;
};

function switchedOff({ key, settings }: Judging): string {
  const type = key.errorCode === undefined ? 'ApiCallRateInsight' : 'ApiErrorRateInsight';
  if (settings.insightTypes.includes(type)) return '';
  return `${key.errorCode === undefined ? 'API call rate' : 'API error rate'} insights are switched off in the settings.`;
}

/** The window that came nearest to an insight: the rarest, else the one nearest to its limit. */
function nearestOf(windows: readonly JudgedWindow[]): JudgedWindow {
  const share = ({ observed, limit }: JudgedWindow) => observed / (limit + 1);
  return windows.reduce((best, window) =>
    window.severity > best.severity ||
    (window.severity === best.severity && share(window) > share(best))
      ? window
      : best,
  );
}

function nearestSentence(window: JudgedWindow, { key, zone }: Judging): string {
  const { from, to, expected, limit } = window;
  const seen = `${countedIn(window, key)}, ${expectedWords(expected)}`;
  return `Nearest to an insight came the ${formatDuration(to - from)} from ${formatTime(from, zone)}: ${seen}; ${limitWords(limit + 1)}.`;
}

function raritySentence(
  { severity, observed, limit, comparedHours }: JudgedWindow,
  { severity: asked, minimumCalls }: DetectionSettings,
): string {
  const compared =
    comparedHours > 0 ? `, judged by ${formatCounted(comparedHours, 'active hour')} of it` : '';
  if (observed > limit || severity >= asked)
    return 'By these numbers alone it was unusual; together with the insights found around it, it is not one of its own.';
  if (severity > 0)
    return `Such a thing comes ${frequencyWords(severity)} in this API${compared}; severity ${amount(asked)} asks for ${rarityWords(asked)}.`;
  if (observed > 0 && observed < minimumCalls)
    return `Fewer than ${formatCounted(minimumCalls, 'call')} never make an insight: that is the minimum in the settings.`;
  return `That is what this API does anyway${compared}.`;
}
