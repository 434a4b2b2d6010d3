import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeRows } from '../../../src/core/activity/mergeRows';

const WIDTH = 3;
type Row = readonly number[];
const list = fc.array(fc.tuple(fc.nat(3), fc.nat(2), fc.nat(0xffffffff)), { maxLength: 30 });

const columnsOf = (rows: readonly Row[]): Uint32Array[] =>
  Array.from({ length: WIDTH }, (_, column) => Uint32Array.from(rows, (row) => row[column]));
const rowsOf = (columns: readonly Uint32Array[]): Row[] =>
  Array.from(columns[0], (_, row) => columns.map((column) => column[row]));
const inOrder = (a: Row, b: Row): number => a[0] - b[0] || a[1] - b[1] || a[2] - b[2];

describe('rows of several lists', () => {
  it('come out sorted and each once, and every row finds its own, whether the lists were sorted or not', () => {
    fc.assert(
      fc.property(fc.array(list, { maxLength: 5 }), fc.boolean(), (lists, sorted) => {
        const given = sorted ? lists.map((rows) => rows.toSorted(inOrder)) : lists;
        const { columns, numbers } = mergeRows(given.map(columnsOf), WIDTH);
        const distinct = new Map(given.flat().map((row) => [row.join(), row]));
        const merged = rowsOf(columns);
        expect(merged).toEqual([...distinct.values()].sort(inOrder));
        expect(numbers.map((of) => Array.from(of, (number) => merged[number]))).toEqual(given);
      }),
    );
  });
});
