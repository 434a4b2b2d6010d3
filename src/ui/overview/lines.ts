import { group } from 'd3';
import type { SeriesKey } from '../../core/activity/callSeries';
import { serviceOf } from '../timeline/words';
import type { OverviewRow } from './rows';

export const ROW_ORDERS = ['severity', 'calls', 'first insight', 'name'] as const;
export type RowOrder = (typeof ROW_ORDERS)[number];
export const GROUPINGS = ['none', 'service', 'account', 'Region'] as const;
export type Grouping = (typeof GROUPINGS)[number];

const byWords = (a: OverviewRow, b: OverviewRow): number =>
  a.words < b.words ? -1 : a.words > b.words ? 1 : a.id < b.id ? -1 : Number(a.id > b.id);

const ORDERS: Record<RowOrder, (a: OverviewRow, b: OverviewRow) => number> = {
  severity: (a, b) => compare(b.severity, a.severity) || b.total - a.total,
  calls: (a, b) => b.total - a.total,
  'first insight': (a, b) => compare(firstInsight(a), firstInsight(b)) || b.total - a.total,
  name: () => 0,
};

const firstInsight = (row: OverviewRow): number => row.insights[0]?.start ?? Infinity;

/** Like a − b, but two infinities are equal. */
const compare = (a: number, b: number): number => (a === b ? 0 : a - b);

export const inOrder = (rows: readonly OverviewRow[], order: RowOrder): OverviewRow[] =>
  rows.toSorted((a, b) => ORDERS[order](a, b) || byWords(a, b));

const GROUP_NAMES: Record<Exclude<Grouping, 'none'>, (key: SeriesKey) => string> = {
  service: (key) => serviceOf(key.eventSource),
  account: (key) => key.recipientAccountId,
  Region: (key) => key.awsRegion,
};

/** A line of the overview as it stands on the screen: a group's heading or a row. */
export type OverviewLine =
  | {
      readonly kind: 'group';
      readonly id: string;
      readonly name: string;
      readonly rows: number;
      readonly insights: number;
      readonly open: boolean;
    }
  | {
      readonly kind: 'row';
      readonly id: string;
      readonly row: OverviewRow;
      readonly pinned: boolean;
    };

/** Pinned rows on top, then the others, under headings where asked for; `closed` holds the ids of closed groups. */
export function overviewLines(
  ordered: readonly OverviewRow[],
  grouping: Grouping,
  pinned: ReadonlySet<string>,
  closed: ReadonlySet<string>,
): OverviewLine[] {
  // A set that is watched would be watched for every row.
  const onTop = new Set(pinned);
  const lineOf = (row: OverviewRow): OverviewLine => ({
    kind: 'row',
    id: row.id,
    row,
    pinned: onTop.has(row.id),
  });
  const top = ordered.filter((row) => onTop.has(row.id)).map(lineOf);
  const rest = ordered.filter((row) => !onTop.has(row.id));
  if (grouping === 'none') return [...top, ...rest.map(lineOf)];
  const groups = group(rest, (row) => GROUP_NAMES[grouping](row.key));
  return [...top, ...[...groups].flatMap(([name, rows]) => groupLines(name, rows, closed, lineOf))];
}

function groupLines(
  name: string,
  rows: readonly OverviewRow[],
  closed: ReadonlySet<string>,
  lineOf: (row: OverviewRow) => OverviewLine,
): OverviewLine[] {
  const id = `group ${name}`;
  const open = !closed.has(id);
  const insights = rows.reduce((sum, row) => sum + row.insights.length, 0);
  const heading: OverviewLine = { kind: 'group', id, name, rows: rows.length, insights, open };
  return open ? [heading, ...rows.map(lineOf)] : [heading];
}
