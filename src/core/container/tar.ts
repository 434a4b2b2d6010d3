import { decodeLatin1, decodeName } from './decodeName';

/** Everything in a tar lies on multiples of this. */
export const TAR_BLOCK = 512;
/** Longest PAX header or GNU long name believed. */
const MAX_META = 1 << 20;

const NAME = [0, 100];
const SIZE = [124, 136];
const CHECKSUM = [148, 156];
const TYPE = 156;
const MAGIC = 257;
const PREFIX = [345, 500];

/** What a header block announces. `size` bytes of data follow it, padded to whole blocks. */
export interface TarHeader {
  /** `meta`: its data speak about the next member. `other`: a link or device, `what` in words. */
  readonly kind: 'file' | 'directory' | 'meta' | 'other' | 'zeros' | 'damaged';
  readonly name: string;
  readonly size: number;
  readonly what: string;
}

const ZEROS: TarHeader = { kind: 'zeros', name: '', size: 0, what: '' };
const DAMAGED: TarHeader = { kind: 'damaged', name: '', size: 0, what: '' };

const OTHER: Record<string, string> = {
  '1': 'a hard link to another member',
  '2': 'a symbolic link',
  '3': 'a character device',
  '4': 'a block device',
  '6': 'a named pipe',
  S: 'a sparse file of GNU tar',
};

/** True when bytes[at, at + 512) are a tar header, sound or damaged. */
export function isTar(bytes: Uint8Array, at: number, end: number): boolean {
  if (end - at < TAR_BLOCK) return false;
  return hasChecksum(bytes, at) || decodeLatin1(bytes, at + MAGIC, at + MAGIC + 5) === 'ustar';
}

/**
 * Reads the header blocks of a tar one after the other: ustar, PAX (path, size) and GNU long names; both writers' number
 * formats; checksums verified.
 */
export class TarHeaders {
  private longName: string | null = null;
  private paxPath: string | null = null;
  private paxSize: number | null = null;
  private isSparse = false;
  private metaType = '';

  /** The header at bytes[at, at + 512). After one of kind `meta`, give its data to `readMeta`. */
  read(bytes: Uint8Array, at: number): TarHeader {
    if (isZeroBlock(bytes, at)) return ZEROS;
    const size = hasChecksum(bytes, at) ? parseNumber(bytes, at + SIZE[0], at + SIZE[1]) : -1;
    if (size < 0) return DAMAGED;
    const type = String.fromCharCode(bytes[at + TYPE]);
    if ('xgXLK'.includes(type)) {
      this.metaType = type;
      return size <= MAX_META ? { kind: 'meta', name: '', size, what: '' } : DAMAGED;
    }
    const header = this.member(bytes, at, type, size);
    this.forget();
    return header;
  }

  readMeta(bytes: Uint8Array, start: number, end: number): void {
    if (this.metaType === 'L') this.longName = decodeName(bytes, start, textEnd(bytes, start, end));
    if (this.metaType === 'x' || this.metaType === 'X') this.readPax(bytes, start, end);
  }

  private forget(): void {
    this.longName = this.paxPath = this.paxSize = null;
    this.isSparse = false;
  }

  private member(bytes: Uint8Array, at: number, type: string, ownSize: number): TarHeader {
    const name = this.paxPath ?? this.longName ?? headerName(bytes, at);
    const size = this.paxSize ?? ownSize;
    if (type === '5' || ('\0' === type && name.endsWith('/'))) {
      return { kind: 'directory', name, size: type === '5' ? 0 : size, what: '' };
    }
    if (this.isSparse) return { kind: 'other', name, size, what: OTHER.S };
    if (type === '1' || type === '2') return { kind: 'other', name, size: 0, what: OTHER[type] };
    const what = OTHER[type];
    return what === undefined
      ? { kind: 'file', name, size, what: '' }
      : { kind: 'other', name, size, what };
  }

  /** Records `length key=value\n`; stops at the first that is none. */
  private readPax(bytes: Uint8Array, start: number, end: number): void {
    for (let at = start; at < end;) {
      const space = bytes.indexOf(0x20, at);
      const length = Number(decodeLatin1(bytes, at, Math.min(space, at + 10)));
      const next = at + length;
      const equals = bytes.indexOf(0x3d, space);
      if (!(space > at && equals > space && equals < next && next <= end)) return;
      this.takePax(decodeLatin1(bytes, space + 1, equals), bytes, equals + 1, next - 1);
      at = next;
    }
  }

  private takePax(key: string, bytes: Uint8Array, start: number, end: number): void {
    if (key === 'path') this.paxPath = decodeName(bytes, start, end);
    if (key === 'GNU.sparse.name') this.paxPath = decodeName(bytes, start, end);
    if (key.startsWith('GNU.sparse.')) this.isSparse = true;
    const size = key === 'size' ? Number(decodeLatin1(bytes, start, end)) : -1;
    if (Number.isSafeInteger(size) && size >= 0) this.paxSize = size;
  }
}

/** `size` and its padding to whole blocks. */
export function paddedSize(size: number): number {
  return Math.ceil(size / TAR_BLOCK) * TAR_BLOCK;
}

function isZeroBlock(bytes: Uint8Array, at: number): boolean {
  for (let i = at; i < at + TAR_BLOCK; i++) if (bytes[i] !== 0) return false;
  return true;
}

/** Sum of the block's bytes with the checksum itself as spaces; old writers summed signed bytes. */
function hasChecksum(bytes: Uint8Array, at: number): boolean {
  const wanted = parseNumber(bytes, at + CHECKSUM[0], at + CHECKSUM[1]);
  if (wanted <= 0) return false;
  let sum = 8 * 0x20;
  let high = 0;
  for (let i = 0; i < TAR_BLOCK; i++) {
    if (i >= CHECKSUM[0] && i < CHECKSUM[1]) continue;
    sum += bytes[at + i];
    high += bytes[at + i] >> 7;
  }
  return sum === wanted || sum - 256 * high === wanted;
}

/** Octal digits between spaces and NULs, or base 256 behind a byte 0x80; -1 when it is neither or beyond 2^53. */
function parseNumber(bytes: Uint8Array, start: number, end: number): number {
  if (bytes[start] === 0x80) {
    let value = 0;
    for (let i = start + 1; i < end; i++) value = value * 256 + bytes[i];
    return Number.isSafeInteger(value) ? value : -1;
  }
  const digits = decodeLatin1(bytes, start, end).replace(/[\0 ][^]*$/, '');
  const text = digits === '' ? decodeLatin1(bytes, start, end).replace(/[\0 ]+/g, '') : digits;
  return /^[0-7]*$/.test(text) ? parseInt('0' + text, 8) : -1;
}

function headerName(bytes: Uint8Array, at: number): string {
  const name = decodeName(bytes, at + NAME[0], textEnd(bytes, at + NAME[0], at + NAME[1]));
  const isPosix = decodeLatin1(bytes, at + MAGIC, at + MAGIC + 6) === 'ustar\0';
  if (!isPosix || bytes[at + PREFIX[0]] === 0) return name;
  const prefixEnd = textEnd(bytes, at + PREFIX[0], at + PREFIX[1]);
  return `${decodeName(bytes, at + PREFIX[0], prefixEnd)}/${name}`;
}

/** The first NUL in bytes[start, end), or `end`. */
function textEnd(bytes: Uint8Array, start: number, end: number): number {
  const zero = bytes.indexOf(0, start);
  return zero < 0 || zero > end ? end : zero;
}
