import { group } from 'd3';
import type { Insight } from '../../core/insights/insight';
import type { ListedInsight } from '../../core/insights/listedInsights';
import type { DetectionSettings } from '../../core/insights/settings';
import { formatCount } from '../format';
import { seriesId } from '../seriesId';
import { muteWords } from './leftOut';

/** What another detection took from the list and brought to it; what AWS recorded is in it anyway. */
export interface Difference {
  readonly gone: readonly Insight[];
  readonly come: readonly Insight[];
}

/** Insights of one series, type and direction that overlap are the same one, though a minute may have moved. */
export function differenceOf(
  before: readonly ListedInsight[],
  after: readonly ListedInsight[],
): Difference {
  return { gone: notIn(after, before), come: notIn(before, after) };
}

/** Those of `all` that Trailglass found and that are none of `others`. */
function notIn(others: readonly ListedInsight[], all: readonly ListedInsight[]): Insight[] {
  const ofSeries = group(others.filter(isOurs), ({ key }) => seriesId(key));
  return all.filter(
    (one) => isOurs(one) && !ofSeries.get(seriesId(one.key))?.some((other) => isSame(one, other)),
  );
}

const isOurs = ({ found }: ListedInsight): boolean => found?.by !== 'AWS';

const isSame = (one: Insight, other: Insight): boolean =>
  one.insightType === other.insightType &&
  one.direction === other.direction &&
  one.start < other.end &&
  other.start < one.end;

/** `3 fewer, 1 more`. */
export function differenceWords({ gone, come }: Difference): string {
  const parts = [
    ...(gone.length > 0 ? [`${formatCount(gone.length)} fewer`] : []),
    ...(come.length > 0 ? [`${formatCount(come.length)} more`] : []),
  ];
  return parts.length > 0 ? parts.join(', ') : 'the same insights';
}

type Told = DetectionSettings['mutes'][number] | DetectionSettings['excludedSpans'][number];

/** What was changed, in the fewest words that say it. */
export function changeWords(before: DetectionSettings, after: DetectionSettings): string {
  const leftOut = [
    ...entriesOnlyIn(after, before).map((entry) => `${wordsOf(entry)} left out`),
    ...entriesOnlyIn(before, after).map((entry) => `${wordsOf(entry)} back in`),
  ];
  const [first, ...rest] = [
    ...leftOut,
    ...(before.severity === after.severity
      ? []
      : [`severity ${before.severity} → ${after.severity}`]),
    ...(before.minimumCalls === after.minimumCalls
      ? []
      : [`minimum calls ${before.minimumCalls} → ${after.minimumCalls}`]),
    ...SWITCHES.flatMap(([name, words]) =>
      before[name] === after[name] ? [] : [`${words} ${after[name] ? 'on' : 'off'}`],
    ),
    ...(before.insightTypes.join() === after.insightTypes.join() ? [] : ['insight types']),
  ];
  if (first === undefined) return 'reasons';
  return rest.length === 0 ? first : `${first} and ${formatCount(rest.length)} more`;
}

const SWITCHES = [
  ['serviceEvents', 'service events'],
  ['signIns', 'sign-ins'],
  ['readEvents', 'management reads'],
] as const;

/** What one of two settings leaves out and the other does not. */
function entriesOnlyIn(settings: DetectionSettings, others: DetectionSettings): Told[] {
  const on = ({ mutes, excludedSpans }: DetectionSettings): Told[] =>
    [...mutes, ...excludedSpans].filter(({ off }) => off !== true);
  const known = new Set(on(others).map(wordsAndValues));
  return on(settings).filter((entry) => !known.has(wordsAndValues(entry)));
}

const wordsAndValues = ({ reason: _, off: __, ...values }: Told): string =>
  JSON.stringify(Object.entries(values).sort());

const wordsOf = (entry: Told): string =>
  'start' in entry
    ? 'time span'
    : muteWords(entry)
        .map(({ value }) => value)
        .join(', ');
