import {
  MINUTES_PER_DAY,
  MINUTES_PER_HOUR,
  toMinute,
  type Minute,
} from '../../core/activity/minute';

/** A stretch of time in view: half-open, minutes since the epoch; fractions while a hand is panning. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Half-open, minutes since the epoch. */
export interface WholeMinutes extends Span {
  readonly from: Minute;
  readonly to: Minute;
}

/** The span that the overview is zoomed to, which a graph may show as well. */
export interface OverviewSpan {
  readonly span: WholeMinutes;
  readonly isShown: boolean;
  readonly show: (isShown: boolean) => void;
}

export interface SpanPreset {
  readonly label: string;
  readonly minutes: number;
}

export const SPAN_PRESETS: readonly SpanPreset[] = [
  { label: '1h', minutes: MINUTES_PER_HOUR },
  { label: '3h', minutes: 3 * MINUTES_PER_HOUR },
  { label: '12h', minutes: 12 * MINUTES_PER_HOUR },
  { label: '1d', minutes: MINUTES_PER_DAY },
  { label: '1w', minutes: 7 * MINUTES_PER_DAY },
];

/** Closer than this a minute is wider than a finger and nothing more is to be seen. */
export const SHORTEST_SPAN = 10;

export const lengthOf = (span: Span): number => span.to - span.from;

/**
 * Minutes the graph shows at first, by the duration of the insight in minutes.
 * Source: CloudTrail user guide 2023, "Viewing Insights events": < 4 h → 3 h, 4–12 → 12 h, 12–24 → 1 d, 24–72 → 3 d, else 1 w.
 */
export function defaultSpanLength(duration: number): number {
  const hours = duration / MINUTES_PER_HOUR;
  if (hours < 4) return 3 * MINUTES_PER_HOUR;
  if (hours < 12) return 12 * MINUTES_PER_HOUR;
  if (hours < 24) return MINUTES_PER_DAY;
  if (hours < 72) return 3 * MINUTES_PER_DAY;
  return 7 * MINUTES_PER_DAY;
}

/** A span of `length` minutes around the middle of [start, end); never so short that the window does not fit in. */
export function spanAround(start: number, end: number, length: number): Span {
  const fitting = Math.max(length, (end - start) * 1.1);
  const middle = (start + end) / 2;
  return { from: middle - fitting / 2, to: middle + fitting / 2 };
}

/**
 * Zooms by `factor` (2 = twice as much time) so that the minute `fixed` stays where it is; by less where the span would
 * be shorter than SHORTEST_SPAN or longer than `longest`.
 */
export function zoomSpan(span: Span, factor: number, fixed: number, longest = Infinity): Span {
  const least = Math.min(1, SHORTEST_SPAN / lengthOf(span));
  const most = Math.max(1, longest / lengthOf(span));
  const by = Math.min(Math.max(factor, least), most);
  return { from: fixed - (fixed - span.from) * by, to: fixed + (span.to - fixed) * by };
}

export const panSpan = (span: Span, minutes: number): Span => ({
  from: span.from + minutes,
  to: span.to + minutes,
});

/** Never shorter than SHORTEST_SPAN nor longer than `longest`, and its middle never outside the logs. */
export function clampSpan(span: Span, logs: Span, longest: number): Span {
  const length = Math.min(
    Math.max(lengthOf(span), SHORTEST_SPAN),
    Math.max(longest, SHORTEST_SPAN),
  );
  const middle = Math.min(Math.max((span.from + span.to) / 2, logs.from), logs.to);
  return { from: middle - length / 2, to: middle + length / 2 };
}

/** Moved, and shortened where it must be, to lie within `bounds`; what is shorter than SHORTEST_SPAN in the middle. */
export function keepWithin(span: Span, bounds: Span): Span {
  const length = Math.min(Math.max(lengthOf(span), SHORTEST_SPAN), lengthOf(bounds));
  const wanted = span.from - Math.max(0, length - lengthOf(span)) / 2;
  const from = Math.min(Math.max(wanted, bounds.from), bounds.to - length);
  return { from, to: from + length };
}

/** The whole minutes a span touches. */
export const wholeMinutes = (span: Span): WholeMinutes => ({
  from: toMinute(span.from),
  to: toMinute(Math.ceil(span.to)),
});
