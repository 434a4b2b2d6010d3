import { group } from 'd3';
import type { CallSeries, SeriesKey } from '../../core/activity/callSeries';
import type { Insight } from '../../core/insights/insight';
import { inSlices } from '../parts/turns';
import { seriesId } from '../seriesId';
import { maxPyramidOf, type MaxPyramid } from '../timeline/maxPyramid';
import { seriesWords } from '../timeline/words';

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

/** What rows are narrowed to: those with insights that pass, and some others. */
export interface Narrowing {
  readonly insights: readonly Insight[];
  readonly shownAnyway: (key: SeriesKey) => boolean;
}

type FoundBySeries = ReadonlyMap<string, readonly Insight[]>;

const bySeries = (insights: readonly Insight[]): FoundBySeries =>
  group(insights, ({ key }) => seriesId(key));

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
  const rows = series.filter(hasCalls).map((one) => rowOf(one, found));
  made.set(series, { insights, rows });
  return rows;
}

/** In the same order; a row all of whose insights pass is the same as before. */
export function narrowedRows(
  rows: readonly OverviewRow[],
  { insights, shownAnyway }: Narrowing,
): readonly OverviewRow[] {
  const passed = new Set(insights);
  return rows.flatMap((row) => {
    const left = row.insights.filter((insight) => passed.has(insight));
    if (left.length === 0 && !shownAnyway(row.key)) return [];
    return left.length === row.insights.length ? row : withInsights(row, left);
  });
}

const withInsights = (row: SeriesRow, insights: readonly Insight[]): OverviewRow => ({
  ...row,
  insights,
  severity: insights.reduce((most, { severity }) => Math.max(most, severity), -Infinity),
});

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
  return withInsights(
    bare,
    insights.toSorted((a, b) => a.start - b.start),
  );
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
