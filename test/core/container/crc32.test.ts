import zlib from 'node:zlib';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { crc32 } from '../../../src/core/container/crc32';

const viewOf = (bytes: Uint8Array) =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

test('crc32 equals zlib for every length and alignment', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(200), (bytes, from) => {
      const start = Math.min(from, bytes.length);
      const whole = crc32(0, bytes, viewOf(bytes), start, bytes.length);
      expect(whole).toBe(zlib.crc32(bytes.subarray(start)));
    }),
    { numRuns: 500 },
  );
});

test('crc32 goes on where the bytes before ended', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(200), (bytes, cut) => {
      const middle = Math.min(cut, bytes.length);
      const first = crc32(0, bytes, viewOf(bytes), 0, middle);
      expect(crc32(first, bytes, viewOf(bytes), middle, bytes.length)).toBe(zlib.crc32(bytes));
    }),
  );
});

test('crc32 equals zlib for long runs, in one part or two', () => {
  const bytes = Uint8Array.from({ length: 100_000 }, (_, i) => Math.imul(i, 0x9e3779b1) >>> 13);
  const place = fc.nat(bytes.length);
  fc.assert(
    fc.property(fc.tuple(place, place, place), (places) => {
      const [start, middle, end] = places.toSorted((a, b) => a - b);
      const whole = zlib.crc32(bytes.subarray(start, end));
      expect(crc32(0, bytes, viewOf(bytes), start, end)).toBe(whole);
      const first = crc32(0, bytes, viewOf(bytes), start, middle);
      expect(crc32(first, bytes, viewOf(bytes), middle, end)).toBe(whole);
    }),
  );
});
