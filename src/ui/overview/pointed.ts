import type { Insight } from '../../core/insights/insight';
import { indexOfMinute } from '../../core/insights/statistics';
import type { LaneMark } from './laneMarks';
import type { OverviewLine } from './lines';
import type { OverviewRow } from './rows';

/** Where the pointer is: over the lanes, or at a minute of the strip above them. */
export type Pointer = { readonly x: number; readonly y: number } | { readonly minute: number };

/** The minute pointed at, and the line under the pointer unless that is over the strip. */
export interface Crosshair {
  readonly minute: number;
  readonly line: OverviewLine | null;
}

/** What stands under the crosshair: the busiest minute of the cell. */
export interface Cell {
  readonly minute: number;
  readonly minutes: number;
  readonly calls: number;
  readonly row: OverviewRow;
}

/** The cell of a row over `pointed`, so many minutes wide as a column. */
export function cellAt(row: OverviewRow, pointed: number, minutes: number): Cell {
  const { series } = row;
  const from = Math.floor(pointed / minutes) * minutes;
  let minute = Math.floor(pointed);
  let calls = 0;
  for (let i = indexOfMinute(series.minute, from); series.minute[i] < from + minutes; i++) {
    if (series.calls[i] > calls) [minute, calls] = [series.minute[i], series.calls[i]];
  }
  return { minute, minutes, calls, row };
}

/** The insight of a row whose mark is within `reach` pixels of `x`, else the one whose band is over the minute. */
export function insightNear(
  { insights }: OverviewRow,
  marks: readonly LaneMark[],
  x: number,
  reach: number,
  minute: number,
): Insight | null {
  const near = marks
    .map((mark) => ({ mark, away: Math.abs(mark.x - x) }))
    .sort((a, b) => a.away - b.away)[0];
  if (near !== undefined && near.away <= reach) return near.mark.insight;
  return insights.find(({ start, end }) => start <= minute && minute < end) ?? null;
}
