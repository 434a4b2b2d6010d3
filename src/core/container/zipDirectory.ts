import {
  CENTRAL_HEADER,
  CENTRAL_HEADER_BYTES,
  centralHeaderLength,
  END_RECORD,
  END_RECORD_BYTES,
  parseCentralHeader,
  u16,
  u32,
  u64,
  ZIP64_END_RECORD,
  ZIP64_END_RECORD_BYTES,
  ZIP64_LOCATOR,
  ZIP64_LOCATOR_BYTES,
} from './zip';
import type { ZipEntry } from './zip';

/** A stretch of the file that is asked for. */
export interface ByteRange {
  readonly offset: number;
  readonly length: number;
}

/** An entry and the stretch of the file that only it may use: from its local header to the next entry's. */
export interface ZipMember {
  readonly entry: ZipEntry;
  readonly range: ByteRange;
}

const MAX_COMMENT = 65535;

interface Directory extends ByteRange {
  /** By how much all offsets are short: bytes were put in front of the zip. */
  readonly shift: number;
}

/**
 * Finds and reads a zip's directory, the truth about its entries. Asks for ranges and is given their bytes, so that the
 * file may lie in memory or on a disk. Returns the members in the order of their places, or null when the directory is
 * damaged. No two members share bytes, so an overlapping (hostile) zip cannot unpack to more than its size allows.
 */
export function* readZipDirectory(
  fileSize: number,
): Generator<ByteRange, ZipMember[] | null, Uint8Array> {
  const directory = yield* findDirectory(fileSize);
  if (directory === null) return null;
  const bytes = yield directory;
  const entries: ZipEntry[] = [];
  for (let at = 0; at < bytes.length;) {
    if (at + CENTRAL_HEADER_BYTES > bytes.length || u32(bytes, at) !== CENTRAL_HEADER) return null;
    const next = at + centralHeaderLength(bytes, at);
    if (next > bytes.length) return null;
    entries.push(parseCentralHeader(bytes, at));
    at = next;
  }
  return toMembers(entries, directory);
}

function toMembers(entries: ZipEntry[], directory: Directory): ZipMember[] {
  const byPlace = entries.toSorted((a, b) => a.offset - b.offset);
  return byPlace.map((entry, i) => {
    const offset = Math.min(entry.offset + directory.shift, directory.offset);
    const next =
      i + 1 < byPlace.length ? byPlace[i + 1].offset + directory.shift : directory.offset;
    return {
      entry,
      range: { offset, length: Math.max(0, Math.min(next, directory.offset) - offset) },
    };
  });
}

function* findDirectory(fileSize: number): Generator<ByteRange, Directory | null, Uint8Array> {
  const tailLength = Math.min(fileSize, MAX_COMMENT + END_RECORD_BYTES + ZIP64_LOCATOR_BYTES);
  const tailOffset = fileSize - tailLength;
  const tail = yield { offset: tailOffset, length: tailLength };
  const at = findEndRecord(tail);
  if (at < 0) return null;
  const locator = at - ZIP64_LOCATOR_BYTES;
  if (locator >= 0 && u32(tail, locator) === ZIP64_LOCATOR) {
    const offset = u64(tail, locator + 8);
    if (offset + ZIP64_END_RECORD_BYTES > fileSize) return null;
    const record = yield { offset, length: ZIP64_END_RECORD_BYTES };
    if (u32(record, 0) !== ZIP64_END_RECORD) return null;
    return place(u64(record, 40), u64(record, 48), offset);
  }
  return place(u32(tail, at + 12), u32(tail, at + 16), tailOffset + at);
}

/** The directory ends where its end record begins, wherever its offset says that it begins. */
function place(length: number, offset: number, end: number): Directory | null {
  const shift = end - length - offset;
  return length > end || shift < 0 ? null : { offset: end - length, length, shift };
}

/** The last end record whose comment reaches just to the file's end; else the last one at all. */
function findEndRecord(tail: Uint8Array): number {
  let last = -1;
  for (let at = tail.length - END_RECORD_BYTES; at >= 0; at--) {
    if (u32(tail, at) !== END_RECORD) continue;
    if (at + END_RECORD_BYTES + u16(tail, at + 20) === tail.length) return at;
    if (last < 0) last = at;
  }
  return last;
}
