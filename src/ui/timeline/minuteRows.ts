import type { CallSeries } from '../../core/activity/callSeries';
import { expectedAt, type Expected } from './expected';
import { indexAtOrAfter } from './maxPyramid';
import type { Span } from './span';

/** More rows help nobody and slow the page down. */
export const LONGEST_TABLE = 500;

export interface MinuteRow {
  readonly minute: number;
  readonly calls: number;
  /** Null where not known. */
  readonly expected: number | null;
  readonly limit: number | null;
}

/** The minutes of the span that hold calls, in order, at most LONGEST_TABLE of them; `minutes` counts them all. */
export function minuteRowsOf(
  series: CallSeries,
  span: Span,
  expected: Expected | null,
): { minutes: number; rows: MinuteRow[] } {
  const from = indexAtOrAfter(series.minute, span.from);
  const to = indexAtOrAfter(series.minute, span.to);
  const rows: MinuteRow[] = [];
  for (let i = from; i < Math.min(to, from + LONGEST_TABLE); i++) {
    const normal = expectedAt(expected, series.minute[i]);
    rows.push({
      minute: series.minute[i],
      calls: series.calls[i],
      expected: normal?.level ?? null,
      limit: normal?.upper ?? null,
    });
  }
  return { minutes: to - from, rows };
}
