import type { Insight } from '../../core/insights/insight';
import { shortIdentity, topIdentity, typeWords } from './insightFilters';

export type ColumnName =
  | 'eventName'
  | 'start'
  | 'duration'
  | 'baselineAverage'
  | 'insightAverage'
  | 'rateChange'
  | 'severity'
  | 'insightType'
  | 'eventSource'
  | 'region'
  | 'account'
  | 'identity';

export interface Column {
  readonly name: ColumnName;
  readonly title: string;
  /** A longer title for the pointer and for screen readers. */
  readonly about: string;
  readonly numeric: boolean;
  /** What sorting compares. */
  readonly value: (insight: Insight) => number | string;
}

/** Insight over baseline; no ratio where the baseline is 0, so these sort above every other. */
const rateChange = ({ statistics: { baseline, insight } }: Insight): number =>
  baseline.average > 0 ? insight.average / baseline.average : Infinity;

/** In the order of use: what AWS's list shows, then where and who. */
export const COLUMNS: readonly Column[] = [
  {
    name: 'eventName',
    title: 'Event name',
    about: 'API that was called',
    numeric: false,
    value: ({ key }) => key.eventName,
  },
  {
    name: 'start',
    title: 'Start',
    about: 'First minute of unusual activity',
    numeric: false,
    value: ({ start }) => start,
  },
  {
    name: 'baselineAverage',
    title: 'Baseline',
    about: 'Baseline average: calls per minute',
    numeric: true,
    value: ({ statistics }) => statistics.baseline.average,
  },
  {
    name: 'insightAverage',
    title: 'Insight',
    about: 'Insight average: calls per minute',
    numeric: true,
    value: ({ statistics }) => statistics.insight.average,
  },
  {
    name: 'rateChange',
    title: 'Change',
    about: 'Rate change: insight average over baseline average',
    numeric: true,
    value: rateChange,
  },
  {
    name: 'duration',
    title: 'Duration',
    about: 'Minutes of unusual activity',
    numeric: true,
    value: ({ start, end }) => end - start,
  },
  {
    name: 'severity',
    title: 'Severity',
    about: 'How rare: 3 is less than once in 1,000 days',
    numeric: true,
    value: ({ severity }) => severity,
  },
  {
    name: 'insightType',
    title: 'Insight type',
    about: 'API call rate or API error rate',
    numeric: false,
    value: typeWords,
  },
  {
    name: 'eventSource',
    title: 'Event source',
    about: 'Service that was called',
    numeric: false,
    value: ({ key }) => key.eventSource,
  },
  {
    name: 'region',
    title: 'Region',
    about: 'AWS Region',
    numeric: false,
    value: ({ key }) => key.awsRegion,
  },
  {
    name: 'account',
    title: 'Account',
    about: 'Recipient account ID',
    numeric: false,
    value: ({ key }) => key.recipientAccountId,
  },
  {
    name: 'identity',
    title: 'Top identity',
    about: 'User identity with the most calls during the insight',
    numeric: false,
    value: (insight) => shortIdentity(topIdentity(insight)),
  },
];

export interface Sorting {
  readonly column: ColumnName;
  readonly descending: boolean;
}

/** As detection hands them over: the rarest first. */
export const RAREST_FIRST: Sorting = { column: 'severity', descending: true };

/** A new order by one column; insights that tie keep the order they had. */
export function sortInsights(
  insights: readonly Insight[],
  { column, descending }: Sorting,
): readonly Insight[] {
  const { value } = COLUMNS.find(({ name }) => name === column)!;
  const sign = descending ? -1 : 1;
  return insights
    .map((insight) => ({ insight, by: value(insight) }))
    .sort((a, b) => (a.by < b.by ? -sign : a.by > b.by ? sign : 0))
    .map(({ insight }) => insight);
}
