import type { ByteReceiver } from './byteReceiver';
import { Delivery, TooLarge, UNPACK_LIMITS } from './fileSink';
import type { FileSink, UnpackLimits } from './fileSink';
import { Layer, Members } from './layer';
import type { ArchiveMember } from './plan';
import { isDirectory, isZip, whyUnreadable } from './zip';
import { readZipDirectory } from './zipDirectory';
import type { ZipMember } from './zipDirectory';
import { ZipMemberReader } from './zipMember';
import { ZipReader } from './zipReader';

/**
 * Delivers every file inside the dropped file `path`, whose contents are `bytes`: gzip, zip and tar, nested in any order up to
 * six deep, told by first bytes and never by name; anything else is delivered as it is. A file that unpacks to no more
 * than 8 MB arrives in one piece. Never throws for what the bytes hold.
 */
export function unpack(
  path: string,
  bytes: Uint8Array,
  sink: FileSink,
  limits: UnpackLimits = UNPACK_LIMITS,
): void {
  if (isZip(bytes, 0, bytes.length)) {
    const delivery = new Delivery(sink, limits);
    delivery.take(bytes.length);
    guarded(path, delivery, () => unpackZip(path, bytes, delivery));
    return;
  }
  const unpacker = new Unpacker(path, sink, limits);
  unpacker.push(bytes);
  unpacker.finish();
}

/** One member of an archive, as the planners in plan.ts cut it out: `bytes` are its range. */
export function unpackMember(
  member: ArchiveMember,
  bytes: Uint8Array,
  sink: FileSink,
  limits: UnpackLimits = UNPACK_LIMITS,
): void {
  const unpacker = new Unpacker(member, sink, limits);
  unpacker.push(bytes);
  unpacker.finish();
}

/**
 * The same for a file too large for memory, given in consecutive slices of any length: holds at most 8 MB a layer.
 * A zip is read here entry by entry; the way over its directory is planZip.
 */
export class Unpacker {
  private readonly delivery: Delivery;
  private readonly root: ByteReceiver;
  private readonly path: string;
  /** Bytes that must still come, where that is known. */
  private missing = 0;
  private isStopped = false;

  constructor(
    source: string | ArchiveMember,
    sink: FileSink,
    limits: UnpackLimits = UNPACK_LIMITS,
  ) {
    this.delivery = new Delivery(sink, limits);
    if (typeof source === 'string') {
      this.path = source;
      this.root = new Layer(source, this.delivery, 0);
      return;
    }
    this.path = source.path;
    const contents = new Layer(source.path, this.delivery, 1);
    this.root = source.entry === null ? contents : new ZipMemberReader(source.entry, contents);
    if (source.entry === null) this.missing = source.range.length;
  }

  push(chunk: Uint8Array): void {
    if (this.isStopped) return;
    this.delivery.take(chunk.length);
    this.missing -= chunk.length;
    this.isStopped = guarded(this.path, this.delivery, () =>
      this.root.push(chunk, 0, chunk.length),
    );
  }

  finish(): void {
    if (this.isStopped) return;
    const damage = this.missing > 0 ? `cut off, ${this.missing} bytes short` : null;
    this.isStopped = guarded(this.path, this.delivery, () => this.root.finish(damage));
  }
}

/** Runs `work`; true when it was stopped because too much came out. */
function guarded(path: string, delivery: Delivery, work: () => void): boolean {
  try {
    work();
    return false;
  } catch (error) {
    if (!(error instanceof TooLarge)) throw error;
    const { openPath } = delivery;
    if (openPath !== null) delivery.close(error.message);
    if (openPath !== path) delivery.skip(path, 'too large', error.message);
    return true;
  }
}

function unpackZip(path: string, bytes: Uint8Array, delivery: Delivery): void {
  const members = new Members(path, delivery, 1);
  const found = zipMembersOf(bytes);
  if (found === null) {
    const reader = new ZipReader(members);
    reader.push(bytes, 0, bytes.length);
    reader.finish('zip directory damaged, entries read one after the other');
    return;
  }
  for (const { entry, range } of found) {
    if (isDirectory(entry)) continue;
    const unreadable = whyUnreadable(entry);
    if (unreadable !== null) {
      members.skip(entry.name, ...unreadable);
      continue;
    }
    const reader = new ZipMemberReader(entry, members.member(entry.name));
    reader.push(bytes, range.offset, range.offset + range.length);
    reader.finish(null);
  }
  members.end();
}

function zipMembersOf(bytes: Uint8Array): ZipMember[] | null {
  const reading = readZipDirectory(bytes.length);
  let step = reading.next();
  while (step.done !== true) {
    const { offset, length } = step.value;
    step = reading.next(bytes.subarray(offset, offset + length));
  }
  return step.value;
}
