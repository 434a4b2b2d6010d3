import { MINUTES_PER_DAY, MINUTES_PER_HOUR } from '../activity/minute';
import type { Finding } from './episode';
import { callsBetween, callsPerDay, type ObservedSeries } from './observedSeries';
import { quantile } from './orderStatistics';
import type { SeriesModel } from './seriesModel';
import type { Span } from './span';

const LEAST_DAYS = 12;
const LEAST_OCCUPANCY = 0.5;
const LEAST_CALLS_PER_DAY = 300;
/** Hours on either side whose medians are compared. */
const SIDE_HOURS = 72;
/** log ratio from which a new level is worth telling. */
export const LEAST_JUMP = Math.log(1.6);
/** Jumps this small happen everywhere; the largest other jump is never taken to be smaller. */
const USUAL_JUMP = Math.log(1.25);
const TAIL_INDEX = 0.2;
/** With a daily rhythm the medians differ most up to so many hours off the change. */
const SEARCHED_HOURS = 42;
const CONTRAST_MINUTES = 3 * MINUTES_PER_HOUR;
const SEARCHED_MINUTES = 2 * MINUTES_PER_HOUR;

/** Levels that changed for good: the median hour of the three days after against the three days before. */
export function findLastingChanges(model: SeriesModel): Finding[] {
  const { series, shape } = model;
  const longEnough = shape.days >= LEAST_DAYS && shape.occupancy >= LEAST_OCCUPANCY;
  if (!longEnough || callsPerDay(series) < LEAST_CALLS_PER_DAY) return [];
  const logs = logLevelsOf(series);
  const jumps = jumpsOf(series, logs);
  const peaks = localPeaks(jumps);
  return peaks
    .filter((hour) => Math.abs(jumps[hour]) >= LEAST_JUMP)
    .map((hour) => toFinding(model, hour, splitHour(series, logs, hour), jumps, peaks));
}

const logLevelsOf = ({ hourCalls, hourCovered }: ObservedSeries): Float64Array =>
  hourCalls.map((calls, h) => Math.log((calls + 0.5) / Math.max(1, hourCovered[h])));

/** log ratio of the level after each hour's start to that before; 0 near the archive's edges. */
function jumpsOf({ hourCovered }: ObservedSeries, logs: Float64Array): Float64Array {
  const medians = runningMedians(
    logs.filter((_, h) => hourCovered[h] > 0),
    SIDE_HOURS,
  );
  const positions = coveredHoursBefore(hourCovered);
  return logs.map((_, h) => {
    const at = positions[h];
    if (at < SIDE_HOURS || at > medians.length - 1) return 0;
    return medians[at] - medians[at - SIDE_HOURS];
  });
}

const coveredHoursBefore = (hourCovered: Uint8Array): Int32Array => {
  let before = 0;
  return Int32Array.from(hourCovered, (covered) => (covered > 0 ? before++ : before));
};

/** Median of values[i … i + width) for every i, by keeping the window sorted. */
function runningMedians(values: Float64Array, width: number): Float64Array {
  if (values.length < width) return new Float64Array(0);
  const sorted = values.slice(0, width).sort();
  const medians = new Float64Array(values.length - width + 1);
  for (let i = 0; ; i++) {
    medians[i] = (sorted[(width - 1) >> 1] + sorted[width >> 1]) / 2;
    if (i + width >= values.length) return medians;
    replaceSorted(sorted, values[i], values[i + width]);
  }
}

function replaceSorted(sorted: Float64Array, leaving: number, entering: number): void {
  let at = sorted.indexOf(leaving);
  for (; at + 1 < sorted.length && sorted[at + 1] < entering; at++) sorted[at] = sorted[at + 1];
  for (; at > 0 && sorted[at - 1] > entering; at--) sorted[at] = sorted[at - 1];
  sorted[at] = entering;
}

/** Hours whose jump is the largest, in either direction, of the three days around it. */
function localPeaks(jumps: Float64Array): number[] {
  const peaks: number[] = [];
  const hours = Array.from(jumps.keys()).sort(
    (a, b) => Math.abs(jumps[b]) - Math.abs(jumps[a]) || a - b,
  );
  for (const hour of hours) {
    if (Math.abs(jumps[hour]) < USUAL_JUMP) break;
    if (peaks.every((peak) => Math.abs(peak - hour) > SIDE_HOURS)) peaks.push(hour);
  }
  return peaks;
}

/** The hour around `near` up to which hours are more like the median hour before it, and from which like that after. */
function splitHour({ hourCovered }: ObservedSeries, logs: Float64Array, near: number): number {
  const [before, after] = [near - SIDE_HOURS, near].map((from) =>
    quantile(
      logs.slice(from, from + SIDE_HOURS).filter((_, i) => hourCovered[from + i] > 0),
      0.5,
    ),
  );
  let likeBefore = 0;
  let most = -Infinity;
  let best = near;
  for (let hour = near - SEARCHED_HOURS; hour <= near + SEARCHED_HOURS; hour++) {
    if (likeBefore > most) {
      most = likeBefore;
      best = hour;
    }
    if (hourCovered[hour] > 0)
      likeBefore += Math.abs(logs[hour] - after) - Math.abs(logs[hour] - before);
  }
  return best;
}

function toFinding(
  model: SeriesModel,
  peak: number,
  hour: number,
  jumps: Float64Array,
  peaks: readonly number[],
): Finding {
  const { series, shape } = model;
  const jump = Math.abs(jumps[peak]);
  const others = peaks.filter((other) => other !== peak).map((other) => Math.abs(jumps[other]));
  const asLarge = others.filter((other) => other >= jump).length;
  const next = Math.max(
    USUAL_JUMP,
    ...others.filter((other) => other < jump),
    asLarge > 0 ? jump : 0,
  );
  const at = splitMinute(series, hour * MINUTES_PER_HOUR);
  const decided = around(series, at, SIDE_HOURS * MINUTES_PER_HOUR);
  const before = around(series, at, -SIDE_HOURS * MINUTES_PER_HOUR);
  const extent = around(series, at, MINUTES_PER_HOUR);
  const rateBefore = callsBetween(series, before.from, before.to) / (before.to - before.from);
  return {
    rule: 'lasting change',
    direction: jumps[peak] > 0 ? 'above' : 'below',
    severity:
      Math.log10(shape.days / (1 + asLarge)) + Math.log(jump / next) / (TAIL_INDEX * Math.LN10),
    extent,
    decided,
    observed: callsBetween(series, decided.from, decided.to),
    expected: rateBefore * (decided.to - decided.from),
    dispersion: 0,
    model,
    reference: null,
    comparedHours: Math.round(shape.days * (MINUTES_PER_DAY / MINUTES_PER_HOUR)),
  };
}

const around = ({ length }: ObservedSeries, at: number, minutes: number): Span => ({
  from: Math.max(0, Math.min(at, at + minutes)),
  to: Math.min(length, Math.max(at, at + minutes)),
});

/** The minute around `near` that best splits the three hours before from the three after. */
function splitMinute(series: ObservedSeries, near: number): number {
  const from = Math.max(CONTRAST_MINUTES, near - SEARCHED_MINUTES);
  const to = Math.min(series.length - CONTRAST_MINUTES, near + SEARCHED_MINUTES);
  let best = near;
  let bestScore = -Infinity;
  for (let at = from; at <= to; at++) {
    const before = callsBetween(series, at - CONTRAST_MINUTES, at);
    const after = callsBetween(series, at, at + CONTRAST_MINUTES);
    const score =
      logLikelihood(before) + logLikelihood(after) - logLikelihood((before + after) / 2) * 2;
    if (score <= bestScore) continue;
    bestScore = score;
    best = at;
  }
  return best;
}

const logLikelihood = (calls: number): number => (calls > 0 ? calls * Math.log(calls) : 0);
