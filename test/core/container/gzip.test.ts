import zlib from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { unpacked, unpackedInChunks } from './unpacked';

const LOG =
  '{"Records":[{"eventName":"GetItem","awsRegion":"eu-west-1"},{"eventName":"GetItems"}]}';
const random = (length: number) =>
  Buffer.from(Array.from({ length }, (_, i) => (Math.imul(i + 1, 2654435761) >>> 13) & 255));

interface HeaderFields {
  extra?: Uint8Array;
  name?: string;
  comment?: string;
  checksum?: boolean;
}

function withHeader(packed: Buffer, { extra, name, comment, checksum }: HeaderFields): Buffer {
  const flags =
    (checksum ? 2 : 0) |
    (extra ? 4 : 0) |
    (name !== undefined ? 8 : 0) |
    (comment !== undefined ? 16 : 0);
  const parts = [Buffer.from([0x1f, 0x8b, 8, flags, 1, 2, 3, 4, 0, 255])];
  if (extra) parts.push(Buffer.from([extra.length & 255, extra.length >> 8]), Buffer.from(extra));
  if (name !== undefined) parts.push(Buffer.from(name + '\0'));
  if (comment !== undefined) parts.push(Buffer.from(comment + '\0'));
  const header = Buffer.concat(parts);
  const sum = Buffer.alloc(checksum ? 2 : 0);
  if (checksum) sum.writeUInt16LE(zlib.crc32(header) & 0xffff);
  return Buffer.concat([header, sum, packed.subarray(10)]);
}

describe('gzip', () => {
  test('a member comes out as the file under its own path, in one piece', () => {
    const { files, skipped } = unpacked(zlib.gzipSync(LOG), 'a.json.gz');
    expect(skipped).toEqual([]);
    expect(files).toEqual([
      { path: 'a.json.gz', bytes: Buffer.from(LOG), pieces: 1, damage: null },
    ]);
  });

  test('many members are one file, in one piece', () => {
    const parts = Array.from({ length: 300 }, (_, i) => `line ${i}\n`);
    const { files } = unpacked(Buffer.concat(parts.map((part) => zlib.gzipSync(part))));
    expect(files).toEqual([
      { path: 'in', bytes: Buffer.from(parts.join('')), pieces: 1, damage: null },
    ]);
  });

  test('every optional header field is passed over, in chunks too', () => {
    const fields = fc.record(
      {
        extra: fc.uint8Array({ maxLength: 65535, minLength: 1 }),
        name: fc.stringMatching(/^[a-z]{0,2000}$/),
        comment: fc.stringMatching(/^[a-z]{0,50}$/),
        checksum: fc.boolean(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fields, fc.integer({ min: 50, max: 70000 }), (header, chunk) => {
        const bytes = withHeader(zlib.gzipSync(LOG), header);
        for (const sink of [unpacked(bytes), unpackedInChunks(bytes, [chunk])]) {
          expect(sink.texts).toEqual({ in: LOG });
          expect(sink.files[0].damage).toBeNull();
        }
      }),
      { numRuns: 50 },
    );
  });

  test('a wrong header checksum is named, the contents still come', () => {
    const bytes = withHeader(zlib.gzipSync(LOG), { name: 'x', checksum: true });
    bytes[13]++;
    const [file] = unpacked(bytes).files;
    expect(file.bytes.toString()).toBe(LOG);
    expect(file.damage).toBe('gzip header checksum is wrong at byte 0');
  });

  test('zeros behind the last member are padding', () => {
    const { files } = unpacked(Buffer.concat([zlib.gzipSync(LOG), Buffer.alloc(1000)]));
    expect(files[0].bytes.toString()).toBe(LOG);
    expect(files[0].damage).toBeNull();
  });

  test('other bytes behind the last member are named with their place', () => {
    const packed = zlib.gzipSync(LOG);
    const { files } = unpacked(Buffer.concat([packed, Buffer.alloc(7), Buffer.from('garbage\0')]));
    expect(files[0].bytes.toString()).toBe(LOG);
    expect(files[0].damage).toBe(`8 bytes that are not gzip from byte ${packed.length + 7} on`);
  });

  test('without its trailer the contents come whole, and the lack is named', () => {
    const packed = zlib.gzipSync(LOG);
    for (let missing = 1; missing <= 8; missing++) {
      const [file] = unpacked(packed.subarray(0, packed.length - missing)).files;
      expect(file.bytes.toString()).toBe(LOG);
      expect(file.damage).toContain(`gzip trailer cut off at byte ${packed.length - 8}`);
    }
  });

  test('wrong CRC-32 and wrong length are named', () => {
    const packed = zlib.gzipSync(LOG);
    packed[packed.length - 8] ^= 1;
    expect(unpacked(packed).files[0].damage).toContain('differ from their CRC-32 at byte');
    packed[packed.length - 8] ^= 1;
    packed[packed.length - 1] ^= 1;
    expect(unpacked(packed).files[0].damage).toContain('differ from their length at byte');
  });

  test('cut off at any byte, in any chunks, it delivers a beginning and names the damage', () => {
    const bytes = Buffer.concat([Buffer.from(LOG.repeat(20)), random(300)]);
    const packed = zlib.gzipSync(bytes);
    for (let length = 3; length < packed.length; length++) {
      const whole = unpacked(packed.subarray(0, length)).files;
      expect(whole).toHaveLength(1);
      expect(whole[0].damage).not.toBeNull();
      expect(bytes.subarray(0, whole[0].bytes.length).equals(whole[0].bytes)).toBe(true);
      const [again] = unpackedInChunks(packed.subarray(0, length), [1 + (length % 97)]).files;
      expect(again.damage).toBe(whole[0].damage);
      expect(again.bytes.equals(whole[0].bytes)).toBe(true);
    }
  });

  test('chunks of every length give what the whole gives', () => {
    const packed = Buffer.concat([
      zlib.gzipSync(LOG.repeat(30)),
      zlib.gzipSync(random(2000), { level: 0 }),
      zlib.gzipSync(LOG),
    ]);
    const whole = unpacked(packed).files;
    expect(whole[0].damage).toBeNull();
    for (let chunk = 1; chunk <= packed.length; chunk++) {
      const [file] = unpackedInChunks(packed, [chunk]).files;
      expect(file.damage).toBeNull();
      expect(file.bytes.equals(whole[0].bytes)).toBe(true);
    }
  });

  test('a single flipped bit never changes the contents silently', () => {
    const bytes = Buffer.concat([Buffer.from(LOG.repeat(8)), random(60)]);
    for (const level of [0, 6]) {
      const packed = zlib.gzipSync(bytes, { level });
      for (let bit = 0; bit < packed.length * 8; bit++) {
        const flipped = Buffer.from(packed);
        flipped[bit >> 3] ^= 1 << (bit & 7);
        const sink = unpacked(flipped);
        expect(sink.isClosed).toBe(true);
        const file = sink.files[0];
        // Flipped magic: no gzip any more, delivered as it is. Otherwise only the time, hints and system may change unseen.
        if (bit < 24) expect(file.bytes.equals(flipped)).toBe(true);
        else if (file.damage === null) expect(file.bytes.equals(bytes)).toBe(true);
      }
    }
  });

  test('behind a damaged member it goes on with the next ones', () => {
    const first = zlib.gzipSync(random(3000));
    const second = zlib.gzipSync(random(4000), { level: 0 });
    const last = zlib.gzipSync(LOG);
    second.fill(0xff, 20, 60);
    second.writeUInt8(0x06, 10);
    const bytes = Buffer.concat([first, second, last]);
    const [file] = unpacked(bytes).files;
    expect(file.bytes.subarray(0, 3000).equals(random(3000))).toBe(true);
    expect(file.bytes.subarray(3000).toString()).toBe(LOG);
    expect(file.damage).toBe(
      `compressed data has an impossible block at byte ${first.length + 10}; ` +
        `continued with the gzip member at byte ${first.length + second.length}`,
    );
    expect(unpackedInChunks(bytes, [11]).files).toEqual([file]);
  });

  test('a thousand damaged members make no longer sentence than a few', () => {
    const member = zlib.gzipSync(LOG);
    member[10] = 0x07;
    const [file] = unpacked(Buffer.concat(Array(1000).fill(member))).files;
    expect(file.damage!.length).toBeLessThan(400);
  });
});
