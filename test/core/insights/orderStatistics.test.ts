import fc from 'fast-check';
import { expect, it } from 'vitest';
import { selectRank } from '../../../src/core/insights/orderStatistics';

it('the value at a rank is the one that sorting puts there', () => {
  const values = fc.array(fc.oneof(fc.constantFrom(0, 1, 2.3), fc.double({ noNaN: true })), {
    minLength: 1,
  });
  fc.assert(
    fc.property(values, fc.nat(), (numbers, any) => {
      const rank = any % numbers.length;
      expect(
        selectRank(Float64Array.from(numbers), rank) === Float64Array.from(numbers).sort()[rank],
      ).toBe(true);
    }),
  );
});
