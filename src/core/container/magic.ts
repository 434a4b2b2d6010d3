import { isGzip } from './gzip';
import { isTar, TAR_BLOCK } from './tar';
import { isZip } from './zip';

/** So many first bytes decide what a file is. */
export const HEAD_BYTES = TAR_BLOCK;

/** `PAR1` */
const PARQUET = [0x50, 0x41, 0x52, 0x31];

/** Packings and folder settings that hold no log as they are, by their first bytes. */
const FOREIGN: readonly (readonly [number[], string])[] = [
  [[0x28, 0xb5, 0x2f, 0xfd], 'compressed with Zstandard (.zst); unpack it first'],
  [[0xfd, 0x37, 0x7a, 0x58, 0x5a, 0], 'compressed with xz; unpack it first'],
  [[0x42, 0x5a, 0x68, 0x39, 0x31, 0x41, 0x59], 'compressed with bzip2; unpack it first'],
  [[0x04, 0x22, 0x4d, 0x18], 'compressed with LZ4; unpack it first'],
  [[0xff, 0x06, 0, 0, 0x73, 0x4e, 0x61], 'compressed with Snappy; unpack it first'],
  [[0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], 'a 7z archive; unpack it first'],
  [[0x52, 0x61, 0x72, 0x21, 0x1a, 0x07], 'a RAR archive; unpack it first'],
  [[0, 0x05, 0x16, 0x07], 'metadata of macOS (AppleDouble)'],
  [[0, 0, 0, 1, 0x42, 0x75, 0x64, 0x31], 'folder settings of macOS (.DS_Store)'],
];

/** What bytes[start, end), a file's beginning, show it to be; 'plain' when nothing is known about it. */
export function packingOf(
  bytes: Uint8Array,
  start: number,
  end: number,
): 'gzip' | 'zip' | 'tar' | 'parquet' | 'plain' | { readonly foreign: string } {
  if (isGzip(bytes, start, end)) return 'gzip';
  if (isZip(bytes, start, end)) return 'zip';
  if (isTar(bytes, start, end)) return 'tar';
  const begins = (magic: readonly number[]) =>
    magic.every((byte, i) => start + i < end && bytes[start + i] === byte);
  if (begins(PARQUET)) return 'parquet';
  for (const [magic, foreign] of FOREIGN) if (begins(magic)) return { foreign };
  return 'plain';
}
