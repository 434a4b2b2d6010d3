import zlib from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { groupMembers, planTar, planZip } from '../../../src/core/container/plan';
import type { ArchiveMember, ArchivePlan } from '../../../src/core/container/plan';
import { Unpacker, unpackMember } from '../../../src/core/container/unpack';
import { paxRecord, writeTar } from '../../support/tarWriter';
import type { TarMember } from '../../support/tarWriter';
import { writeZip } from '../../support/zipWriter';
import { RecordingSink } from './recordingSink';
import { unpacked } from './unpacked';

const LOG = '{"Records":[{"eventName":"GetItem"}]}';
const part = (bytes: Buffer, { range }: ArchiveMember) =>
  bytes.subarray(range.offset, range.offset + range.length);

/** Plans a tar as a client does: slice after slice, each beginning where the plan before said. */
function planWholeTar(tar: Buffer, sliceBytes: number): ArchivePlan {
  const members: ArchiveMember[] = [];
  const skipped: ArchivePlan['skipped'][number][] = [];
  for (let offset = 0; offset < tar.length;) {
    const slice = tar.subarray(offset, offset + sliceBytes);
    const plan = planTar('in', slice, offset, offset + sliceBytes >= tar.length);
    members.push(...plan.members);
    skipped.push(...plan.skipped);
    if (plan.next === offset || slice.length < sliceBytes) break;
    offset = plan.next;
  }
  return { members, skipped };
}

function unpackPlan(bytes: Buffer, plan: ArchivePlan): RecordingSink {
  const sink = new RecordingSink();
  for (const member of plan.members) unpackMember(member, part(bytes, member), sink);
  for (const { path, reason, detail } of plan.skipped) sink.skip(path, reason, detail);
  return sink;
}

const tarMembers: fc.Arbitrary<TarMember[]> = fc
  .array(
    fc.record({
      length: fc.integer({ min: 0, max: 3000 }),
      isPacked: fc.boolean(),
      hasPax: fc.boolean(),
      type: fc.constantFrom('0', '0', '0', '2', '5'),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((all) =>
    all.flatMap(({ length, isPacked, hasPax, type }, i): TarMember[] => {
      const text = LOG + 'x'.repeat(length);
      const data = type === '0' ? (isPacked ? zlib.gzipSync(text) : text) : '';
      const member = { name: `m${i}`, data, type };
      const pax = { name: 'pax', type: 'x', data: paxRecord('path', `long/m${i}`) };
      return hasPax ? [pax, member] : [member];
    }),
  );

describe('planTar', () => {
  test('cuts out what unpack delivers, for slices of any length', () => {
    fc.assert(
      fc.property(tarMembers, fc.integer({ min: 1536, max: 9000 }), (members, sliceBytes) => {
        const tar = writeTar(members);
        const whole = unpacked(tar);
        const sink = unpackPlan(tar, planWholeTar(tar, sliceBytes));
        expect(sink.texts).toEqual(whole.texts);
        expect(sink.files.filter(({ damage }) => damage !== null)).toEqual([]);
        const byPath = (a: { path: string }, b: { path: string }) => (a.path < b.path ? -1 : 1);
        const ofMembers = ({ skipped }: RecordingSink) =>
          skipped.filter(({ detail }) => detail !== 'an archive without files').sort(byPath);
        expect(ofMembers(sink)).toEqual(ofMembers(whole));
      }),
      { numRuns: 200 },
    );
  });

  test('jumps over the data of a member that reaches over the slice', () => {
    const tar = writeTar([
      { name: 'big', data: 'b'.repeat(100000) },
      { name: 'next', data: 'n' },
    ]);
    const { members, next } = planTar('in', tar.subarray(0, 2048), 0, false);
    expect(members).toEqual([
      { path: 'in/big', range: { offset: 512, length: 100000 }, entry: null },
    ]);
    expect(next).toBe(512 + 100352);
    const rest = planTar('in', tar.subarray(next), next, true);
    expect(rest.members.map(({ path }) => path)).toEqual(['in/next']);
  });

  test('a member cut off by the file end says so', () => {
    const tar = writeTar([{ name: 'big', data: 'b'.repeat(100000) }]).subarray(0, 5000);
    const sink = unpackPlan(tar, planWholeTar(tar, 1 << 20));
    expect(sink.files).toMatchObject([{ path: 'in/big', damage: 'cut off, 95512 bytes short' }]);
  });

  test('names damage and a missing end mark', () => {
    const tar = writeTar([
      { name: 'a', data: 'a' },
      { name: 'b', data: 'b' },
      { name: 'c', data: 'c' },
    ]);
    tar[1024] ^= 1;
    const { members, skipped } = planWholeTar(tar.subarray(0, -1024), 1 << 20);
    expect(members.map(({ path }) => path)).toEqual(['in/a', 'in/c']);
    expect(skipped.map(({ detail }) => detail)).toEqual([
      'tar header damaged at byte 1024',
      'tar cut off at byte 3072, before its end mark: members may be missing',
    ]);
  });
});

describe('planZip', () => {
  const sourceOf = (bytes: Buffer) => ({
    size: bytes.length,
    read: async (offset: number, length: number) => bytes.subarray(offset, offset + length),
  });
  const zip = writeZip([
    { name: 'a.json.gz', data: zlib.gzipSync(LOG), stored: true },
    { name: 'folder/' },
    { name: 'secret', data: LOG, encrypted: true },
    { name: 'b.json', data: LOG.repeat(100), descriptor: true, zip64: true },
    { name: 'c.json', data: 'c', stored: true, descriptor: true },
  ]);

  test('cuts out what unpack delivers', async () => {
    const plan = await planZip('in', sourceOf(zip));
    const whole = unpacked(zip);
    const sink = unpackPlan(zip, plan!);
    expect(sink.files).toEqual(whole.files);
    expect(sink.skipped).toEqual(whole.skipped);
    expect(Object.keys(sink.texts)).toEqual(['in/a.json.gz', 'in/b.json', 'in/c.json']);
  });

  test('a member comes out the same from slices of its range', async () => {
    const { members } = (await planZip('in', sourceOf(zip)))!;
    for (const member of members) {
      const bytes = part(zip, member);
      const whole = new RecordingSink();
      unpackMember(member, bytes, whole);
      for (let chunk = 1; chunk < bytes.length; chunk += 3) {
        const sink = new RecordingSink();
        const unpacker = new Unpacker(member, sink);
        for (let at = 0; at < bytes.length; at += chunk)
          unpacker.push(bytes.subarray(at, at + chunk));
        unpacker.finish();
        expect(sink.texts).toEqual(whole.texts);
        expect(sink.files[0].damage).toBeNull();
      }
    }
  });

  test('a range that is given short is named', async () => {
    const { members } = (await planZip('in', sourceOf(zip)))!;
    const sink = new RecordingSink();
    unpackMember(members[1], part(zip, members[1]).subarray(0, 60), sink);
    expect(sink.files[0].damage).toMatch(/^zip entry cut off, \d+ compressed bytes short$/);
  });

  test('is null where the directory is damaged', async () => {
    expect(await planZip('in', sourceOf(zip.subarray(0, -30)))).toBeNull();
    expect(await planZip('in', sourceOf(Buffer.from(LOG)))).toBeNull();
    expect(await planZip('in', sourceOf(Buffer.alloc(0)))).toBeNull();
  });
});

test('groupMembers keeps the order, and no group of several spans more than asked for', () => {
  const lengths = fc.array(fc.integer({ min: 0, max: 500 }), { maxLength: 40 });
  fc.assert(
    fc.property(lengths, (all) => {
      let offset = 0;
      const members = all.map((length, i) => {
        const range = { offset: (offset += 512), length };
        offset += length;
        return { path: `${i}`, range, entry: null };
      });
      const groups = groupMembers(members, 1500);
      expect(groups.flat()).toEqual(members);
      for (const group of groups) {
        const { range } = group[group.length - 1];
        const span = range.offset + range.length - group[0].range.offset;
        expect(group.length === 1 || span <= 1500).toBe(true);
      }
    }),
  );
});
