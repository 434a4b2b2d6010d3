import { quantile, selectRank } from './orderStatistics';
import { firstIndexFrom, type ObservedSeries } from './observedSeries';

const LEAST_RUNS = 8;
const LEAST_PERIOD = 4;
/** A job with hardly a minute's pause has no runs to miss. */
const MOST_OCCUPANCY = 0.8;
/** A run may start this share of a period off its time; half an hour at most, or office hours would be a clock. */
const TOLERANCE_SHARE = 0.25;
const LEAST_TOLERANCE = 2;
const MOST_TOLERANCE = 30;
/** Distances that differ by less are those of an exact clock. */
const EXACT_SHARE = 0.15;
/** Share of the distances between runs that must be about one period. */
const REGULAR_SHARE = 0.85;
/** The same before other calls are told from runs; only where the tolerance leaves most of a period out. */
const REGULAR_SHARE_AMONG_OTHERS = 0.6;
const PERIODS_TOLD_BY_CHANCE = 3;
/** After so many runs that did not come while other calls did, the clock is taken to be set anew. */
const LOST_AFTER_RUNS = 3;
/** Share of runs whose length counts as usual. */
const USUAL_SHARE = 0.95;

/** A job that runs by the clock. */
export interface Clock {
  /** The minute of each run nearest to its time: of a run of several minutes not always the first. */
  readonly runs: Int32Array;
  /** Usual minutes between two runs. */
  readonly period: number;
  /** How far from its time a run may start and still be that run. */
  readonly tolerance: number;
}

/** The clock behind a series; null where calls do not come by the clock. */
export function clockOf(series: ObservedSeries, occupancy: number): Clock | null {
  if (occupancy > MOST_OCCUPANCY) return null;
  const starts = startsOf(series.minute);
  if (starts.length < LEAST_RUNS) return null;
  const period = quantile(distancesOf(starts), 0.5);
  if (period < LEAST_PERIOD) return null;
  const tolerance = Math.min(MOST_TOLERANCE, Math.max(LEAST_TOLERANCE, TOLERANCE_SHARE * period));
  const least =
    period < PERIODS_TOLD_BY_CHANCE * tolerance ? REGULAR_SHARE : REGULAR_SHARE_AMONG_OTHERS;
  if (regularShare(starts, period, tolerance) < least) return null;
  const runs = runsByClock(series, starts, period, tolerance);
  const kept = runs.length >= LEAST_RUNS && regularShare(runs, period, tolerance) >= REGULAR_SHARE;
  return kept ? { runs, period, tolerance } : null;
}

/** Minutes with calls after a pause that is long for this series: the starts of its runs, and of other calls. */
function startsOf(minute: Int32Array): Int32Array {
  const shortest = 0.5 * usualPauseOf(minute);
  const starts = new Int32Array(minute.length);
  let count = 0;
  for (let i = 0; i < minute.length; i++)
    if (i === 0 || minute[i] - minute[i - 1] >= shortest) starts[count++] = minute[i];
  return starts.slice(0, count);
}

/** The 90th percentile of the pauses, but never the longest: in short logs that may be of missed runs. */
function usualPauseOf(minute: Int32Array): number {
  const pauses = new Float64Array(minute.length);
  let count = 0;
  for (let i = 1; i < minute.length; i++)
    if (minute[i] - minute[i - 1] > 1) pauses[count++] = minute[i] - minute[i - 1];
  const rank = Math.min(count - 2, Math.floor(0.9 * count));
  return selectRank(pauses.subarray(0, count), Math.max(0, rank));
}

function distancesOf(minutes: Int32Array): Float64Array {
  const distances = new Float64Array(Math.max(0, minutes.length - 1));
  for (let i = 0; i < distances.length; i++) distances[i] = minutes[i + 1] - minutes[i];
  return distances;
}

/** Of short logs the longest distance may be of missed runs: where all others are about exact it is left out. */
function regularShare(starts: Int32Array, period: number, tolerance: number): number {
  const exactly = Math.min(LEAST_TOLERANCE, EXACT_SHARE * period);
  let regular = 0;
  let exact = 0;
  for (let i = 1; i < starts.length; i++) {
    const off = Math.abs(starts[i] - starts[i - 1] - period);
    if (off <= tolerance) regular++;
    if (off <= exactly) exact++;
  }
  return Math.max(regular / (starts.length - 1), exact / (starts.length - 2));
}

/** The starts that the clock tells, each from the run before it: slow drifts and clock changes need no calendar. */
function runsByClock(
  series: ObservedSeries,
  starts: Int32Array,
  period: number,
  tolerance: number,
): Int32Array {
  const exact = meanRegularDistance(starts, period, tolerance);
  const runs: number[] = [];
  let from = 0;
  for (;;) {
    from = nextSteady(starts, from, period, tolerance);
    if (from < 0) return Int32Array.from(runs);
    follow(series, starts[from], exact, tolerance, runs);
    const last = runs[runs.length - 1];
    while (from < starts.length && starts[from] <= last) from++;
  }
}

/** The median is a whole minute, a drifting clock's period is not. */
function meanRegularDistance(starts: Int32Array, period: number, tolerance: number): number {
  let sum = 0;
  let count = 0;
  for (let i = 1; i < starts.length; i++) {
    const distance = starts[i] - starts[i - 1];
    if (Math.abs(distance - period) > tolerance) continue;
    sum += distance;
    count++;
  }
  return count > 0 ? sum / count : period;
}

/** Index of the first start from `from` on that is followed by two more in time; −1 if none is. */
function nextSteady(starts: Int32Array, from: number, period: number, tolerance: number): number {
  const inTime = (i: number): boolean => Math.abs(starts[i + 1] - starts[i] - period) <= tolerance;
  for (let i = from; i + 2 < starts.length; i++) if (inTime(i) && inTime(i + 1)) return i;
  return -1;
}

/** Adds `start` and the runs after it to `runs`, until the clock is lost. */
function follow(
  series: ObservedSeries,
  start: number,
  period: number,
  tolerance: number,
  runs: number[],
): void {
  const { minute } = series;
  let run = start;
  let missed = 0;
  runs.push(run);
  for (let periods = 1; ;) {
    const due = run + periods * period;
    const nearest = nearestTo(minute, firstIndexFrom(series, due - tolerance), due);
    if (nearest >= minute.length) return;
    const at = minute[nearest];
    if (at <= due + tolerance) {
      run = at;
      runs.push(run);
      periods = 1;
      missed = 0;
      continue;
    }
    const othersCame = minute[firstIndexFrom(series, run + period - tolerance)] < due - tolerance;
    if (othersCame && ++missed >= LOST_AFTER_RUNS) return;
    periods = Math.max(periods + 1, Math.ceil((at - tolerance - run) / period));
  }
}

/** Index of the minute nearest to `due` from `first` on. */
function nearestTo(minute: Int32Array, first: number, due: number): number {
  let nearest = first;
  while (
    nearest + 1 < minute.length &&
    Math.abs(minute[nearest + 1] - due) < Math.abs(minute[nearest] - due)
  )
    nearest++;
  return nearest;
}

/** Indexes of the minutes with calls that belong to no run; empty where runs leave no room between them. */
export function betweenRuns({ minute }: ObservedSeries, { runs, period }: Clock): Int32Array {
  const { lead, lag } = usualLength(minute, runs, period);
  if (lead + lag + 3 > period) return new Int32Array(0);
  const between: number[] = [];
  let next = 0;
  for (let i = 0; i < minute.length; i++) {
    while (next < runs.length && runs[next] + lag < minute[i]) next++;
    const isOfNext = next < runs.length && minute[i] >= runs[next] - lead;
    if (next > 0 && !isOfNext) between.push(i);
  }
  return Int32Array.from(between);
}

/** How many minutes before and after its start a run usually has calls. */
function usualLength(
  minute: Int32Array,
  runs: Int32Array,
  period: number,
): { lead: number; lag: number } {
  const leads = new Float64Array(runs.length);
  const lags = new Float64Array(runs.length);
  for (let i = 0, run = 0; i < minute.length && run < runs.length; i++) {
    while (run < runs.length && minute[i] - runs[run] >= period / 2) run++;
    const offset = minute[i] - runs[run];
    if (offset >= 0) lags[run] = offset;
    else if (-offset < period / 2) leads[run] = Math.max(leads[run], -offset);
  }
  return { lead: quantile(leads, USUAL_SHARE), lag: quantile(lags, USUAL_SHARE) };
}
