import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeStrings, sortStrings } from '../../../src/core/activity/sortedStrings';

const texts = fc.array(fc.string({ unit: 'binary', maxLength: 3 }), { maxLength: 30 });

describe('Strings', () => {
  it('sort as JavaScript sorts, and each number leads to the same string', () => {
    fc.assert(
      fc.property(texts, (strings) => {
        const { sorted, rank } = sortStrings(strings);
        expect(sorted).toEqual(strings.toSorted());
        expect(strings.map((_, ref) => sorted[rank[ref]])).toEqual(strings);
      }),
    );
  });

  it('of several lists merge into one that holds each once, in order', () => {
    fc.assert(
      fc.property(fc.array(texts, { maxLength: 5 }), (unsorted) => {
        const lists = unsorted.map((list) => list.toSorted());
        const { sorted, ranks } = mergeStrings(lists);
        expect(sorted).toEqual([...new Set(lists.flat())].sort());
        lists.forEach((list, i) => {
          expect(list.map((_, ref) => sorted[ranks[i][ref]])).toEqual(list);
        });
      }),
    );
  });
});
