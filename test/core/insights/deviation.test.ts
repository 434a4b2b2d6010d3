import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countAtDeviation, deviationOf } from '../../../src/core/insights/deviation';

describe('the count from which a window deviates so far', () => {
  it('deviates so far, and one less does not', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.1, max: 1e4, noNaN: true }),
        fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (deviation, expected, dispersion) => {
          const count = countAtDeviation(deviation, expected, dispersion);
          fc.pre(Number.isFinite(count));
          expect(deviationOf(count, expected, dispersion)).toBeGreaterThanOrEqual(deviation);
          if (count - 1 > expected)
            expect(deviationOf(count - 1, expected, dispersion)).toBeLessThan(deviation);
        },
      ),
    );
  });

  it('is infinite where no number deviates so far', () => {
    expect(countAtDeviation(1e12, 0.01, 0)).toBe(Infinity);
    expect(countAtDeviation(1e12, 5, 4)).toBe(Infinity);
    expect(countAtDeviation(Infinity, 5, 0)).toBe(Infinity);
  });
});
