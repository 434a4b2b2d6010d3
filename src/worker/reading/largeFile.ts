import { HEAD_BYTES, packingOf } from '../../core/container/magic';
import {
  groupMembers,
  planTar,
  planZip,
  spanOf,
  TAR_SLICE_BYTES,
  type ArchiveMember,
  type ArchivePlan,
} from '../../core/container/plan';
import { STOPPED } from '../../core/ledger';
import type { ReaderPool } from './readerPool';
import { release } from './release';
import { MembersSource, ParquetSource, type ReadSources, SlicesSource } from './readSources';
import { whyUnreadable, type SkippedFiles } from './skippedFiles';

/** Where the parts of a large file go: to the readers, or into the ledger. */
export interface LargeDestination {
  readonly pool: Pick<ReaderPool, 'members' | 'slices' | 'parquet' | 'isStopped' | 'leave'>;
  readonly skipped: SkippedFiles;
  /** Learns how to read them once more. */
  readonly sources: ReadSources;
}

/** Members travel in groups of this size, as small files do. */
const GROUP_BYTES = 1 << 20;
/** Holds any PAX header. */
const LEAST_TAR_SLICE = 1.25 * GROUP_BYTES;
/** A member larger than this goes in slices, as a file of this size does. */
const LARGE_MEMBER = 8 << 20;

/** Reads a large file in slices: an archive's members spread over all readers, anything else goes through one. */
export async function readLarge(
  path: string,
  file: File,
  destination: LargeDestination,
): Promise<void> {
  const first = await sliceOf(file, 0, LEAST_TAR_SLICE);
  const packing = packingOf(new Uint8Array(first), 0, Math.min(HEAD_BYTES, first.byteLength));
  if (packing === 'parquet') {
    const source = destination.sources.add(new ParquetSource(path, file));
    return destination.pool.parquet(path, file, source);
  }
  if (packing === 'tar') return readTar(path, file, first, destination);
  const plan = packing === 'zip' ? await planZip(path, byteSourceOf(file)) : null;
  if (plan === null) return readSlices(path, file, destination);
  skipAll(plan, destination);
  await readMembers(groupMembers(plan.members, GROUP_BYTES), file, destination);
}

/**
 * The next slice of a tar, given the bytes that are left: a reader takes it whole, so the last ones are smaller, for all
 * readers to end together.
 */
const sliceBytes = (left: number): number =>
  Math.min(TAR_SLICE_BYTES, Math.max(LEAST_TAR_SLICE, left / 16));

/** `first`: its first slice. The next one is on its way from disk while the members of this one are handed over. */
async function readTar(
  path: string,
  file: File,
  first: ArrayBuffer,
  destination: LargeDestination,
): Promise<void> {
  let slice = first;
  let offset = 0;
  for (;;) {
    if (destination.pool.isStopped) {
      const detail = `from byte ${offset} on: ${STOPPED}`;
      return destination.skipped.add(path, 'cancelled', detail);
    }
    const end = offset + slice.byteLength;
    const plan = planTar(path, new Uint8Array(slice), offset, end >= file.size);
    skipAll(plan, destination);
    const goesOn = end < file.size && plan.next < file.size;
    const next = goesOn ? sliceOf(file, plan.next, sliceBytes(file.size - plan.next)) : null;
    next?.catch(() => {});
    const isWhole = ({ range }: ArchiveMember) => range.offset + range.length <= end;
    const whole = plan.members.filter(isWhole);
    if (whole.length === 0) release(slice);
    else await passMembers(whole, slice, offset, file, destination);
    const cut = plan.members.filter((member) => !isWhole(member));
    await readMembers(
      cut.map((member) => [member]),
      file,
      destination,
    );
    if (next === null) return;
    offset = plan.next;
    try {
      slice = await next;
    } catch (error) {
      const detail = `from byte ${offset} on: ${whyUnreadable(error)}`;
      return destination.skipped.add(path, 'unreadable', detail);
    }
  }
}

/** The bytes of the next group are on their way while this one is handed over. */
async function readMembers(
  groups: readonly ArchiveMember[][],
  file: File,
  destination: LargeDestination,
): Promise<void> {
  let next = bytesOf(groups[0], file);
  for (const [i, group] of groups.entries()) {
    const bytes = next;
    next = bytesOf(groups[i + 1], file);
    if (destination.pool.isStopped) {
      destination.pool.leave(group);
      continue;
    }
    if (bytes === null) {
      const { from, to } = spanOf(group);
      await readSlices(group[0], file.slice(from, to), destination);
      continue;
    }
    try {
      await passMembers(group, await bytes, group[0].range.offset, file, destination);
    } catch (error) {
      const detail = whyUnreadable(error);
      for (const { path } of group) destination.skipped.add(path, 'unreadable', detail);
    }
  }
}

/** On their way from disk; null where they are too many for one message. */
function bytesOf(
  group: readonly ArchiveMember[] | undefined,
  file: File,
): Promise<ArrayBuffer> | null {
  if (group === undefined) return null;
  const { from, to } = spanOf(group);
  if (to - from > LARGE_MEMBER) return null;
  const bytes = sliceOf(file, from, to - from);
  bytes.catch(() => {});
  return bytes;
}

function passMembers(
  group: readonly ArchiveMember[],
  bytes: ArrayBuffer,
  offset: number,
  file: File,
  { pool, sources }: LargeDestination,
): Promise<void> {
  const source = sources.add(new MembersSource(file, group));
  return pool.members(bytes, offset, group, source);
}

async function readSlices(
  source: string | ArchiveMember,
  file: Blob,
  { pool, sources }: LargeDestination,
): Promise<void> {
  const noted = sources.add(new SlicesSource(source, file));
  await pool.slices(source, file, (spans, end) => noted.note(spans, end));
}

function skipAll({ skipped }: ArchivePlan, destination: LargeDestination): void {
  for (const { path, reason, detail } of skipped) destination.skipped.add(path, reason, detail);
}

const sliceOf = (file: Blob, from: number, length: number): Promise<ArrayBuffer> =>
  file.slice(from, from + length).arrayBuffer();

const byteSourceOf = (file: File) => ({
  size: file.size,
  read: async (offset: number, length: number) =>
    new Uint8Array(await sliceOf(file, offset, length)),
});
