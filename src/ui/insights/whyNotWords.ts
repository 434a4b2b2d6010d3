import type { SeriesKey } from '../../core/activity/callSeries';
import type { JudgedWindow, MinuteExplanation } from '../../core/insights/explainMinute';
import type { Insight } from '../../core/insights/insight';
import type { DetectionSettings } from '../../core/insights/settings';
import { formatCount, formatDuration, formatTime, type TimeZone } from '../format';
import { amount, frequencyWords, historyWords, plural, rarityWords } from './explanationWords';

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
  const [alone] = why.windows;
  const apart = why.windows.filter((window) => !touchesAny(window, judging.insights));
  const nearest = nearestOf(apart.length > 0 ? apart : why.windows);
  return [
    `${seen}, ${expectedWords(why.expected)}; ${limitWords(alone)}.`,
    nearest === alone ? '' : nearestSentence(nearest, judging),
    raritySentence(nearest, settings),
    why.calls === 0 && key.errorCode === undefined
      ? 'Silence is judged by how long it lasts, not minute by minute.'
      : '',
    historyWords(why.history),
  ].filter(Boolean);
}

const touchesAny = ({ from, to }: JudgedWindow, insights: Judging['insights']): boolean =>
  insights.some(({ start, end }) => start < to && end > from);

const isLeftOut = ({ minute }: MinuteExplanation, { excludedSpans }: DetectionSettings): boolean =>
  excludedSpans.some(({ start, end, off }) => !off && start <= minute && minute < end);

const counted = (count: number, { errorCode }: SeriesKey): string =>
  plural(count, errorCode === undefined ? 'call' : 'error');

const expectedWords = (expected: number): string =>
  expected < 0.05 ? 'hardly any expected' : `about ${amount(expected)} expected`;

const limitWords = ({ limit }: JudgedWindow): string =>
  Number.isFinite(limit)
    ? `from ${formatCount(limit + 1)} on it would have been unusual`
    : 'no number in one minute would have been unusual';

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
  const { from, to, observed, expected } = window;
  return `Nearest to an insight came the ${formatDuration(to - from)} from ${formatTime(from, zone)}: ${counted(observed, key)}, ${expectedWords(expected)}; ${limitWords(window)}.`;
}

function raritySentence(
  { severity, observed, limit, comparedHours }: JudgedWindow,
  { severity: asked, minimumCalls }: DetectionSettings,
): string {
  const compared =
    comparedHours > 0 ? `, judged by ${plural(comparedHours, 'active hour')} of it` : '';
  if (observed > limit || severity >= asked)
    return 'By these numbers alone it was unusual; together with the insights found around it, it is not one of its own.';
  if (severity > 0)
    return `Such a thing comes ${frequencyWords(severity)} in this API${compared}; severity ${amount(asked)} asks for ${rarityWords(asked)}.`;
  if (observed > 0 && observed < minimumCalls)
    return `Fewer than ${plural(minimumCalls, 'call')} never make an insight: that is the minimum in the settings.`;
  return `That is what this API does anyway${compared}.`;
}
