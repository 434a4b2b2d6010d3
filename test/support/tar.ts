import { crc32 } from 'node:zlib';

/** Archives with the same bytes on every machine: fixed owner, mode and times, no compressor's choices. */

export interface TarMember {
  /** At most 155 + 100 characters, to be cut at a slash (the ustar form). */
  readonly name: string;
  readonly content: Uint8Array;
  readonly modifiedEpochSeconds: number;
}

const BLOCK = 512;

export function tarOf(members: Iterable<TarMember>): Buffer {
  const parts: Uint8Array[] = [];
  for (const member of members) {
    const { length } = member.content;
    parts.push(tarHeader(member), member.content, Buffer.alloc(-length & (BLOCK - 1)));
  }
  parts.push(Buffer.alloc(2 * BLOCK));
  return Buffer.concat(parts);
}

/** The 512-byte ustar header of a member. */
export function tarHeader({ name, content, modifiedEpochSeconds }: TarMember): Buffer {
  const header = Buffer.alloc(BLOCK);
  const cut = name.length > 100 ? name.lastIndexOf('/') : -1;
  const octal = (value: number, digits: number) => value.toString(8).padStart(digits, '0') + '\0';
  header.write(name.slice(cut + 1), 0);
  header.write(octal(0o644, 7) + octal(0, 7) + octal(0, 7), 100);
  header.write(octal(content.length, 11) + octal(modifiedEpochSeconds, 11), 124);
  header.write('        0', 148);
  header.write('ustar\x0000', 257);
  header.write(name.slice(0, Math.max(cut, 0)), 345);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(octal(sum, 6), 148);
  return header;
}

/** Deflate's largest stored block. */
const STORED_MAXIMUM = 65_535;

/** A gzip member of stored blocks: valid gzip that leaves the compressing to the archive around it. */
export function storedGzip(content: Uint8Array): Buffer {
  const parts: Uint8Array[] = [Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255])];
  for (let at = 0; at === 0 || at < content.length; at += STORED_MAXIMUM) {
    const block = content.subarray(at, at + STORED_MAXIMUM);
    const start = Buffer.alloc(5);
    start.writeUInt8(at + STORED_MAXIMUM >= content.length ? 1 : 0, 0);
    start.writeUInt16LE(block.length, 1);
    start.writeUInt16LE(block.length ^ 0xffff, 3);
    parts.push(start, block);
  }
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(crc32(content), 0);
  trailer.writeUInt32LE(content.length % 2 ** 32, 4);
  return Buffer.concat([...parts, trailer]);
}
