import type { CallSeries } from '../../core/activity/callSeries';
import { indexOfMinute } from '../../core/insights/statistics';
import { maximumIn, type MaxPyramid } from './maxPyramid';
import { lengthOf, type Span } from './span';

/**
 * The series as columns of equal width: one a minute where minutes are wide enough, else one a pixel with the
 * smallest and largest minute it holds, so that a peak of one minute is visible at any zoom.
 */
export interface Columns {
  /** Minutes since the epoch where the first column begins. */
  readonly from: number;
  readonly minutesPerColumn: number;
  readonly minimum: Uint32Array;
  readonly maximum: Uint32Array;
}

/** A span that was panned is longer or shorter by a few last digits, and must not fall into other columns for it. */
const ROUNDING = 1e-6;

/**
 * Minutes per column at this zoom: 1 where a minute has a pixel, else the next step that gives at most one column a pixel.
 * Steps are whole minutes, and columns begin at multiples of them: panning never re-mixes minutes, so nothing flickers.
 */
export const minutesPerColumnAt = (minutesPerPixel: number): number =>
  Math.max(1, Math.ceil(minutesPerPixel - ROUNDING));

export const minutesPerColumnOf = (span: Span, pixels: number): number =>
  minutesPerColumnAt(lengthOf(span) / Math.max(1, pixels));

export function columnsOf(
  series: CallSeries,
  pyramid: MaxPyramid,
  span: Span,
  pixels: number,
): Columns {
  const minutesPerColumn = minutesPerColumnOf(span, pixels);
  const from = Math.floor(span.from / minutesPerColumn) * minutesPerColumn;
  const count = Math.ceil((span.to - from) / minutesPerColumn);
  const minimum = new Uint32Array(count);
  const maximum = new Uint32Array(count);
  let start = indexOfMinute(series.minute, from);
  for (let column = 0; column < count; column++) {
    const end = nextIndex(series.minute, start, from + (column + 1) * minutesPerColumn);
    if (end > start) {
      maximum[column] = maximumIn(pyramid, start, end);
      const everyMinuteActive = end - start === minutesPerColumn;
      if (everyMinuteActive) minimum[column] = minimumIn(series.calls, start, end);
    }
    start = end;
  }
  return { from, minutesPerColumn, minimum, maximum };
}

function minimumIn(calls: Uint32Array, from: number, to: number): number {
  let minimum = calls[from];
  for (let i = from + 1; i < to; i++) if (calls[i] < minimum) minimum = calls[i];
  return minimum;
}

/** Doubling steps from `start`: neighbours are found in a few steps whether a column holds one minute or a day. */
export function nextIndex(minutes: Uint32Array, start: number, minute: number): number {
  let step = 1;
  let low = start;
  while (low + step <= minutes.length && minutes[low + step - 1] < minute) {
    low += step;
    step *= 2;
  }
  let high = Math.min(low + step - 1, minutes.length);
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (minutes[middle] < minute) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The largest calls per minute of all columns. */
export function peakOf(columns: Columns): number {
  let peak = 0;
  for (const maximum of columns.maximum) if (maximum > peak) peak = maximum;
  return peak;
}

/**
 * The columns as one SVG path: with `gap` 0 a skyline, else bars that many pixels apart.
 * `x` places minutes and `y` values, both in pixels.
 */
export function skylinePath(
  columns: Columns,
  values: Uint32Array,
  x: (minute: number) => number,
  y: (value: number) => number,
  gap: number,
): string {
  const floor = round(y(0));
  const edge = (column: number): number => x(columns.from + column * columns.minutesPerColumn);
  let path = '';
  for (let i = 0; i < values.length; i++) {
    if (values[i] === 0) continue;
    const begins = gap > 0 || i === 0 || values[i - 1] === 0;
    const ends = gap > 0 || i + 1 === values.length || values[i + 1] === 0;
    if (begins) path += `M${round(edge(i) + gap / 2)} ${floor}`;
    path += `V${round(y(values[i]))}H${round(edge(i + 1) - gap / 2)}`;
    if (ends) path += `V${floor}Z`;
  }
  return path;
}

const round = (pixels: number): number => Math.round(pixels * 100) / 100;
