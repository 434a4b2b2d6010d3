import type { CallSeries, SeriesKey } from '../../core/activity/callSeries';
import type { Insight } from '../../core/insights/insight';
import { inSlices } from '../parts/turns';
import { maxPyramidOf, type MaxPyramid } from '../timeline/maxPyramid';
import { seriesWords, serviceOf } from '../timeline/words';

/** A series as the overview draws it. */
interface SeriesRow {
  /** The same for the same series in every analysis. */
  readonly id: string;
  readonly key: SeriesKey;
  /** `ssm DeleteParameter · ThrottlingException` */
  readonly words: string;
  readonly series: CallSeries;
  readonly total: number;
  /** What only rows need that come into view; made once, when first asked for. */
  readonly shape: () => RowShape;
}

/** One lane of the overview: a series with its insights. */
export interface OverviewRow extends SeriesRow {
  /** In order of time. */
  readonly insights: readonly Insight[];
  /** Highest severity of its insights; -Infinity without any. */
  readonly severity: number;
}

export interface RowShape {
  readonly pyramid: MaxPyramid;
  /** Calls in a usual active minute: what the height of the lane is measured by. */
  readonly typical: number;
}

export const ROW_ORDERS = ['severity', 'calls', 'first insight', 'name'] as const;
export type RowOrder = (typeof ROW_ORDERS)[number];
export const GROUPINGS = ['none', 'service', 'account', 'Region'] as const;
export type Grouping = (typeof GROUPINGS)[number];

const ids = new WeakMap<SeriesKey, string>();

/** Field by field as JSON: names out of logs cannot run into each other. Made once for a key. */
export function seriesId(key: SeriesKey): string {
  const known = ids.get(key);
  if (known !== undefined) return known;
  const { recipientAccountId, awsRegion, eventSource, eventName, errorCode = null } = key;
  const id = JSON.stringify([recipientAccountId, awsRegion, eventSource, eventName, errorCode]);
  ids.set(key, id);
  return id;
}

function groupBy<T>(all: readonly T[], nameOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const name = nameOf(one);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [one]);
    else group.push(one);
  }
  return groups;
}

type FoundBySeries = ReadonlyMap<string, readonly Insight[]>;

const bySeries = (insights: readonly Insight[]): FoundBySeries =>
  groupBy(insights, ({ key }) => seriesId(key));

const hasCalls = ({ minute }: CallSeries): boolean => minute.length > 0;

/** The rows made last of each archive's series. */
const made = new WeakMap<
  readonly CallSeries[],
  { readonly insights: readonly Insight[]; readonly rows: readonly OverviewRow[] }
>();

export function overviewRows(
  series: readonly CallSeries[],
  insights: readonly Insight[],
): readonly OverviewRow[] {
  const last = made.get(series);
  if (last?.insights === insights) return last.rows;
  const found = bySeries(insights);
  return series.filter(hasCalls).map((one) => rowOf(one, found));
}

/** Makes the rows of all series over as many tasks as it takes. */
export async function prepareRows(
  series: readonly CallSeries[],
  insights: readonly Insight[],
): Promise<void> {
  await inSlices(insights, ({ key }) => seriesId(key));
  const found = bySeries(insights);
  const rows: OverviewRow[] = [];
  await inSlices(series.filter(hasCalls), (one) => rows.push(rowOf(one, found)));
  made.set(series, { insights, rows });
}

const NO_INSIGHTS: readonly Insight[] = [];

function rowOf(series: CallSeries, found: FoundBySeries): OverviewRow {
  const bare = seriesRowOf(series);
  const insights = found.get(bare.id) ?? NO_INSIGHTS;
  return {
    ...bare,
    insights: insights.toSorted((a, b) => a.start - b.start),
    severity: insights.reduce((most, { severity }) => Math.max(most, severity), -Infinity),
  };
}

const known = new WeakMap<CallSeries, SeriesRow>();

/** What a row is whatever is found in it; made once for a series, for every change of the settings asks again. */
export function seriesRowOf(series: CallSeries): SeriesRow {
  const bare = known.get(series) ?? newSeriesRow(series);
  known.set(series, bare);
  return bare;
}

function newSeriesRow(series: CallSeries): SeriesRow {
  let shape: RowShape | undefined;
  return {
    id: seriesId(series.key),
    key: series.key,
    words: seriesWords(series.key),
    series,
    total: sumOf(series.calls),
    shape: () =>
      (shape ??= { pyramid: maxPyramidOf(series.calls), typical: typicalOf(series.calls) }),
  };
}

function sumOf(calls: Uint32Array): number {
  let sum = 0;
  for (let i = 0; i < calls.length; i++) sum += calls[i];
  return sum;
}

/** Evenly spaced minutes are enough to tell the usual from the unusual, and sorting all would cost 10 ms a row. */
const SAMPLE = 512;

/** The upper quartile of the active minutes, from a sample; at least 1. */
export function typicalOf(calls: Uint32Array): number {
  const step = Math.max(1, calls.length / SAMPLE);
  const sample = Uint32Array.from({ length: Math.min(SAMPLE, calls.length) }, (_, i) => {
    return calls[Math.floor(i * step)];
  }).sort();
  return Math.max(1, sample[Math.floor(sample.length * 0.75)] ?? 1);
}

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
  const groups = groupBy(rest, (row) => GROUP_NAMES[grouping](row.key));
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
