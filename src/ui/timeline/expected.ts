import type { Columns } from './columns';
import type { Span } from './span';
import type { ExpectedRange } from '../../worker/client';

/** Level and limit of every minute from `from` on. */
export interface Expected extends ExpectedRange {
  readonly from: number;
}

export const endOf = (expected: Expected): number => expected.from + expected.level.length;

/** What to ask for so that panning by one width finds it there already; null when the logs hold nothing of the span. */
export function askFor(span: Span, logs: Span): Span | null {
  const length = span.to - span.from;
  const from = Math.max(Math.floor(span.from - length), logs.from);
  const to = Math.min(Math.ceil(span.to + length), logs.to);
  return from < to ? { from, to } : null;
}

export const covers = (expected: Expected, span: Span, logs: Span): boolean =>
  expected.from <= Math.max(span.from, logs.from) &&
  endOf(expected) >= Math.min(Math.floor(span.to), logs.to);

/** Where one column begins, and of its minutes the highest limit (only what rises over it was surely unusual) and the mean level. */
export interface ExpectedColumn {
  readonly minute: number;
  readonly level: number;
  readonly upper: number;
}

/** One entry a column, and the last one once more where it ends. */
export function expectedColumnsOf(expected: Expected, columns: Columns): ExpectedColumn[] {
  const found: ExpectedColumn[] = [];
  for (let i = 0; i < columns.maximum.length; i++) {
    const start = columns.from + i * columns.minutesPerColumn;
    const from = Math.max(start - expected.from, 0);
    const to = Math.min(start + columns.minutesPerColumn - expected.from, expected.level.length);
    if (from >= to) continue;
    let upper = 0;
    let sum = 0;
    for (let minute = from; minute < to; minute++) {
      sum += expected.level[minute];
      if (expected.upper[minute] > upper) upper = expected.upper[minute];
    }
    found.push({ minute: start, level: sum / (to - from), upper });
  }
  const last = found.at(-1);
  if (last !== undefined) found.push({ ...last, minute: last.minute + columns.minutesPerColumn });
  return found;
}
