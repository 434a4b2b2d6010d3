import zlib from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PIECE_BYTES } from '../../../src/core/container/outputWindow';
import { giveBackInflater, takeInflater } from '../../../src/core/container/inflaterPool';

interface Inflated {
  bytes: Buffer;
  pieces: number[];
  result: string;
  damage: string;
  /** Bytes of the input behind the stream's end. */
  unread: number;
}

function inflated(packed: Uint8Array, chunk = packed.length || 1): Inflated {
  const parts: Buffer[] = [];
  const inflater = takeInflater((bytes, start, end) => {
    parts.push(Buffer.from(bytes.slice(start, end)));
  });
  let result = 'more';
  let at = 0;
  while (result === 'more' && at < packed.length) {
    at += inflater.input.fill(packed, at, Math.min(packed.length, at + chunk));
    result = inflater.run(false);
  }
  if (result === 'more') result = inflater.run(true);
  inflater.flush();
  const unread = inflater.input.available + packed.length - at;
  const bytes = Buffer.concat(parts);
  if (inflater.size !== bytes.length) throw new Error('size disagrees with the pieces');
  if (inflater.crc !== zlib.crc32(bytes)) throw new Error('crc disagrees with the pieces');
  giveBackInflater(inflater);
  return {
    bytes,
    pieces: parts.map((part) => part.length),
    result,
    damage: inflater.damage,
    unread,
  };
}

/** Text that repeats itself near and far, as logs do, mixed with bytes that do not. */
const contents = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '"eventName":"PutParameter",',
        '"awsRegion":"eu-west-1"',
        'aaaaaaaaaaaa',
        '{}',
      ),
      fc.string({ unit: 'grapheme', maxLength: 20 }),
      fc.uint8Array({ maxLength: 40 }),
    ),
    { maxLength: 400 },
  )
  .map((parts) => Buffer.concat(parts.map((part) => Buffer.from(part))));

const settings = fc.record({
  level: fc.constantFrom(0, 1, 6, 9),
  strategy: fc.constantFrom(
    zlib.constants.Z_DEFAULT_STRATEGY,
    zlib.constants.Z_FILTERED,
    zlib.constants.Z_HUFFMAN_ONLY,
    zlib.constants.Z_RLE,
    zlib.constants.Z_FIXED,
  ),
  memLevel: fc.constantFrom(1, 8, 9),
});

describe('inflate', () => {
  test('gives back what zlib packed, by every level and strategy', () => {
    fc.assert(
      fc.property(contents, settings, (bytes, options) => {
        const back = inflated(zlib.deflateRawSync(bytes, options));
        expect(back.result).toBe('done');
        expect(back.bytes.equals(bytes)).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  test('gives the same for input in chunks of any length', () => {
    fc.assert(
      fc.property(contents, settings, fc.integer({ min: 1, max: 700 }), (bytes, options, chunk) => {
        const back = inflated(zlib.deflateRawSync(bytes, options), chunk);
        expect(back.result).toBe('done');
        expect(back.bytes.equals(bytes)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  test('keeps bytes exact that are NaN as a float64, in long copies at every alignment', () => {
    const nan = Buffer.from([1, 2, 3, 4, 5, 0xf4, 0xff, 0x7f, 9, 0xff, 0xf7, 0xff]);
    for (let before = 0; before < 8; before++) {
      const bytes = Buffer.concat([Buffer.alloc(before, 0x41), ...Array(50).fill(nan)]);
      expect(inflated(zlib.deflateRawSync(bytes)).bytes.equals(bytes)).toBe(true);
    }
  });

  test('hands on consecutive pieces of at most 8 MB with references across them', () => {
    const line = Buffer.from(Array.from({ length: 30000 }, (_, i) => (i * i) % 251));
    const bytes = Buffer.concat(Array(900).fill(line));
    const back = inflated(zlib.deflateRawSync(bytes), 16 << 20);
    expect(back.bytes.equals(bytes)).toBe(true);
    expect(back.pieces.length).toBe(Math.ceil(bytes.length / PIECE_BYTES));
    expect(Math.max(...back.pieces)).toBeLessThan(PIECE_BYTES + 1000);
  });

  test('hands a file of less than 8 MB on as one piece', () => {
    const bytes = Buffer.alloc(PIECE_BYTES - 1000, 'CloudTrail');
    expect(inflated(zlib.deflateRawSync(bytes)).pieces).toEqual([bytes.length]);
  });

  test('stands right behind the stream when it is done', () => {
    fc.assert(
      fc.property(
        contents,
        settings,
        fc.uint8Array({ maxLength: 2000 }),
        (bytes, options, rest) => {
          const packed = zlib.deflateRawSync(bytes, options);
          expect(inflated(Buffer.concat([packed, rest])).unread).toBe(rest.length);
        },
      ),
      { numRuns: 100 },
    );
  });

  test('cut off at any byte it says so and delivers nothing but the beginning', () => {
    const bytes = Buffer.from(
      '{"Records":[{"eventName":"GetItem"},{"eventName":"GetItems"}]}'.repeat(9),
    );
    for (const options of [{}, { level: 0 }, { strategy: zlib.constants.Z_FIXED }]) {
      const packed = zlib.deflateRawSync(bytes, options);
      for (let length = 0; length < packed.length; length++) {
        const back = inflated(packed.subarray(0, length));
        expect(back.result).toBe('damaged');
        expect(back.damage).toBe(`compressed data cut off at byte ${length}`);
        expect(bytes.subarray(0, back.bytes.length).equals(back.bytes)).toBe(true);
      }
    }
  });

  test('cut off, it delivers all but the last few bytes that the input holds', () => {
    const bytes = Buffer.from(
      Array.from({ length: 5000 }, (_, i) => `${(i * 7919) % 5003},`).join(''),
    );
    const packed = zlib.deflateRawSync(bytes);
    const half = packed.subarray(0, packed.length >> 1);
    const native = zlib.inflateRawSync(half, { finishFlush: zlib.constants.Z_SYNC_FLUSH });
    expect(native.length - inflated(half).bytes.length).toBeLessThan(4);
  });

  test('never hangs, throws or gives more than zlib does for random bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (packed) => {
        const back = inflated(packed);
        if (back.result === 'done') {
          expect(zlib.inflateRawSync(packed).equals(back.bytes)).toBe(true);
        } else {
          expect(() => zlib.inflateRawSync(packed)).toThrow();
          expect(back.damage).toMatch(/^compressed data .* at byte \d+$/);
        }
      }),
      { numRuns: 3000 },
    );
  });

  test('accepts just the code lengths that zlib accepts', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 20, maxLength: 200 }), (bytes) => {
        const packed = Buffer.from(bytes);
        packed[0] = (packed[0] & 0xf8) | 5;
        const back = inflated(packed);
        if (back.result === 'done')
          expect(zlib.inflateRawSync(packed).equals(back.bytes)).toBe(true);
        else expect(() => zlib.inflateRawSync(packed)).toThrow();
      }),
      { numRuns: 5000 },
    );
  });

  test.each([
    ['a block type that does not exist', [0x07], 'has an impossible block at byte 0'],
    [
      'a stored block whose length is not confirmed',
      [1, 5, 0, 0, 0],
      'has a stored block of unsure length',
    ],
    [
      'a distance beyond the beginning',
      [0x63, 0x00, 0x42, 0x00, 0, 0, 0, 0, 0],
      'refers to bytes before',
    ],
  ])('names %s', (_, bytes, damage) => {
    const back = inflated(Buffer.from([...bytes, 0, 0, 0, 0, 0, 0, 0, 0]));
    expect(back.result).toBe('damaged');
    expect(back.damage).toContain(damage);
  });

  test('does not reach into the bytes of the stream before', () => {
    const first = inflated(zlib.deflateRawSync(Buffer.alloc(100000, 'secret')));
    expect(first.result).toBe('done');
    const reference = Buffer.from([0x63, 0x00, 0x42, 0x00, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    expect(inflated(reference).bytes.toString()).not.toContain('secret');
  });
});
