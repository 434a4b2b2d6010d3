import type { Insight } from '../../core/insights/insight';
import { insightMark } from '../format';
import { minutesPerColumnOf, nextIndex } from '../timeline/columns';
import { indexAtOrAfter, maximumIn } from '../timeline/maxPyramid';
import { lengthOf, type Span } from '../timeline/span';
import type { OverviewRow } from './rows';

/** The columns of time that all lanes share in one frame, `pixels` device pixels wide. */
export interface LaneGrid {
  readonly span: Span;
  readonly pixels: number;
  readonly minutesPerColumn: number;
  /** Minute where the first column begins: a multiple of `minutesPerColumn`, so that panning re-mixes no minutes. */
  readonly from: number;
  readonly columns: number;
  /** Which column each pixel shows. */
  readonly columnOfPixel: Uint32Array;
}

export function laneGridOf(span: Span, pixels: number): LaneGrid {
  const minutesPerColumn = minutesPerColumnOf(span, pixels);
  const from = Math.floor(span.from / minutesPerColumn) * minutesPerColumn;
  const columns = Math.ceil((span.to - from) / minutesPerColumn);
  const minutesPerPixel = lengthOf(span) / pixels;
  const columnOfPixel = new Uint32Array(pixels);
  for (let pixel = 0; pixel < pixels; pixel++) {
    const minute = span.from + pixel * minutesPerPixel;
    columnOfPixel[pixel] = Math.min(columns - 1, Math.floor((minute - from) / minutesPerColumn));
  }
  return { span, pixels, minutesPerColumn, from, columns, columnOfPixel };
}

/** What a pixel column of a lane is about; also an index into the palette. */
export const ORDINARY = 0;
export const RISE = 1;
export const ERRORS = 2;
export const DROP = 3;
const KIND = { rise: RISE, errors: ERRORS, drop: DROP };

/** One lane's columns of pixels. */
export interface Lane {
  /** Height of the bar, 0 to 255 parts of the lane. */
  readonly height: Uint8Array;
  readonly kind: Uint8Array;
}

export const emptyLane = (pixels: number): Lane => ({
  height: new Uint8Array(pixels),
  kind: new Uint8Array(pixels),
});

/** A bar is full at eight times the usual, and about a third of that at the usual. */
const FULL = Math.log2(1 + 8);
/** Never so low that a single call among thousands of minutes is lost. */
const LOWEST = 0.12;
/** What is inside an insight stands out from its neighbours whatever the row's usual height is. */
const INSIDE_INSIGHT = 0.65;

/** 0 to 255 for the busiest minute of a column, by how many times the usual it is, on a logarithmic scale. */
export function barHeight(calls: number, typical: number): number {
  if (calls === 0) return 0;
  const share = Math.log2(1 + calls / typical) / FULL;
  return Math.round(255 * Math.min(1, Math.max(LOWEST, share)));
}

/** Fills `lane` with one row: the maximum of each column's minutes, and what is inside an insight. */
export function fillLane(lane: Lane, row: OverviewRow, grid: LaneGrid, narrowest: number): void {
  const heights = columnHeights(row, grid);
  for (let pixel = 0; pixel < grid.pixels; pixel++) {
    lane.height[pixel] = heights[grid.columnOfPixel[pixel]];
  }
  lane.kind.fill(ORDINARY);
  for (const insight of row.insights) markInsight(lane, insight, grid, narrowest);
}

function columnHeights({ series, shape }: OverviewRow, grid: LaneGrid): Uint8Array {
  const { pyramid, typical } = shape();
  const heights = new Uint8Array(grid.columns);
  let start = indexAtOrAfter(series.minute, grid.from);
  for (let column = 0; column < grid.columns && start < series.minute.length; column++) {
    const until = grid.from + (column + 1) * grid.minutesPerColumn;
    if (series.minute[start] >= until) continue;
    const end = nextIndex(series.minute, start, until);
    heights[column] = barHeight(maximumIn(pyramid, start, end), typical);
    start = end;
  }
  return heights;
}

/** Pixels [left, right) of an insight, at least `narrowest` of them; null when it is out of view. */
export function pixelsOf(
  insight: { readonly start: number; readonly end: number },
  grid: LaneGrid,
  narrowest: number,
): { left: number; right: number } | null {
  const { span, pixels } = grid;
  if (insight.end <= span.from || insight.start >= span.to) return null;
  const at = (minute: number): number => ((minute - span.from) / lengthOf(span)) * pixels;
  const thin = at(insight.end) - at(insight.start) < narrowest;
  const middle = (at(insight.start) + at(insight.end)) / 2;
  const left = Math.round(thin ? middle - narrowest / 2 : at(insight.start));
  const right = thin ? left + narrowest : Math.round(at(insight.end));
  return { left: Math.max(0, left), right: Math.min(pixels, right) };
}

function markInsight(lane: Lane, insight: Insight, grid: LaneGrid, narrowest: number): void {
  const range = pixelsOf(insight, grid, narrowest);
  if (range === null) return;
  const { left, right } = range;
  const kind = KIND[insightMark(insight).kind];
  lane.kind.fill(kind, left, right);
  if (kind === DROP) return;
  const narrow = right - left <= narrowest;
  const lowest = Math.round(255 * INSIDE_INSIGHT);
  for (let pixel = left; pixel < right; pixel++) {
    const standing = narrow || lane.height[pixel] > 0;
    lane.height[pixel] = Math.max(lane.height[pixel], standing ? lowest : 255 * LOWEST);
  }
}
