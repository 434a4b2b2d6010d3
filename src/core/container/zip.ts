import { decodeName } from './decodeName';
import type { UnreadableReason } from './byteReceiver';

/** Record signatures and fixed lengths of APPNOTE.TXT 6.3.10, 4.3. */
export const LOCAL_HEADER = 0x04034b50;
export const LOCAL_HEADER_BYTES = 30;
export const CENTRAL_HEADER = 0x02014b50;
export const CENTRAL_HEADER_BYTES = 46;
export const DATA_DESCRIPTOR = 0x08074b50;
export const END_RECORD = 0x06054b50;
export const END_RECORD_BYTES = 22;
export const ZIP64_END_RECORD = 0x06064b50;
export const ZIP64_END_RECORD_BYTES = 56;
export const ZIP64_LOCATOR = 0x07064b50;
export const ZIP64_LOCATOR_BYTES = 20;

const ENCRYPTED = 1 | (1 << 6);
const HAS_DESCRIPTOR = 1 << 3;
const ZIP64_EXTRA = 1;
const UNKNOWN_32 = 0xffffffff;
const STORED = 0;
export const DEFLATED = 8;
const METHODS: Record<number, string> = {
  1: 'Shrink',
  6: 'Implode',
  9: 'Deflate64',
  12: 'bzip2',
  14: 'LZMA',
  93: 'Zstandard',
  95: 'xz',
  98: 'PPMd',
};
const AES = 99;

/** One entry as its header tells it. Sizes in bytes. */
export interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly isEncrypted: boolean;
  /** CRC-32 and sizes follow the data in a descriptor; what stands here may be 0. */
  readonly hasDescriptor: boolean;
  readonly crc: number;
  readonly compressedSize: number;
  readonly size: number;
  /** Where its local header lies; 0 for an entry read from that header. */
  readonly offset: number;
}

export function u16(bytes: Uint8Array, at: number): number {
  return bytes[at] | (bytes[at + 1] << 8);
}

export function u32(bytes: Uint8Array, at: number): number {
  return (u16(bytes, at) | (u16(bytes, at + 2) << 16)) >>> 0;
}

/** Rounded above 2^53; every use compares with a real length. */
export function u64(bytes: Uint8Array, at: number): number {
  return u32(bytes, at) + u32(bytes, at + 4) * 2 ** 32;
}

export function isZip(bytes: Uint8Array, at: number, end: number): boolean {
  if (end - at < 4) return false;
  const signature = u32(bytes, at);
  return signature === LOCAL_HEADER || signature === END_RECORD;
}

/** Length of the local header at `at`, of which 30 bytes are there. */
export function localHeaderLength(bytes: Uint8Array, at: number): number {
  return LOCAL_HEADER_BYTES + u16(bytes, at + 26) + u16(bytes, at + 28);
}

export function parseLocalHeader(bytes: Uint8Array, at: number): ZipEntry {
  return parseEntry(
    bytes,
    at + 6,
    at + LOCAL_HEADER_BYTES,
    u16(bytes, at + 26),
    u16(bytes, at + 28),
    0,
  );
}

export function centralHeaderLength(bytes: Uint8Array, at: number): number {
  const variable = u16(bytes, at + 28) + u16(bytes, at + 30) + u16(bytes, at + 32);
  return CENTRAL_HEADER_BYTES + variable;
}

export function parseCentralHeader(bytes: Uint8Array, at: number): ZipEntry {
  const nameAt = at + CENTRAL_HEADER_BYTES;
  const offset = u32(bytes, at + 42);
  return parseEntry(bytes, at + 8, nameAt, u16(bytes, at + 28), u16(bytes, at + 30), offset);
}

/** `at`: the flags, from where both headers run alike. */
function parseEntry(
  bytes: Uint8Array,
  at: number,
  nameAt: number,
  nameLength: number,
  extraLength: number,
  offset: number,
): ZipEntry {
  const flags = u16(bytes, at);
  const method = u16(bytes, at + 2);
  const [size, compressedSize, place] = widen(
    [u32(bytes, at + 16), u32(bytes, at + 12), offset],
    bytes,
    nameAt + nameLength,
    nameAt + nameLength + extraLength,
  );
  return {
    name: decodeName(bytes, nameAt, nameAt + nameLength),
    method,
    isEncrypted: (flags & ENCRYPTED) !== 0 || method === AES,
    hasDescriptor: (flags & HAS_DESCRIPTOR) !== 0,
    crc: u32(bytes, at + 8),
    compressedSize,
    size,
    offset: place,
  };
}

/** ZIP64: each value of 0xFFFFFFFF stands, in this order, in 8 bytes of the extra field (4.5.3). */
function widen(values: number[], bytes: Uint8Array, extraAt: number, extraEnd: number): number[] {
  for (let at = extraAt; at + 4 <= extraEnd; at += 4 + u16(bytes, at + 2)) {
    if (u16(bytes, at) !== ZIP64_EXTRA) continue;
    let next = at + 4;
    const end = Math.min(next + u16(bytes, at + 2), extraEnd);
    return values.map((value) => {
      if (value !== UNKNOWN_32 || next + 8 > end) return value;
      next += 8;
      return u64(bytes, next - 8);
    });
  }
  return values;
}

export function isDirectory(entry: ZipEntry): boolean {
  return entry.size === 0 && /[/\\]$/.test(entry.name);
}

/** Why the entry cannot be read at all; null when it can. */
export function whyUnreadable(entry: ZipEntry): [UnreadableReason, string] | null {
  if (entry.isEncrypted) return ['encrypted', 'protected by a password'];
  if (entry.method === STORED || entry.method === DEFLATED) return null;
  const method = METHODS[entry.method] ?? `method ${entry.method}`;
  return ['not a log file', `compressed by ${method}, which only other programs unpack`];
}
