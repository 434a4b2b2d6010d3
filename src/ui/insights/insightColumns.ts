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
  /** Least width, rem; where rows fold into two lines, null for what then stands below another cell. */
  readonly width: number;
  readonly folded: number | null;
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
    width: 20,
    folded: 14,
    value: ({ key }) => key.eventName,
  },
  {
    name: 'start',
    title: 'Start',
    about: 'First minute of unusual activity',
    numeric: false,
    width: 8.75,
    folded: 7.25,
    value: ({ start }) => start,
  },
  {
    name: 'baselineAverage',
    title: 'Baseline avg/min',
    about: 'Baseline average: calls per minute',
    numeric: true,
    width: 5.25,
    folded: 5.25,
    value: ({ statistics }) => statistics.baseline.average,
  },
  {
    name: 'insightAverage',
    title: 'Insight avg/min',
    about: 'Insight average: calls per minute',
    numeric: true,
    width: 5,
    folded: 4.75,
    value: ({ statistics }) => statistics.insight.average,
  },
  {
    name: 'rateChange',
    title: 'Rate change',
    about: 'Rate change: insight average over baseline average',
    numeric: true,
    width: 6.25,
    folded: 6,
    value: rateChange,
  },
  {
    name: 'severity',
    title: 'Severity',
    about: 'How rare: 3 is less than once in 1,000 days',
    numeric: true,
    width: 5.75,
    folded: 5.75,
    value: ({ severity }) => severity,
  },
  {
    name: 'duration',
    title: 'Duration',
    about: 'Minutes of unusual activity',
    numeric: true,
    width: 5.5,
    folded: null,
    value: ({ start, end }) => end - start,
  },
  {
    name: 'insightType',
    title: 'Insight type',
    about: 'API call rate or API error rate',
    numeric: false,
    width: 7,
    folded: 7,
    value: typeWords,
  },
  {
    name: 'eventSource',
    title: 'Event source',
    about: 'Service that was called',
    numeric: false,
    width: 13,
    folded: null,
    value: ({ key }) => key.eventSource,
  },
  {
    name: 'region',
    title: 'Region',
    about: 'AWS Region',
    numeric: false,
    width: 8,
    folded: 7.5,
    value: ({ key }) => key.awsRegion,
  },
  {
    name: 'account',
    title: 'Account',
    about: 'Recipient account ID',
    numeric: false,
    width: 8,
    folded: 7.5,
    value: ({ key }) => key.recipientAccountId,
  },
  {
    name: 'identity',
    title: 'Top identity',
    about: 'User identity with the most calls during the insight',
    numeric: false,
    width: 14,
    folded: 12,
    value: (insight) => shortIdentity(topIdentity(insight)),
  },
];

/** Event name, start, both averages and their ratio: without these a list of insights says nothing. */
const LEAST_COLUMNS = 5;

export const CHOOSABLE_COLUMNS = COLUMNS.slice(LEAST_COLUMNS);

/**
 * How rows are laid out: a choice of cells in two lines, two lines in which what is long stands below, or one line; each
 * from so many rem on: one line where all columns fit.
 */
export type RowForm = 'compact' | 'folded' | 'plain';
const FOLDED_FROM = 37.5;
const PLAIN_FROM = COLUMNS.reduce((sum, { width }) => sum + width, 0);

export const rowFormOf = (width: number): RowForm =>
  width < FOLDED_FROM ? 'compact' : width < PLAIN_FROM ? 'folded' : 'plain';

const widthIn = (form: RowForm, { width, folded }: Column): number | null =>
  form === 'plain' ? width : folded;

/**
 * The columns that fit side by side into a list of so many rem, the first ones always first: what does not fit stands in
 * the details, and a row that scrolls sideways hides what it is about. Compact rows show their own choice of all.
 */
export function columnsFitting(width: number, hidden: readonly string[] = []): readonly Column[] {
  const form = rowFormOf(width);
  if (form === 'compact') return COLUMNS;
  const wanted = COLUMNS.filter(
    (column, at) =>
      at < LEAST_COLUMNS || (!hidden.includes(column.name) && widthIn(form, column) !== null),
  );
  let taken = 0;
  const beyond = wanted.findIndex((column) => (taken += widthIn(form, column)!) > width);
  return beyond < 0 ? wanted : wanted.slice(0, Math.max(beyond, LEAST_COLUMNS));
}

/** Where and who stand below the numbers of a folded row where they find no column of their own: least rem, first come. */
const BELOW: readonly { readonly name: ColumnName; readonly width: number }[] = [
  { name: 'region', width: 6.25 },
  { name: 'identity', width: 9 },
  { name: 'account', width: 6.5 },
];

export function columnsBelow(width: number, hidden: readonly string[] = []): readonly Column[] {
  if (rowFormOf(width) !== 'folded') return [];
  const beside = new Set<string>(columnsFitting(width, hidden).map(({ name }) => name));
  let room = width - COLUMNS[0].folded! - COLUMNS[1].folded!;
  const below = BELOW.filter(
    (each) => !hidden.includes(each.name) && !beside.has(each.name) && (room -= each.width) >= 0,
  ).map(({ name }) => name);
  return COLUMNS.filter(({ name }) => below.includes(name));
}

/** Widths of the columns for `grid-template-columns`: the name takes most of what is left, the last one too where all fit. */
export function gridColumns(columns: readonly Column[], form: RowForm): string {
  if (form === 'compact') return 'minmax(0, 1fr)';
  const widthOf = (column: Column): string => {
    const width = `${widthIn(form, column)}rem`;
    if (column.name === 'eventName') return `minmax(${width}, 2fr)`;
    return column.name === 'identity' ? `minmax(${width}, 1fr)` : width;
  };
  return columns.map(widthOf).join(' ');
}

export interface Sorting {
  readonly column: ColumnName;
  readonly descending: boolean;
}

/** As detection hands them over: the rarest first. */
export const RAREST_FIRST: Sorting = { column: 'severity', descending: true };

/** A new order by one column; insights that tie keep the order they had. */
export function sortInsights<T extends Insight>(
  insights: readonly T[],
  { column, descending }: Sorting,
): readonly T[] {
  const { value } = COLUMNS.find(({ name }) => name === column)!;
  const sign = descending ? -1 : 1;
  return insights
    .map((insight) => ({ insight, by: value(insight) }))
    .sort((a, b) => (a.by < b.by ? -sign : a.by > b.by ? sign : 0))
    .map(({ insight }) => insight);
}
