import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toByteText } from '../../../src/core/activity/byteText';
import { Dictionary } from '../../../src/core/activity/dictionary';
import { EventIds } from '../../../src/core/activity/eventIds';
import { IdHash } from '../../../src/core/activity/idHash';
import { IdLog } from '../../../src/core/activity/idLog';
import { RowIndex } from '../../../src/core/activity/rowIndex';
import { sortedOrder } from '../../../src/core/activity/sortRows';

describe('the ids of events', () => {
  it('remember the group of every id, as a Map does', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: -50, max: 50 }), fc.nat(9)),
          { maxLength: 3000 },
        ),
        (puts) => {
          const ids = new EventIds();
          const oracle = new Map<string, number>();
          for (const [high, low, group] of puts) {
            const place = ids.find(high, low);
            expect(ids.groupAt(place)).toBe(oracle.get(`${high} ${low}`) ?? -1);
            if (ids.groupAt(place) < 0) ids.put(place, high, low, group);
            else ids.move(place, group);
            oracle.set(`${high} ${low}`, group);
          }
          const log = new IdLog();
          ids.appendTo(log);
          const columns = log.toColumns();
          const kept = Array.from(
            columns.group,
            (group, i) => [`${columns.high[i]} ${columns.low[i]}`, group] as const,
          );
          expect(new Map(kept)).toEqual(oracle);
          expect(ids.size).toBe(oracle.size);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('hash without meeting: 200,000 ids that differ in one digit or in the account', () => {
    const strings = new Dictionary();
    const accounts = ['111111111111', '111111111112', ''].map((account) =>
      strings.internText(account),
    );
    const hash = new IdHash();
    const seen = new Set<string>();
    const words = new Set<number>();
    for (let n = 0; n < 200_000; n++) {
      const id = `0a4a10c7-4f1c-4c4e-9d0e-${(n >> 2).toString(16).padStart(12, '0')}`;
      const text = toByteText(new TextEncoder().encode(id));
      hash.set(accounts[n % accounts.length], strings, text, 0, text.bytes.length);
      seen.add(`${hash.high} ${hash.low}`);
      words.add(hash.low);
    }
    const distinct = new Set(Array.from({ length: 200_000 }, (_, n) => `${n % 3} ${n >> 2}`)).size;
    expect(seen.size).toBe(distinct);
    // Of n random 32-bit words about n²/2³³ meet: 5 of 200,000.
    expect(words.size).toBeGreaterThan(distinct - 25);
  });

  it('hash alike whatever numbers a reader has given to the accounts', () => {
    const text = toByteText(new TextEncoder().encode('0a4a10c7'));
    const [one, other] = [new Dictionary(), new Dictionary()];
    other.internText('something else');
    const hashes = [one, other].map((strings) => {
      const hash = new IdHash();
      hash.set(strings.internText('111111111111'), strings, text, 0, 8);
      return [hash.high, hash.low];
    });
    expect(hashes[0]).toEqual(hashes[1]);
  });
});

describe('rows of numbers', () => {
  it('are numbered in the order they come, each once', () => {
    const rows = fc.array(fc.tuple(fc.nat(20), fc.nat(20), fc.constantFrom(0, 1, 0xffffffff)), {
      maxLength: 2000,
    });
    fc.assert(
      fc.property(rows, (list) => {
        const index = new RowIndex(3);
        const oracle: string[] = [];
        for (const row of list) {
          const key = row.join(' ');
          if (!oracle.includes(key)) oracle.push(key);
          expect(index.indexOf(Uint32Array.from(row))).toBe(oracle.indexOf(key));
        }
        expect(index.size).toBe(oracle.length);
        const columns = [0, 1, 2].map((column) => index.column(column));
        expect(oracle.map((_, i) => columns.map((column) => column[i]).join(' '))).toEqual(oracle);
      }),
      { numRuns: 20 },
    );
  });

  it('are sorted by their columns, equal ones in the order they stood', () => {
    const cell = fc.oneof(fc.nat(3), fc.constantFrom(0xffff, 0x10000, 0xffffffff), fc.nat());
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell)), (rows) => {
        const columns = [0, 1].map((column) => Uint32Array.from(rows, (row) => row[column]));
        const expected = rows
          .map((_, i) => i)
          .sort((a, b) => rows[a][0] - rows[b][0] || rows[a][1] - rows[b][1] || a - b);
        expect([...sortedOrder(columns)]).toEqual(expected);
      }),
    );
  });
});
