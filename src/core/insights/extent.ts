import type { LocalLevel } from './localLevel';
import { callsBetween, firstIndexFrom, type ObservedSeries } from './observedSeries';
import type { Span } from './span';

const MOST_WIDENINGS = 6;
const CORE_SHARE_OF_EXCESS = 0.75;
const CORE_SHARE_OF_LENGTH = 0.4;

/**
 * From the window that was unusual to the minutes that were: the interval that best fits "calls arrive at a raised
 * rate here, at the level elsewhere" (maximum-scoring interval). When most of the excess sits in a much shorter core,
 * the core is the event and the rest its surroundings.
 */
export function extentAbove(series: ObservedSeries, level: LocalLevel, window: Span): Span {
  const observed = callsBetween(series, window.from, window.to);
  const ratio = 1 + (observed / level.between(window.from, window.to) - 1) / 2;
  return coreOf(series, level, bestFitting(series, level, window, ratio));
}

/**
 * A span without the groups of minutes at its edges that `isUsual` says hold nothing special and that a minute without
 * calls parts from the rest: a run of a job just before or after a burst is none of it.
 */
export function withoutUsualEdges(
  series: ObservedSeries,
  span: Span,
  isUsual: (index: number) => boolean,
): Span {
  const { minute } = series;
  let from = firstIndexFrom(series, span.from);
  let to = firstIndexFrom(series, span.to) - 1;
  for (let next = from; next < to && isUsual(next); next++)
    if (minute[next + 1] > minute[next] + 1) from = next + 1;
  for (let next = to; next > from && isUsual(next); next--)
    if (minute[next - 1] < minute[next] - 1) to = next - 1;
  return { from: minute[from], to: minute[to] + 1 };
}

/** The same for a rate that fell: the interval that best fits the lowered rate. */
export function extentBelow(series: ObservedSeries, level: LocalLevel, window: Span): Span {
  const observed = callsBetween(series, window.from, window.to);
  const ratio = (observed + 0.5) / (level.between(window.from, window.to) + 0.5);
  return bestFitting(series, level, window, (1 + ratio) / 2);
}

function bestFitting(
  series: ObservedSeries,
  level: LocalLevel,
  { from, to }: Span,
  ratio: number,
): Span {
  const minutes = to - from;
  let searched = within(series, from - minutes - 2, from + 2 * minutes + 2);
  let best = { from, to };
  for (let widening = 0; widening <= MOST_WIDENINGS; widening++) {
    best =
      ratio > 1
        ? mostRaised(series, level, searched, ratio)
        : mostLowered(series, level, searched, ratio);
    const wider = widen(series, searched, best, minutes);
    if (wider.from === searched.from && wider.to === searched.to) break;
    searched = wider;
  }
  return best;
}

const within = ({ length }: ObservedSeries, from: number, to: number): Span => ({
  from: Math.max(0, from),
  to: Math.min(length, to),
});

function widen(series: ObservedSeries, searched: Span, best: Span, minutes: number): Span {
  const further = 2 * minutes + 10;
  return within(
    series,
    best.from <= searched.from + 1 ? searched.from - further : searched.from,
    best.to >= searched.to - 1 ? searched.to + further : searched.to,
  );
}

/**
 * Kadane's scan of x · ln r − (r − 1) · level, the log likelihood ratio of a rate raised r-fold. Minutes without calls
 * only lower it, so the best interval starts and ends with calls.
 */
function mostRaised(
  series: ObservedSeries,
  level: LocalLevel,
  { from, to }: Span,
  ratio: number,
): Span {
  const perCall = Math.log(ratio);
  const { minute, calls } = series;
  let score = 0;
  let start = from;
  let before = 0;
  let best = { score: -Infinity, from, to: from + 1 };
  for (let i = firstIndexFrom(series, from); i < minute.length && minute[i] < to; i++) {
    const at = minute[i];
    if (score > 0) score -= (ratio - 1) * (level.before(at) - before);
    if (score <= 0) {
      score = 0;
      start = at;
    }
    before = level.before(at + 1);
    score += calls[i] * perCall - (ratio - 1) * (before - level.before(at));
    if (score > best.score) best = { score, from: start, to: at + 1 };
  }
  return { from: best.from, to: best.to };
}

/** The same for a lowered rate, which minutes without calls raise. */
function mostLowered(
  series: ObservedSeries,
  level: LocalLevel,
  { from, to }: Span,
  ratio: number,
): Span {
  const perCall = Math.log(ratio);
  const { minute, calls } = series;
  let next = firstIndexFrom(series, from);
  let before = level.before(from);
  let score = 0;
  let start = from;
  let best = { score: -Infinity, from, to: from + 1 };
  for (let at = from; at < to; at++) {
    const here = next < minute.length && minute[next] === at ? calls[next++] : 0;
    const after = level.before(at + 1);
    if (score <= 0) {
      score = 0;
      start = at;
    }
    score += here * perCall - (ratio - 1) * (after - before);
    before = after;
    if (score > best.score) best = { score, from: start, to: at + 1 };
  }
  return { from: best.from, to: best.to };
}

/** The shortest sub-interval with three quarters of the excess, if it is much shorter; else the whole. */
function coreOf(series: ObservedSeries, level: LocalLevel, whole: Span): Span {
  const length = whole.to - whole.from;
  const excessBefore = excessAlong(series, level, whole);
  const enough = CORE_SHARE_OF_EXCESS * excessBefore[length];
  const core = shortestWithSum(excessBefore, enough);
  if (core.to - core.from > CORE_SHARE_OF_LENGTH * length) return whole;
  return { from: whole.from + core.from, to: whole.from + core.to };
}

/** Running sum of calls minus level over the minutes of `span`. */
function excessAlong(series: ObservedSeries, level: LocalLevel, span: Span): Float64Array {
  const sums = new Float64Array(span.to - span.from + 1);
  const { minute, callsBefore } = series;
  const first = firstIndexFrom(series, span.from);
  const expectedBefore = level.before(span.from);
  for (let at = span.from, i = first; at < span.to; at++) {
    while (i < minute.length && minute[i] <= at) i++;
    const expected = level.before(at + 1) - expectedBefore;
    sums[at + 1 - span.from] = callsBefore[i] - callsBefore[first] - expected;
  }
  return sums;
}

/** Shortest [from, to) with sums[to] − sums[from] ≥ enough: monotone queue of possible starts. */
function shortestWithSum(sums: Float64Array, enough: number): Span {
  const starts: number[] = [];
  let head = 0;
  let best = { from: 0, to: sums.length - 1 };
  for (let to = 0; to < sums.length; to++) {
    while (head < starts.length && sums[to] - sums[starts[head]] >= enough) {
      const from = starts[head++];
      if (to - from < best.to - best.from) best = { from, to };
    }
    while (starts.length > head && sums[starts[starts.length - 1]] >= sums[to]) starts.pop();
    starts.push(to);
  }
  return best;
}
