import type { Insight } from '../../core/insights/insight';
import { insightMark } from '../format';
import { minutesPerColumnAt, nextIndex } from '../timeline/columns';
import { indexOfMinute } from '../../core/insights/statistics';
import { maximumIn } from '../timeline/maxPyramid';
import { lengthOf, type Span } from '../timeline/span';
import type { OverviewRow } from './rows';

/**
 * How all lanes of one frame divide time into pixels. Pixels are counted from the epoch, so that at one zoom a pixel
 * shows the same minutes wherever the view stands: panning moves pixels and changes none.
 */
export interface LaneGrid {
  readonly minutesPerPixel: number;
  readonly minutesPerColumn: number;
  /** The leftmost pixel in view, counted from the epoch: a whole number. */
  readonly from: number;
  readonly pixels: number;
}

/** A span that was panned is longer or shorter by a few last digits, which is no other zoom. */
const SAME_ZOOM = 1e-7;

/** The grid of `span` on so many device pixels; as finely divided as `last` where that is the same zoom. */
export function laneGridOf(span: Span, pixels: number, last?: LaneGrid): LaneGrid {
  const wanted = lengthOf(span) / pixels;
  const known = last?.minutesPerPixel ?? 0;
  const minutesPerPixel = Math.abs(wanted - known) < SAME_ZOOM * wanted ? known : wanted;
  const from = Math.round(span.from / minutesPerPixel);
  const minutesPerColumn = minutesPerColumnAt(minutesPerPixel);
  return { minutesPerPixel, minutesPerColumn, from, pixels };
}

/** Which column of minutes a pixel of the view shows; columns too are counted from the epoch. */
export const columnOfPixel = (grid: LaneGrid, pixel: number): number =>
  Math.floor(((grid.from + pixel) * grid.minutesPerPixel) / grid.minutesPerColumn);

/** What a pixel column of a lane is about; also an index into the palette. */
export const ORDINARY = 0;
export const RISE = 1;
export const ERRORS = 2;
export const DROP = 3;
const KIND = { rise: RISE, errors: ERRORS, drop: DROP };

/** Pixels [left, right) of the view. */
export interface PixelRange {
  readonly left: number;
  readonly right: number;
}

/** The columns of pixels of one lane, from the left of some range on. */
export interface Lane {
  /** Height of the bar, 0 to 255 parts of the lane. */
  readonly height: Uint8Array;
  readonly kind: Uint8Array;
}

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

/** One row within a range of pixels: the maximum of each column's minutes, and what is inside an insight. */
export function laneOf(
  row: OverviewRow,
  grid: LaneGrid,
  range: PixelRange,
  narrowest: number,
): Lane {
  const heights = columnHeights(row, grid, range);
  const first = columnOfPixel(grid, range.left);
  const height = new Uint8Array(range.right - range.left);
  for (let i = 0; i < height.length; i++)
    height[i] = heights[columnOfPixel(grid, range.left + i) - first];
  const lane = { height, kind: new Uint8Array(height.length) };
  for (const insight of row.insights) markInsight(lane, insight, grid, range, narrowest);
  return lane;
}

function columnHeights(
  { series, shape }: OverviewRow,
  grid: LaneGrid,
  { left, right }: PixelRange,
): Uint8Array {
  const { pyramid, typical } = shape();
  const first = columnOfPixel(grid, left);
  const heights = new Uint8Array(columnOfPixel(grid, right - 1) - first + 1);
  let start = indexOfMinute(series.minute, first * grid.minutesPerColumn);
  for (let i = 0; i < heights.length && start < series.minute.length; i++) {
    const until = (first + i + 1) * grid.minutesPerColumn;
    if (series.minute[start] >= until) continue;
    const end = nextIndex(series.minute, start, until);
    heights[i] = barHeight(maximumIn(pyramid, start, end), typical);
    start = end;
  }
  return heights;
}

/** Pixels of a stretch of time, at least `narrowest` of them, wherever they stand to the view. */
export function pixelsOf(
  stretch: { readonly start: number; readonly end: number },
  { minutesPerPixel, from }: LaneGrid,
  narrowest: number,
): PixelRange {
  const start = stretch.start / minutesPerPixel;
  const end = stretch.end / minutesPerPixel;
  const thin = end - start < narrowest;
  const left = Math.round(thin ? (start + end - narrowest) / 2 : start) - from;
  return { left, right: thin ? left + narrowest : Math.round(end) - from };
}

function markInsight(
  lane: Lane,
  insight: Insight,
  grid: LaneGrid,
  range: PixelRange,
  narrowest: number,
): void {
  const all = pixelsOf(insight, grid, narrowest);
  const left = Math.max(all.left, range.left) - range.left;
  const right = Math.min(all.right, range.right) - range.left;
  if (left >= right) return;
  const kind = KIND[insightMark(insight).kind];
  lane.kind.fill(kind, left, right);
  if (kind === DROP) return;
  const narrow = all.right - all.left <= narrowest;
  const lowest = Math.round(255 * INSIDE_INSIGHT);
  for (let pixel = left; pixel < right; pixel++) {
    const standing = narrow || lane.height[pixel] > 0;
    lane.height[pixel] = Math.max(lane.height[pixel], standing ? lowest : 255 * LOWEST);
  }
}
