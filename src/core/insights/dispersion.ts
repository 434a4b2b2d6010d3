import type { LocalLevel } from './localLevel';
import { callsBetween, type ObservedSeries } from './observedSeries';

const MOST_WINDOWS = 500;
const FEWEST_WINDOWS = 12;
/** Windows that expect fewer calls are Poisson within what can be measured. */
const LEAST_EXPECTED = 2;
/** Median of the chi-squared distribution with one degree of freedom. */
const MEDIAN_SQUARE = 0.455;
const LARGEST_DISPERSION = 4;

/**
 * How much more the counts of `minutes`-long windows scatter than Poisson counts: variance = m + dispersion · m².
 * From the median squared deviation, so that the anomalies being looked for do not hide themselves.
 */
export function dispersionOf(series: ObservedSeries, level: LocalLevel, minutes: number): number {
  const { observed, expected, count } = sampleWindows(series, level, minutes);
  if (count < FEWEST_WINDOWS || series.minute.length < FEWEST_WINDOWS) return 0;
  const scattersMore = (dispersion: number): boolean => {
    let within = 0;
    for (let i = 0; i < count; i++) {
      const excess = observed[i] - expected[i];
      const variance = expected[i] + dispersion * expected[i] * expected[i];
      if (excess * excess <= MEDIAN_SQUARE * variance) within++;
    }
    return within <= count >> 1;
  };
  if (!scattersMore(0) || mostAreEmpty(observed, count)) return 0;
  let low = 0;
  let high = LARGEST_DISPERSION;
  for (let step = 0; step < 16; step++) {
    const middle = (low + high) / 2;
    if (scattersMore(middle)) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Where most windows hold no call the median tells how often calls come, not how much their number scatters. */
function mostAreEmpty(observed: Float64Array, count: number): boolean {
  let empty = 0;
  for (let i = 0; i < count; i++) if (observed[i] === 0) empty++;
  return 2 * empty > count;
}

interface WindowSample {
  readonly observed: Float64Array;
  readonly expected: Float64Array;
  readonly count: number;
}

/** Disjoint windows spread evenly over the archive. */
function sampleWindows(series: ObservedSeries, level: LocalLevel, minutes: number): WindowSample {
  const observed = new Float64Array(MOST_WINDOWS);
  const expected = new Float64Array(MOST_WINDOWS);
  let count = 0;
  if (level.highest * minutes < LEAST_EXPECTED) return { observed, expected, count };
  const windows = Math.floor(series.length / minutes);
  const step = Math.max(1, windows / MOST_WINDOWS);
  for (let i = 0; i < windows && count < MOST_WINDOWS; i += step) {
    const from = Math.floor(i) * minutes;
    if (level.highestIn(from, from + minutes) * minutes < LEAST_EXPECTED) continue;
    const due = level.between(from, from + minutes);
    if (due < LEAST_EXPECTED) continue;
    expected[count] = due;
    observed[count++] = callsBetween(series, from, from + minutes);
  }
  return { observed, expected, count };
}
