import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import zlib from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { paxRecord, tarMember, writeChecksum, writeTar } from '../../support/tarWriter';
import { unpacked, unpackedInChunks } from './unpacked';

const LONG = 'AWSLogs/123456789012/CloudTrail/' + 'deep/'.repeat(60) + 'x.json';

function systemTar(...options: string[]): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'tar-'));
  try {
    mkdirSync(join(folder, LONG, '..'), { recursive: true });
    writeFileSync(join(folder, LONG), 'long');
    writeFileSync(join(folder, 'empty.json'), '');
    writeFileSync(join(folder, 'größe 日志.json'), 'x'.repeat(1025));
    symlinkSync('empty.json', join(folder, 'zlink'));
    return execFileSync('tar', [...options, '-C', folder, '-cf', '-', '.']);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const hasSystemTar = spawnSync('tar', ['--version']).stdout?.includes('GNU tar') ?? false;
if (!hasSystemTar) console.warn('Skipped: no GNU tar to compare with.');

describe('tar', () => {
  test.skipIf(!hasSystemTar).each(['gnu', 'pax', 'posix'])(
    'written by the system in %s format, with long names',
    (format) => {
      const { texts, skipped, files } = unpacked(systemTar(`--format=${format}`));
      expect(texts).toEqual({
        [`in/${LONG}`]: 'long',
        'in/empty.json': '',
        'in/größe 日志.json': 'x'.repeat(1025),
      });
      expect(files.every(({ damage }) => damage === null)).toBe(true);
      expect(skipped).toEqual([
        { path: 'in/zlink', reason: 'not a log file', detail: 'a symbolic link' },
      ]);
    },
  );

  test('ustar prefix, old GNU magic, base-256 size', () => {
    const old = tarMember({ name: 'old', data: 'o', prefix: 'not a prefix here' });
    old.write('ustar  \0', 257);
    writeChecksum(old.subarray(0, 512));
    const { texts } = unpacked(
      Buffer.concat([
        tarMember({ name: 'name', prefix: 'some/folder', data: 'p' }),
        old,
        writeTar([{ name: 'large', data: 'l'.repeat(600), base256: true }]),
      ]),
    );
    expect(texts).toEqual({
      'in/some/folder/name': 'p',
      'in/old': 'o',
      'in/large': 'l'.repeat(600),
    });
  });

  test('a PAX size wins over the header, a global header changes nothing', () => {
    const { texts } = unpacked(
      writeTar([
        { name: 'g', type: 'g', data: paxRecord('comment', 'abc') },
        { name: 'x', type: 'x', data: paxRecord('size', '5') + paxRecord('path', 'real') },
        { name: 'short', data: 'hello', size: 0 },
        { name: 'next', data: 'n' },
      ]),
    );
    expect(texts).toEqual({ 'in/real': 'hello', 'in/next': 'n' });
  });

  test('archives written one behind the other are all read', () => {
    const tar = Buffer.concat([
      writeTar([{ name: 'a', data: '1' }]),
      writeTar([{ name: 'b', data: '2' }]),
    ]);
    expect(unpacked(tar).texts).toEqual({ 'in/a': '1', 'in/b': '2' });
    expect(unpacked(tar).skipped).toEqual([]);
  });

  test('behind a damaged header the next sound one is found, and the gap is named', () => {
    const tar = writeTar([
      { name: 'a', data: 'a'.repeat(700) },
      { name: 'b', data: 'b'.repeat(700) },
      { name: 'c', data: 'c' },
    ]);
    tar[1536 + 3] ^= 1;
    const { texts, skipped } = unpacked(tar);
    expect(texts).toEqual({ 'in/a': 'a'.repeat(700), 'in/c': 'c' });
    expect(skipped).toEqual([
      {
        path: 'in',
        reason: 'damaged',
        detail: 'tar header damaged at byte 1536, continued at byte 3072',
      },
    ]);
  });

  test('a damaged first header does not hide the tar', () => {
    const tar = writeTar([
      { name: 'a', data: '1' },
      { name: 'b', data: '2' },
    ]);
    tar[0] ^= 1;
    expect(unpacked(tar).texts).toEqual({ 'in/b': '2' });
    expect(unpacked(tar).skipped[0].detail).toContain('tar header damaged at byte 0');
  });

  test('cut off at any byte it never stays silent', () => {
    const tar = writeTar([
      { name: 'L', type: 'L', data: 'long name\0' },
      { name: 'a', data: 'a'.repeat(600) },
      { name: 'b', data: 'b' },
    ]);
    const lastNeeded = tar.length - 1024;
    for (let length = 512; length < tar.length; length += length < 2000 ? 1 : 37) {
      const { files, skipped } = unpacked(tar.subarray(0, length));
      const told = skipped.length + files.filter(({ damage }) => damage !== null).length;
      if (length <= lastNeeded) expect(told).toBe(1);
      for (const { path, bytes } of files) {
        expect((path.endsWith('b') ? 'b' : 'a'.repeat(600)).startsWith(bytes.toString())).toBe(
          true,
        );
      }
    }
  });

  test('slices of any length give what the whole gives, packed or not', () => {
    const tar = writeTar([
      { name: 'x', type: 'x', data: paxRecord('path', LONG) },
      { name: 'x', data: zlib.gzipSync('inner') },
      { name: 'plain', data: 'p'.repeat(3000) },
      { name: 'link', type: '2' },
      { name: 'none', data: '' },
    ]);
    const expected = unpacked(tar);
    expect(expected.texts).toEqual({
      [`in/${LONG}`]: 'inner',
      'in/plain': 'p'.repeat(3000),
      'in/none': '',
    });
    const packed = zlib.gzipSync(tar);
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 1500 }), { minLength: 1, maxLength: 5 }),
        (lengths) => {
          for (const bytes of [tar, packed]) {
            const sink = unpackedInChunks(bytes, lengths);
            expect(sink.texts).toEqual(expected.texts);
            expect(sink.skipped).toEqual(expected.skipped);
          }
        },
      ),
    );
  });

  test('random changes never hang it and never lose the order of calls', () => {
    const tar = writeTar([
      { name: 'x', type: 'x', data: paxRecord('path', 'p') },
      { name: 'a', data: 'a'.repeat(600) },
      { name: 'b', data: 'b', base256: true },
    ]);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(tar.length - 1), fc.nat(255)), { maxLength: 6 }),
        (changes) => {
          const changed = Buffer.from(tar);
          for (const [at, byte] of changes) changed[at] = byte;
          expect(unpacked(changed).isClosed).toBe(true);
        },
      ),
      { numRuns: 1000 },
    );
  });
});
