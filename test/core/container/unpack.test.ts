import zlib from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { unpack, Unpacker } from '../../../src/core/container/unpack';
import { writeTar } from '../../support/tarWriter';
import { writeZip } from '../../support/zipWriter';
import { RecordingSink } from './recordingSink';
import { unpacked, unpackedInChunks } from './unpacked';

const LOG = '{"Records":[{"eventName":"GetItem"}]}';
const gzip = (bytes: string | Uint8Array) => zlib.gzipSync(bytes);

const WRAPPERS: Record<string, { wrap: (bytes: Uint8Array) => Buffer; adds: string }> = {
  gzip: { wrap: gzip, adds: '' },
  tar: { wrap: (data) => writeTar([{ name: 't', data }]), adds: '/t' },
  zip: { wrap: (data) => writeZip([{ name: 'z', data }]), adds: '/z' },
  'stored zip': { wrap: (data) => writeZip([{ name: 'z', data, stored: true }]), adds: '/z' },
};

describe('unpack', () => {
  test('a plain file is delivered as it is, in one piece', () => {
    for (const text of [LOG, '[', 'eventTime,eventName\n'.repeat(100), 'PK', '\x1f']) {
      expect(unpacked(Buffer.from(text), 'f').files).toEqual([
        { path: 'f', bytes: Buffer.from(text), pieces: 1, damage: null },
      ]);
    }
  });

  test('an empty file is a file without pieces', () => {
    expect(unpacked(Buffer.alloc(0)).files).toMatchObject([
      { path: 'in', pieces: 0, damage: null },
    ]);
  });

  test('names mean nothing: a gz that was unpacked already, a tar called json', () => {
    expect(unpacked(Buffer.from(LOG), 'x.json.gz').texts).toEqual({ 'x.json.gz': LOG });
    const tar = writeTar([{ name: 'x.txt', data: gzip(LOG) }]);
    expect(unpacked(tar, 'x.json').texts).toEqual({ 'x.json/x.txt': LOG });
  });

  test('any nesting up to six deep comes out, whole or in chunks', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...Object.keys(WRAPPERS)), { maxLength: 6 }),
        fc.integer({ min: 1, max: 3000 }),
        (wrappers, chunk) => {
          let bytes: Uint8Array = Buffer.from(LOG);
          let path = '';
          for (const name of wrappers) {
            bytes = WRAPPERS[name].wrap(bytes);
            path = WRAPPERS[name].adds + path;
          }
          for (const sink of [unpacked(bytes), unpackedInChunks(bytes, [chunk])]) {
            expect(sink.texts).toEqual({ [`in${path}`]: LOG });
            expect(sink.files[0].damage).toBeNull();
            expect(sink.skipped).toEqual([]);
          }
        },
      ),
    );
  });

  test('a seventh container is named and not opened', () => {
    let bytes: Uint8Array = Buffer.from(LOG);
    for (let i = 0; i < 7; i++) bytes = writeTar([{ name: 'd', data: bytes }]);
    const { files, skipped } = unpacked(bytes);
    expect(files).toEqual([]);
    expect(skipped).toEqual([
      {
        path: 'in/d/d/d/d/d/d',
        reason: 'too large',
        detail: 'containers nested more than 6 deep',
      },
    ]);
  });

  test.each([
    ['Zstandard', [0x28, 0xb5, 0x2f, 0xfd, 0, 0]],
    ['7z', [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c, 0]],
    ['AppleDouble', [0, 5, 0x16, 7, 0, 2]],
  ])('%s is told from logs and skipped', (word, bytes) => {
    const { files, skipped } = unpacked(writeZip([{ name: 'x', data: Buffer.from(bytes) }]));
    expect(files).toEqual([]);
    expect(skipped).toMatchObject([{ path: 'in/x', reason: 'not a log file' }]);
    expect(skipped[0].detail).toContain(word);
  });

  test('an archive without files is accounted for', () => {
    for (const bytes of [
      writeZip([]),
      writeZip([{ name: 'd/' }]),
      writeTar([{ name: 'd', type: '5' }]),
    ]) {
      expect(unpacked(bytes).skipped).toEqual([
        { path: 'in', reason: 'not a log file', detail: 'an archive without files' },
      ]);
    }
  });

  test('damage of the gzip around a tar reaches the member that it cuts', () => {
    const tar = writeTar([
      { name: 'a', data: 'a' },
      { name: 'b', data: 'b'.repeat(100000) },
    ]);
    const packed = zlib.gzipSync(tar, { level: 0 });
    const { files } = unpacked(packed.subarray(0, 50000));
    expect(files[0]).toMatchObject({ path: 'in/a', damage: null });
    expect(files[1].path).toBe('in/b');
    expect(files[1].damage).toMatch(
      /tar cut off at byte \d+.*compressed data cut off at byte 50000/,
    );
    expect(files[1].bytes.length).toBeGreaterThan(45000);
  });

  describe('with limits', () => {
    const limits = { depth: 6, bytes: 1 << 20, bytesPerByte: 1100 };
    const twice = (data: Uint8Array) => gzip(gzip(data));

    test('a dull log, packed 1,000 : 1 once, is not refused', () => {
      const dull = gzip(Buffer.alloc(40 << 20, 'x'));
      const sink = new RecordingSink();
      unpack('in', dull, sink, { ...limits, bytes: 0 });
      expect(sink.files[0]).toMatchObject({ damage: null });
      expect(sink.files[0].bytes.length).toBe(40 << 20);
    });

    test('a bomb is stopped and said to be one; what came before stays', () => {
      const bomb = twice(Buffer.alloc(64 << 20));
      const sink = new RecordingSink();
      unpack('in', bomb, sink, limits);
      expect(sink.isClosed).toBe(true);
      expect(sink.files).toMatchObject([{ path: 'in' }]);
      expect(sink.files[0].damage).toMatch(/^stopped after \d+ unpacked bytes/);
      expect(sink.skipped).toEqual([]);
    });

    test('a bomb in an archive also names the archive, whose rest was not read', () => {
      const sink = new RecordingSink();
      const tar = writeTar([
        { name: 'a', data: gzip(LOG) },
        { name: 'bomb', data: twice(Buffer.alloc(64 << 20)) },
        { name: 'z', data: gzip(LOG) },
      ]);
      const unpacker = new Unpacker('in', sink, limits);
      unpacker.push(tar);
      unpacker.push(Buffer.alloc(10));
      unpacker.finish();
      expect(sink.files.map(({ path }) => path)).toEqual(['in/a', 'in/bomb']);
      expect(sink.skipped).toMatchObject([{ path: 'in', reason: 'too large' }]);
    });
  });

  test('several unpackers may take turns', () => {
    const texts = ['a', 'b', 'c'].map((letter) => letter.repeat(200000) + LOG);
    const sinks = texts.map(() => new RecordingSink());
    const unpackers = sinks.map((sink, i) => new Unpacker(`${i}`, sink));
    const packed = texts.map((text) => gzip(gzip(text)));
    for (let at = 0; packed.some(({ length }) => at < length); at += 50) {
      unpackers.forEach((unpacker, i) => unpacker.push(packed[i].subarray(at, at + 50)));
    }
    unpackers.forEach((unpacker) => unpacker.finish());
    expect(sinks.map((sink, i) => sink.texts[i])).toEqual(texts);
  });

  test('an error of the sink passes through, and the next file is unharmed', () => {
    const sink = new RecordingSink();
    sink.piece = () => {
      throw new Error('full');
    };
    expect(() => unpack('in', gzip(LOG), sink)).toThrow('full');
    expect(unpacked(gzip(LOG)).texts).toEqual({ in: LOG });
  });
});
