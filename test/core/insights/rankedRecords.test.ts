import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ComparedHours } from '../../../src/core/insights/comparedHours';
import { inRank, keepHours, rank } from '../../../src/core/insights/rankedRecords';

const deviations = fc.array(
  fc.oneof(fc.constantFrom(0, 2.5, 3), fc.double({ noNaN: true, min: -5, max: 50 })),
);

describe('records by rank', () => {
  it('are what sorting puts first, without those that do not deviate, of equal ones the earlier first', () => {
    fc.assert(
      fc.property(deviations, (values) => {
        const sorted = values
          .map((value, index) => ({ value, index }))
          .filter(({ value }) => value > 0)
          .sort((a, b) => b.value - a.value || a.index - b.index);
        const ranked = rank(Float64Array.from(values));
        expect([...ranked]).toEqual(sorted.map(({ index }) => index));
        expect([...inRank(Float64Array.from(values), ranked)]).toEqual(
          sorted.map(({ value }) => value),
        );
      }),
    );
  });

  it('of some hours alone keep their order', () => {
    const records = {
      hour: Int32Array.of(7, 3, 9, 3),
      deviation: Float64Array.of(9, 8, 7, 6),
    };
    expect(keepHours(records, (hour) => hour !== 3)).toEqual({
      hour: Int32Array.of(7, 9),
      deviation: Float64Array.of(9, 7),
    });
  });
});

it('hours that are compared are counted without the stretches that are left out', () => {
  const stretches = fc
    .uniqueArray(fc.nat(60), { maxLength: 6 })
    .map((edges) => edges.sort((a, b) => a - b))
    .map((edges) =>
      Array.from({ length: edges.length >> 1 }, (_, i) => ({
        from: edges[2 * i],
        to: edges[2 * i + 1],
      })),
    );
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.nat(60)),
      stretches,
      fc.nat(60),
      fc.nat(60),
      (some, leftOut, from, most) => {
        const to = from + most;
        const hours = some.sort((a, b) => a - b);
        const left = hours.filter(
          (hour) => !leftOut.some((one) => one.from <= hour && hour < one.to),
        );
        const compared = new ComparedHours(Int32Array.from(hours), leftOut);
        expect(compared.count).toBe(left.length);
        expect(compared.countIn(from, to)).toBe(
          left.filter((hour) => from <= hour && hour < to).length,
        );
      },
    ),
  );
});
