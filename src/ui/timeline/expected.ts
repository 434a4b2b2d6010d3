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

/** The same with the limits of `exact`, which begins at the minute `from`. */
export function withExact(expected: Expected, from: number, exact: ExpectedRange): Expected {
  const upper = expected.upper.slice();
  upper.set(exact.upper, from - expected.from);
  return { ...expected, upper };
}

/** What was normal in one minute; null where nothing can be told: missing logs, too short a history. */
export interface ExpectedMinute {
  readonly level: number;
  readonly upper: number;
}

export function expectedAt(expected: Expected | null, minute: number): ExpectedMinute | null {
  const at = expected === null ? -1 : minute - expected.from;
  const upper = expected?.upper[at];
  if (expected === null || upper === undefined || !Number.isFinite(upper)) return null;
  return { level: expected.level[at], upper };
}

/** Where one column begins, and what was normal in it. */
export interface ExpectedColumn {
  readonly minute: number;
  readonly normal: ExpectedMinute | null;
}

/** One entry a column; what is known goes on to where it ends, so that a line of steps is drawn to its end. */
export function expectedColumnsOf(expected: Expected, columns: Columns): ExpectedColumn[] {
  const { from, minutesPerColumn, maximum } = columns;
  const found: ExpectedColumn[] = [];
  let last: ExpectedMinute | null = null;
  for (let i = 0; i <= maximum.length; i++) {
    const minute = from + i * minutesPerColumn;
    const inView = i < maximum.length;
    const normal = inView ? normalOver(expected, minute, minute + minutesPerColumn) : null;
    if (normal === null && last !== null) found.push({ minute, normal: last });
    found.push({ minute, normal });
    last = normal;
  }
  return found;
}

/** Of the minutes [start, end): the highest limit, for only what rises over it was surely unusual, and the mean level. */
function normalOver(expected: Expected, start: number, end: number): ExpectedMinute | null {
  let upper = 0;
  let sum = 0;
  let minutes = 0;
  for (let minute = start; minute < end; minute++) {
    const normal = expectedAt(expected, minute);
    if (normal === null) continue;
    sum += normal.level;
    minutes++;
    if (normal.upper > upper) upper = normal.upper;
  }
  return minutes === 0 ? null : { level: sum / minutes, upper };
}
