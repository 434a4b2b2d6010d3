import { LEAST_RECORD } from './hourRecords';

/** Where a series has no other active hour, or one: the least a record may be compared with. */
const LEAST_THRESHOLD = 2.6;
const FEWEST_EXCEEDANCES = 3;
/** Of the records of the other hours the highest so many at most make the tail. */
const MOST_EXCEEDANCES = 60;
const TAIL_SHARE = 0.06;
/** What one exceedance of an ordinary exponential tail is worth, and how many of these the tail starts from. */
const PRIOR_MEAN = 0.5;
const PRIOR_COUNT = 4;
/** A tail of so many exceedances is long enough to look at its upper half by itself. */
const LEAST_TO_HALVE = 30;
/** From this many other hours on, the highest tenth of the tail is trusted no more than the next lower record. */
const WINSORISE_FROM = 30;
/** Tail index of the "first seen" rule: 3 calls ≈ 2.3, 6 ≈ 3.0, 100 ≈ 6.4 in a week. */
const FIRST_SEEN_INDEX = 0.2;
/** Never seen in a week counts as that; in shorter logs it says less, in longer ones more. */
const FIRST_SEEN_DAYS = 7;
const FIRST_SEEN_WORTH_OF_DAYS = 0.6;

/** By how much such tails overstate: measured on clean traffic, a month and longer. */
const OPTIMISM = 0.1;

/** How heavy the tail of records is. */
export interface TailWeight {
  /** 0: all power law; 1: all exponential. */
  readonly exponential: number;
  /** Tail index the power law starts from. */
  readonly index: number;
  readonly days: number;
}

/** What lies above a threshold, and how often and how far. */
interface Tail {
  readonly threshold: number;
  readonly exceedances: number;
  readonly index: number;
  readonly mean: number;
}

/** The tail of a series' other hours, fitted once per hour that is judged. Deviations up to `threshold` are what it does anyway. */
export interface Reference extends Tail {
  /** Other active hours. */
  readonly hours: number;
  readonly days: number;
  /** How many observations the tail's shape rests on, what it was shrunk towards included. */
  readonly count: number;
  readonly exponential: number;
  /** The upper half of the tail; null where it is too short to be told from the rest. */
  readonly upper: Tail | null;
}

/** How many of the records of `hours` other hours make the tail. */
export const exceedancesOf = (hours: number): number =>
  Math.max(
    1,
    Math.min(
      hours - 1,
      MOST_EXCEEDANCES,
      Math.max(FEWEST_EXCEEDANCES, Math.round(TAIL_SHARE * hours)),
    ),
  );

/**
 * Tail above the (k+1)-th largest of `values` (descending), shrunk towards what such series usually show. Records at
 * the floor tell nothing of the tail's shape: they count for how often the threshold is passed, not for how far.
 */
export function fitTail(
  values: number[],
  hours: number,
  most: number,
  weight: TailWeight,
): Reference {
  const threshold = hours <= 1 ? Math.max(LEAST_THRESHOLD, values[0] ?? 0) : values[most];
  const tail = hours <= 1 ? [] : values.slice(0, most).filter((value) => value > LEAST_RECORD);
  /** Calm hours of a busy series tell by themselves how far it goes. */
  const trusted = weight.exponential === 1 ? 0 : 1;
  const distrusted =
    hours >= WINSORISE_FROM
      ? Math.min(tail.length - trusted, Math.max(1, Math.round(0.1 * most)))
      : 0;
  const told = hours <= 1 ? 1 : tail.length;
  const half = Math.round(told / 2);
  return {
    hours,
    days: weight.days,
    exponential: weight.exponential,
    count: PRIOR_COUNT + told,
    ...shapeOf(tail, threshold, told, distrusted, weight.index),
    exceedances: Math.min(most, Math.max(FEWEST_EXCEEDANCES, told)),
    upper:
      told < LEAST_TO_HALVE
        ? null
        : shapeOf(tail.slice(0, half), tail[half], half, distrusted, weight.index),
  };
}

/** The highest `distrusted` of `tail` count as the next lower value, or as none, and the others for them. */
function shapeOf(
  tail: readonly number[],
  threshold: number,
  exceedances: number,
  distrusted: number,
  index: number,
): Tail {
  const weight = distrusted < tail.length ? 1 / (1 - distrusted / tail.length) : 1;
  let logs = 0;
  let excess = 0;
  for (let i = 0; i < tail.length; i++) {
    const value = tail[Math.max(i, distrusted)] ?? threshold;
    logs += Math.log(value / threshold);
    excess += value - threshold;
  }
  const count = PRIOR_COUNT + exceedances;
  return {
    threshold,
    exceedances,
    index: (PRIOR_COUNT * index + weight * logs) / count,
    mean: (PRIOR_COUNT * PRIOR_MEAN + weight * excess) / count,
  };
}

/**
 * log10 of the days between two such deviations in this series; 0 for what it does anyway. The tail is predictive:
 * few exceedances make far deviations less certain, never more. Where its upper half reaches further than the whole lets
 * expect, as of harmless bursts that come every other day, that half decides.
 */
export function severityOf(reference: Reference, deviation: number): number {
  const { hours, days, threshold, upper } = reference;
  if (!(deviation > threshold)) return 0;
  if (hours === 0) return firstSeenSeverity(deviation, days);
  const severity = severityIn(reference, reference, deviation);
  if (upper === null) return Math.max(0, severity);
  const inUpper = severityIn(reference, upper, Math.max(deviation, upper.threshold));
  return Math.max(0, Math.min(severity, inUpper));
}

function severityIn(
  { days, count, exponential }: Reference,
  { threshold, exceedances, mean, index }: Tail,
  deviation: number,
): number {
  const asExponential = Math.log10(1 + (deviation - threshold) / (count * mean));
  const asPower = Math.log10(1 + Math.log(deviation / threshold) / (count * index));
  return (
    Math.log10(days / exceedances) -
    OPTIMISM +
    count * (exponential * asExponential + (1 - exponential) * asPower)
  );
}

function firstSeenSeverity(deviation: number, days: number): number {
  const size = Math.log(deviation / LEAST_THRESHOLD) / (FIRST_SEEN_INDEX * Math.LN10);
  return Math.max(0, size + FIRST_SEEN_WORTH_OF_DAYS * Math.log10(days / FIRST_SEEN_DAYS));
}

/** The smallest deviation of at least this severity. */
export function deviationAtSeverity(reference: Reference, severity: number): number {
  let low = reference.threshold;
  let high = 2 * low;
  while (severityOf(reference, high) < severity && high < Number.MAX_SAFE_INTEGER) high *= 2;
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (severityOf(reference, middle) < severity) low = middle;
    else high = middle;
  }
  return high;
}
