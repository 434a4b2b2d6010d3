import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Column, piecesOf, putTogether, takeApart } from '../../src/store/apart';

const LARGE = 5_000_000;

describe('a value taken apart', () => {
  it('is the same again, whatever columns it has', () => {
    const column = fc.oneof(
      fc.uint32Array(),
      fc.int32Array(),
      fc.uint16Array(),
      fc.constantFrom(new Uint8Array(LARGE).fill(7), new Int32Array(LARGE / 4).fill(-7)),
    );
    const value = fc.array(column, { maxLength: 3 });
    fc.assert(
      fc.property(value, (whole) => {
        const { rest, columns } = takeApart(whole);
        const again = putTogether<typeof whole>(rest);
        again.columns.forEach((each, number) => fill(each, columns[number]));
        expect(again.value.map(({ constructor }) => constructor)).toEqual(
          whole.map(({ constructor }) => constructor),
        );
        expect(indexedDB.cmp(again.value, whole)).toBe(0);
      }),
      { numRuns: 30 },
    );
  });

  it('keeps small columns and texts, and puts every larger one into pieces with nothing beside them', () => {
    const whole = {
      strings: ['', 'a'],
      small: Uint32Array.of(1, 2),
      large: new Uint16Array(LARGE).subarray(1),
    };
    const { rest, columns } = takeApart(whole);
    expect(rest).toEqual({
      ...whole,
      large: { apart: 0, kind: 'Uint16Array', length: LARGE - 1 },
    });
    expect(columns[0]).toBe(whole.large);
    const pieces = Array.from(piecesOf(columns[0]), ({ piece }) => piece.buffer.byteLength);
    expect(pieces).toEqual([4 << 20, 4 << 20, 2 * (LARGE - 1) - (8 << 20)]);
  });
});

function fill(column: Column, from: Column): void {
  for (const { start, piece } of piecesOf(from)) column.set(piece, start);
}
