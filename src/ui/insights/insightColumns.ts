import type { Insight } from '../../core/insights/insight';
import { shortIdentity, topIdentity, typeWords } from './insightValues';

export const COLUMN_NAMES = [
  'eventName',
  'start',
  'baselineAverage',
  'insightAverage',
  'rateChange',
  'severity',
  'duration',
  'insightType',
  'eventSource',
  'region',
  'account',
  'identity',
] as const;
export type ColumnName = (typeof COLUMN_NAMES)[number];

export interface Column {
  readonly name: ColumnName;
  readonly title: string;
  /** A longer title for the pointer and for screen readers. */
  readonly about: string;
  readonly numeric: boolean;
  /** Least width, rem. */
  readonly width: number;
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
    width: 12,
    value: ({ key }) => key.eventName,
  },
  {
    name: 'start',
    title: 'Start',
    about: 'First minute of unusual activity',
    numeric: false,
    width: 8.75,
    value: ({ start }) => start,
  },
  {
    name: 'baselineAverage',
    title: 'Baseline',
    about: 'Baseline average: calls per minute',
    numeric: true,
    width: 4.75,
    value: ({ statistics }) => statistics.baseline.average,
  },
  {
    name: 'insightAverage',
    title: 'Insight',
    about: 'Insight average: calls per minute',
    numeric: true,
    width: 4.5,
    value: ({ statistics }) => statistics.insight.average,
  },
  {
    name: 'rateChange',
    title: 'Change',
    about: 'Rate change: insight average over baseline average',
    numeric: true,
    width: 6.25,
    value: rateChange,
  },
  {
    name: 'severity',
    title: 'Severity',
    about: 'How rare: 3 is less than once in 1,000 days',
    numeric: true,
    width: 4.5,
    value: ({ severity }) => severity,
  },
  {
    name: 'duration',
    title: 'Duration',
    about: 'Minutes of unusual activity',
    numeric: true,
    width: 5,
    value: ({ start, end }) => end - start,
  },
  {
    name: 'insightType',
    title: 'Insight type',
    about: 'API call rate or API error rate',
    numeric: false,
    width: 7,
    value: typeWords,
  },
  {
    name: 'eventSource',
    title: 'Event source',
    about: 'Service that was called',
    numeric: false,
    width: 13,
    value: ({ key }) => key.eventSource,
  },
  {
    name: 'region',
    title: 'Region',
    about: 'AWS Region',
    numeric: false,
    width: 8,
    value: ({ key }) => key.awsRegion,
  },
  {
    name: 'account',
    title: 'Account',
    about: 'Recipient account ID',
    numeric: false,
    width: 8,
    value: ({ key }) => key.recipientAccountId,
  },
  {
    name: 'identity',
    title: 'Top identity',
    about: 'User identity with the most calls during the insight',
    numeric: false,
    width: 14,
    value: (insight) => shortIdentity(topIdentity(insight)),
  },
];

/** Event name, start, both averages and their ratio: without these a list of insights says nothing. */
const LEAST_COLUMNS = 5;

export const CHOOSABLE_COLUMNS = COLUMNS.slice(LEAST_COLUMNS);

/**
 * The columns that fit side by side into a list of so many rem, the first ones always first: what does not fit stands in
 * the details, and a row that scrolls sideways hides what it is about.
 */
export function columnsFitting(width: number, hidden: readonly string[] = []): readonly Column[] {
  const wanted = COLUMNS.filter(({ name }, at) => at < LEAST_COLUMNS || !hidden.includes(name));
  let taken = 0;
  const beyond = wanted.findIndex((column) => (taken += column.width) > width);
  return beyond < 0 ? wanted : wanted.slice(0, Math.max(beyond, LEAST_COLUMNS));
}

/** Widths of the columns for `grid-template-columns`: the name takes what is left, the last one too where all fit. */
export const gridColumns = (columns: readonly Column[]): string =>
  columns
    .map(({ name, width }) =>
      name === 'eventName' || name === 'identity' ? `minmax(${width}rem, 1fr)` : `${width}rem`,
    )
    .join(' ');

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
