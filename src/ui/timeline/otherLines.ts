import type { CallSeries } from '../../core/activity/callSeries';
import { columnsOf, peakOf, skylinePath, type Columns } from './columns';
import { maxPyramidOf } from './maxPyramid';
import type { Span } from './span';

/** Other APIs beside the graph's own: more than five lines nobody tells apart. */
export const MOST_OTHERS = 5;

/** A further series over the same minutes, drawn as a thin line with a number of its own. */
export interface OtherLine {
  readonly series: CallSeries;
  readonly number: number;
  readonly path: string;
  /** Where its number stands: over its peak in view; null when it has no calls there. */
  readonly peak: { readonly x: number; readonly y: number } | null;
}

export const otherColumnsOf = (
  others: readonly CallSeries[],
  span: Span,
  pixels: number,
): Columns[] => others.map((series) => columnsOf(series, maxPyramidOf(series.calls), span, pixels));

/** `x` places minutes, `y` values; both in pixels. */
export function otherLinesOf(
  others: readonly CallSeries[],
  columns: readonly Columns[],
  x: (minute: number) => number,
  y: (value: number) => number,
): OtherLine[] {
  return others.map((series, i) => ({
    series,
    number: i + 1,
    path: skylinePath(columns[i], columns[i].maximum, x, y, 0),
    peak: peakPlace(columns[i], x, y),
  }));
}

function peakPlace(
  columns: Columns,
  x: (minute: number) => number,
  y: (value: number) => number,
): OtherLine['peak'] {
  const peak = peakOf(columns);
  if (peak === 0) return null;
  const middle = columns.maximum.indexOf(peak) + 0.5;
  return { x: x(columns.from + middle * columns.minutesPerColumn), y: y(peak) };
}
