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
