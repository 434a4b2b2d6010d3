import { EMPTY_ARCHIVE, memberPath } from './layer';
import type { UnreadableReason } from './byteReceiver';
import { paddedSize, TAR_BLOCK, TarHeaders } from './tar';
import { isDirectory, whyUnreadable } from './zip';
import type { ZipEntry } from './zip';
import { readZipDirectory } from './zipDirectory';
import type { ByteRange } from './zipDirectory';

/**
 * One member of a large archive, cut out so that any reader can unpack it alone: give the bytes of `range` to unpackMember, or
 * slice by slice to an Unpacker made from the member. Plain data, safe to post to a worker.
 */
export interface ArchiveMember {
  readonly path: string;
  /** Its bytes in the archive: a tar member's data; a zip member from its local header on. */
  readonly range: ByteRange;
  /** What the zip's directory says; null for a tar's member. */
  readonly entry: ZipEntry | null;
}

/** An archive's members in the order of their places, and the entries that cannot be read at all. */
export interface ArchivePlan {
  readonly members: readonly ArchiveMember[];
  readonly skipped: readonly {
    readonly path: string;
    readonly reason: UnreadableReason;
    readonly detail: string;
  }[];
}

/** A plan of one slice of a tar. */
export interface TarPlan extends ArchivePlan {
  /** Where the next slice must begin: behind the last member's data, which may lie far behind this slice. */
  readonly next: number;
}

/** Random access to a file. A read behind its end gives fewer bytes. */
export interface ByteSource {
  readonly size: number;
  read(offset: number, length: number): Promise<Uint8Array>;
}

/** So large a slice of a tar holds any PAX header and hundreds of members; the readers wait no longer than 10 ms for the first. */
export const TAR_SLICE_BYTES = 4 << 20;

/**
 * Walks the headers in one slice of the tar `path`, which begins at byte `offset` of the file. Begin with offset 0 and go on
 * at `next` until it reaches the file's end. `isLast`: the slice reaches the file's end. Slices must be longer than 1 MB
 * where the file is. The data of the last member may reach over the slice's end: read its range for itself.
 */
export function planTar(path: string, slice: Uint8Array, offset: number, isLast: boolean): TarPlan {
  const headers = new TarHeaders();
  const plan = new PlanBuilder(path);
  let at = 0;
  let next = 0;
  let damagedFrom = -1;
  let isEnded = false;
  const endDamage = () => {
    if (damagedFrom >= 0) plan.damaged(`tar header damaged at byte ${damagedFrom}`);
    damagedFrom = -1;
  };
  while (at + TAR_BLOCK <= slice.length) {
    const header = headers.read(slice, at);
    const data = at + TAR_BLOCK;
    if (header.kind === 'damaged') {
      if (damagedFrom < 0) damagedFrom = offset + at;
      next = at = data;
      continue;
    }
    endDamage();
    at = data + paddedSize(header.size);
    isEnded = header.kind === 'zeros';
    if (header.kind === 'meta') {
      if (at > slice.length) break;
      headers.readMeta(slice, data, data + header.size);
      continue;
    }
    next = at;
    const range = { offset: offset + data, length: header.size };
    if (header.kind === 'file') plan.member(header.name, range, null);
    if (header.kind === 'other') plan.skip(header.name, 'not a log file', header.what);
  }
  endDamage();
  if (isLast && next <= slice.length && !(isEnded && next === slice.length)) {
    plan.damaged(
      `tar cut off at byte ${offset + slice.length}, before its end mark: members may be missing`,
    );
  }
  return { ...plan.finish(isLast && offset === 0), next: offset + next };
}

/** The members of the zip `path` as its directory tells them; null when the directory is damaged (use an Unpacker then). */
export async function planZip(path: string, source: ByteSource): Promise<ArchivePlan | null> {
  const reading = readZipDirectory(source.size);
  let step = reading.next();
  while (step.done !== true) {
    step = reading.next(await source.read(step.value.offset, step.value.length));
  }
  if (step.value === null) return null;
  const plan = new PlanBuilder(path);
  for (const { entry, range } of step.value) {
    if (isDirectory(entry)) continue;
    const unreadable = whyUnreadable(entry);
    if (unreadable === null) plan.member(entry.name, range, entry);
    else plan.skip(entry.name, ...unreadable);
  }
  return plan.finish(true);
}

/**
 * Members whose ranges follow closely, in groups of up to `groupBytes` bytes from the first range's beginning to the last one's
 * end, so that a group is one read and one transfer; a larger member is a group of its own.
 */
export function groupMembers(
  members: readonly ArchiveMember[],
  groupBytes: number,
): ArchiveMember[][] {
  const groups: ArchiveMember[][] = [];
  let begin = 0;
  for (const member of members) {
    const end = member.range.offset + member.range.length;
    if (groups.length === 0 || end - begin > groupBytes) {
      groups.push([]);
      begin = member.range.offset;
    }
    groups[groups.length - 1].push(member);
  }
  return groups;
}

/** From the first byte of members that lie side by side to behind the last one. */
export function spanOf(members: readonly ArchiveMember[]): { from: number; to: number } {
  const last = members[members.length - 1].range;
  return { from: members[0].range.offset, to: last.offset + last.length };
}

class PlanBuilder {
  private readonly members: ArchiveMember[] = [];
  private readonly skipped: { path: string; reason: UnreadableReason; detail: string }[] = [];

  constructor(private readonly archive: string) {}

  member(name: string, range: ByteRange, entry: ZipEntry | null): void {
    this.members.push({ path: memberPath(this.archive, name), range, entry });
  }

  skip(name: string, reason: UnreadableReason, detail: string): void {
    this.skipped.push({ path: memberPath(this.archive, name), reason, detail });
  }

  damaged(detail: string): void {
    this.skip('', 'damaged', detail);
  }

  finish(isWholeArchive: boolean): ArchivePlan {
    if (isWholeArchive && this.members.length + this.skipped.length === 0) {
      this.skip('', 'not a log file', EMPTY_ARCHIVE);
    }
    return { members: this.members, skipped: this.skipped };
  }
}
