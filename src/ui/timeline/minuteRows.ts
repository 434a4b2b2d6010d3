import type { CallSeries } from '../../core/activity/callSeries';
import { expectedAt, type Expected } from './expected';
import { indexOfMinute } from '../../core/insights/statistics';
import { callsAt } from './maxPyramid';
import type { Span } from './span';

/** More rows help nobody and slow the page down. */
export const LONGEST_TABLE = 500;

export interface MinuteRow {
  readonly minute: number;
  readonly calls: number;
  /** Calls of the series beside it, in their order. */
  readonly beside: readonly number[];
  /** Null where not known. */
  readonly expected: number | null;
  readonly limit: number | null;
}

/**
 * The minutes of the span in which this series or one beside it holds calls, in order, at most LONGEST_TABLE of them;
 * `minutes` counts them all.
 */
export function minuteRowsOf(
  series: CallSeries,
  span: Span,
  expected: Expected | null,
  beside: readonly CallSeries[] = [],
): { minutes: number; rows: MinuteRow[] } {
  const minutes = minutesOf([series, ...beside], span);
  const rows = Array.from(minutes.subarray(0, LONGEST_TABLE), (minute): MinuteRow => {
    const normal = expectedAt(expected, minute);
    return {
      minute,
      calls: callsAt(series, minute),
      beside: beside.map((other) => callsAt(other, minute)),
      expected: normal?.level ?? null,
      limit: normal?.upper ?? null,
    };
  });
  return { minutes: minutes.length, rows };
}

function minutesOf(all: readonly CallSeries[], { from, to }: Span): Uint32Array {
  const parts = all.map(({ minute }) =>
    minute.subarray(indexOfMinute(minute, from), indexOfMinute(minute, to)),
  );
  if (parts.length === 1) return parts[0];
  return Uint32Array.from(new Set(parts.flatMap((part) => [...part]))).sort();
}
