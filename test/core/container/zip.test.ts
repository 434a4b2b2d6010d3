import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { writeZip } from '../../support/zipWriter';
import type { ZipMember } from '../../support/zipWriter';
import { unpacked, unpackedInChunks } from './unpacked';

const LOG = '{"Records":[{"eventName":"GetItem"},{"eventName":"GetItems"}]}'.repeat(20);

const members: fc.Arbitrary<ZipMember[]> = fc.uniqueArray(
  fc.record({
    name: fc.stringMatching(/^[a-z]{1,5}\/[a-zé日]{1,5}$/),
    data: fc.oneof(fc.constant(LOG), fc.constant(''), fc.uint8Array({ maxLength: 1500 })),
    stored: fc.boolean(),
    descriptor: fc.constantFrom<(boolean | 'bare')[]>(false, true, 'bare'),
    zip64: fc.boolean(),
  }),
  { selector: ({ name }) => name, maxLength: 6 },
);

const textsOf = (all: ZipMember[]) =>
  Object.fromEntries(all.map(({ name, data }) => [`in/${name}`, Buffer.from(data!).toString()]));

const isPlain = ({ data }: ZipMember) => typeof data === 'string' || (data![0] ?? 0x20) >= 0x20;

const hasSystemZip = spawnSync('zip', ['-v']).status === 0;
if (!hasSystemZip) console.warn('Skipped: no zip program to compare with.');

describe('zip', () => {
  test('of every form comes out whole', () => {
    fc.assert(
      fc.property(members, fc.string({ maxLength: 30 }), (made, comment) => {
        const all = made.filter(isPlain);
        const { files, texts } = unpacked(writeZip(all, { comment }));
        expect(texts).toEqual(textsOf(all));
        expect(files.filter(({ damage }) => damage !== null)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test('read entry by entry in chunks, it gives the same but for entries stored without length', () => {
    fc.assert(
      fc.property(members, fc.integer({ min: 1, max: 400 }), (made, chunk) => {
        const all = made
          .filter(isPlain)
          .filter(({ stored, descriptor }) => !(stored && descriptor));
        const { files, texts, skipped } = unpackedInChunks(writeZip(all), [chunk]);
        expect(texts).toEqual(textsOf(all));
        expect(files.filter(({ damage }) => damage !== null)).toEqual([]);
        expect(skipped.filter(({ reason }) => reason === 'damaged')).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test.skipIf(!hasSystemZip)('written by the system, on disk or as a stream', () => {
    const folder = mkdtempSync(join(tmpdir(), 'zip-'));
    try {
      writeFileSync(join(folder, 'a.json'), LOG);
      writeFileSync(join(folder, 'b.json'), 'b');
      execFileSync('zip', ['-q', 'out.zip', 'a.json', 'b.json'], { cwd: folder });
      const onDisk = execFileSync('cat', ['out.zip'], { cwd: folder });
      const stream = execFileSync('sh', ['-c', 'cat a.json | zip -q - - | cat'], { cwd: folder });
      expect(unpacked(onDisk).texts).toEqual({ 'in/a.json': LOG, 'in/b.json': 'b' });
      expect(unpacked(stream).texts).toEqual({ 'in/-': LOG });
      expect(unpackedInChunks(stream, [100]).texts).toEqual({ 'in/-': LOG });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('encrypted entries and other methods are named and skipped, folders left out', () => {
    const zip = writeZip([
      { name: 'folder/' },
      { name: 'secret', data: LOG, encrypted: true },
      { name: 'aes', data: LOG, method: 99 },
      { name: 'lzma', data: LOG, method: 14 },
      { name: 'odd', data: LOG, method: 77 },
      { name: 'good', data: 'good' },
    ]);
    const skipped = [
      { path: 'in/secret', reason: 'encrypted', detail: 'protected by a password' },
      { path: 'in/aes', reason: 'encrypted', detail: 'protected by a password' },
      {
        path: 'in/lzma',
        reason: 'not a log file',
        detail: 'compressed by LZMA, which only other programs unpack',
      },
      {
        path: 'in/odd',
        reason: 'not a log file',
        detail: 'compressed by method 77, which only other programs unpack',
      },
    ];
    for (const sink of [unpacked(zip), unpackedInChunks(zip, [7])]) {
      expect(sink.texts).toEqual({ 'in/good': 'good' });
      expect(sink.skipped).toEqual(skipped);
    }
  });

  test('an entry stored without its length is read by the directory, and named where there is none', () => {
    const zip = writeZip([
      { name: 'a', data: LOG, stored: true, descriptor: true },
      { name: 'b', data: 'b' },
    ]);
    expect(unpacked(zip).texts).toEqual({ 'in/a': LOG, 'in/b': 'b' });
    const streamed = unpackedInChunks(zip, [50]);
    expect(streamed.texts).toEqual({ 'in/b': 'b' });
    expect(streamed.skipped).toMatchObject([{ path: 'in/a', reason: 'not a log file' }]);
  });

  test('with bytes in front of it, the offsets are put right', () => {
    const inner = writeZip([{ name: 'a', data: 'one' }]);
    const zip = writeZip([{ name: 'b', data: 'two' }], { prepend: inner });
    expect(unpacked(zip).texts).toEqual({ 'in/b': 'two' });
  });

  test('a damaged directory: entries are read one after the other, and it is said', () => {
    const all = [
      { name: 'a', data: LOG },
      { name: 'b', data: LOG, stored: true },
    ];
    for (const zip of [
      writeZip(all, { noDirectory: true }),
      writeZip(all).subarray(0, -5),
      Buffer.from(
        writeZip(all).toString('latin1').replaceAll('PK\x01\x02', 'PK\x01\x03'),
        'latin1',
      ),
    ]) {
      const { texts, skipped } = unpacked(zip);
      expect(texts).toEqual({ 'in/a': LOG, 'in/b': LOG });
      const told = skipped.filter(({ path, reason }) => path === 'in' && reason === 'damaged');
      expect(told.map(({ detail }) => detail).join()).toContain('zip directory damaged');
    }
  });

  test('a damaged entry names its damage and leaves the others alone', () => {
    const zip = writeZip([
      { name: 'a', data: LOG },
      { name: 'b', data: LOG, stored: true },
      { name: 'c', data: 'c' },
    ]);
    const storedAt = zip.indexOf(LOG);
    zip[storedAt + 5] ^= 1;
    zip[31 + 4] ^= 0xff;
    const { files } = unpacked(zip);
    expect(files.map(({ path, damage }) => [path, damage !== null])).toEqual([
      ['in/a', true],
      ['in/b', true],
      ['in/c', false],
    ]);
    expect(files[1].damage).toBe('contents differ from their CRC-32');
  });

  test('cut off at any byte it never stays silent and delivers only beginnings', () => {
    const all = [
      { name: 'a', data: LOG },
      { name: 'b', data: 'b'.repeat(300), stored: true },
      { name: 'c', data: LOG, descriptor: true },
    ];
    const zip = writeZip(all);
    const wanted = textsOf(all);
    for (let length = 4; length < zip.length; length++) {
      for (const sink of [
        unpacked(zip.subarray(0, length)),
        unpackedInChunks(zip.subarray(0, length), [1 + (length % 50)]),
      ]) {
        for (const [path, text] of Object.entries(sink.texts)) {
          expect(wanted[path].startsWith(text)).toBe(true);
        }
      }
      const { files, skipped } = unpacked(zip.subarray(0, length));
      const told = skipped.length + files.filter(({ damage }) => damage !== null).length;
      expect(told).toBeGreaterThan(0);
    }
  });

  test('random changes never hang it and never lose the order of calls', () => {
    const zip = writeZip([
      { name: 'a', data: LOG },
      { name: 'b', data: 'b', stored: true, zip64: true },
      { name: 'c', data: LOG, descriptor: true },
    ]);
    const change = fc.tuple(fc.nat(zip.length - 1), fc.nat(255));
    fc.assert(
      fc.property(fc.array(change, { maxLength: 6 }), (changes) => {
        const changed = Buffer.from(zip);
        for (const [at, byte] of changes) changed[at] = byte;
        expect(unpacked(changed).isClosed).toBe(true);
        expect(unpackedInChunks(changed, [64]).isClosed).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  test('two entries that claim the same bytes do not both get them', () => {
    const zip = writeZip([
      { name: 'a', data: LOG },
      { name: 'b', data: LOG },
    ]);
    const second = zip.lastIndexOf('PK\x01\x02');
    zip.writeUInt32LE(0, second + 42);
    const { files } = unpacked(zip);
    expect(files.map(({ path, damage }) => [path, damage?.replace(/\d+/, 'some') ?? null])).toEqual(
      [
        ['in/a', 'zip entry cut off, some compressed bytes short'],
        ['in/b', null],
      ],
    );
  });
});
