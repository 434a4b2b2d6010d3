/** Below this share of overdispersion the negative binomial is a Poisson distribution to double precision. */
const POISSON_BELOW = 1e-6;

/**
 * How far `observed` calls lie from `expected`: the signed root of the deviance of a count with variance
 * expected + dispersion · expected² (negative binomial; Poisson for dispersion 0). Standardises rare and busy
 * series alike: about normal where the counts follow the model. 0 when nothing was expected.
 */
export function deviationOf(observed: number, expected: number, dispersion: number): number {
  if (!(expected > 0)) return 0;
  const halved =
    dispersion * expected < POISSON_BELOW
      ? poissonDeviance(observed, expected)
      : negativeBinomialDeviance(observed, expected, 1 / dispersion);
  return Math.sign(observed - expected) * Math.sqrt(2 * Math.max(0, halved));
}

const poissonDeviance = (observed: number, expected: number): number =>
  (observed > 0 ? observed * Math.log(observed / expected) : 0) - observed + expected;

const negativeBinomialDeviance = (observed: number, expected: number, shape: number): number =>
  (observed > 0 ? observed * Math.log(observed / expected) : 0) -
  (observed + shape) * Math.log((observed + shape) / (expected + shape));

/**
 * Up to so many calls surely deviate by no more than `deviation`: Pearson's deviation of a count above its expectation is
 * never below the deviance's, falls as more is expected, and needs no logarithm.
 */
export const mostCallsWithin = (deviation: number, expected: number, dispersion: number): number =>
  expected + deviation * Math.sqrt(expected + dispersion * expected * expected);

/** The smallest whole count whose deviation is at least `deviation` (≥ 0); Infinity where none that a number can tell is. */
export function countAtDeviation(deviation: number, expected: number, dispersion: number): number {
  const deviates = (count: number): boolean =>
    deviationOf(count, expected, dispersion) >= deviation;
  let low = Math.floor(expected);
  let high = Math.max(1, 2 * low);
  while (!deviates(high)) {
    low = high;
    high *= 2;
    if (high > Number.MAX_SAFE_INTEGER) return Infinity;
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (deviates(middle)) high = middle;
    else low = middle;
  }
  return high;
}
