import type { ByteInput } from './byteInput';
import {
  buildTable,
  DISTANCE_ROOM,
  DISTANCE_SYMBOLS,
  LENGTH_SYMBOLS,
  LITERAL_ROOM,
  LITERAL_SYMBOLS,
  pairLiterals,
  VALUE_SHIFT,
} from './huffmanTable';

const LITERAL_BITS = 10;
/** Building tables is most of the work for a short block: smaller ones where less than this is left. */
const SHORT_INPUT = 6144;
const SHORT_LITERAL_BITS = 9;
export const DISTANCE_BITS = 8;
const LENGTH_BITS = 7;
const LENGTH_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
const FIXED_LENGTHS = Uint8Array.from({ length: 320 }, (_, symbol) => {
  if (symbol >= 288) return 5;
  return symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8;
});
const UNSOUND = 'has codes that are no prefix code';

/** The two prefix codes of a deflate block, as decoding tables (RFC 1951, 3.2.6 and 3.2.7). */
export class BlockCodes {
  readonly literals = new Int32Array(LITERAL_ROOM);
  readonly distances = new Int32Array(DISTANCE_ROOM);
  /** Index bits of the literals' first level. */
  literalBits = LITERAL_BITS;
  /** Whether the block can write a byte 0x7F or 0xFF as a literal. */
  hasNaNBytes = false;
  private readonly lengthTable = new Int32Array(1 << LENGTH_BITS);
  private readonly lengths = new Uint8Array(320);

  /** The codes of a block of type 1. Returns what is wrong, or ''. */
  setFixed(input: ByteInput): string {
    this.lengths.set(FIXED_LENGTHS);
    return this.build(288, 32, input);
  }

  /** The codes at the beginning of a block of type 2. Returns what is wrong, or ''. */
  read(input: ByteInput): string {
    const literals = input.takeBits(5) + 257;
    const distances = input.takeBits(5) + 1;
    if (literals > 286 || distances > 30) return 'has too many codes';
    const count = input.takeBits(4) + 4;
    const { lengths, lengthTable } = this;
    lengths.fill(0, 0, LENGTH_ORDER.length);
    for (let i = 0; i < count; i++) lengths[LENGTH_ORDER[i]] = input.takeBits(3);
    const isSound =
      buildTable(lengthTable, LENGTH_BITS, LENGTH_SYMBOLS, lengths, 0, LENGTH_ORDER.length) &&
      this.readLengths(input, literals + distances);
    return isSound ? this.build(literals, distances, input) : UNSOUND;
  }

  /** The lengths of both alphabets in one run, repeats written short. */
  private readLengths(input: ByteInput, total: number): boolean {
    const { lengths, lengthTable } = this;
    for (let i = 0; i < total;) {
      if (input.position > input.end) return false;
      const word = input.view.getInt32(input.position, true) >>> input.bit;
      const entry = lengthTable[word & ((1 << LENGTH_BITS) - 1)];
      if (entry < 0) return false;
      input.dropBits(entry & 31);
      const symbol = entry >>> VALUE_SHIFT;
      if (symbol < 16) {
        lengths[i++] = symbol;
        continue;
      }
      if (symbol === 16 && i === 0) return false;
      const value = symbol === 16 ? lengths[i - 1] : 0;
      const next = i + repeatOf(symbol, input);
      if (next > total) return false;
      lengths.fill(value, i, next);
      i = next;
    }
    return true;
  }

  private build(literals: number, distances: number, input: ByteInput): string {
    const { lengths } = this;
    const isShort = input.available < SHORT_INPUT;
    this.literalBits = isShort ? SHORT_LITERAL_BITS : LITERAL_BITS;
    this.hasNaNBytes = lengths[0x7f] > 0 || lengths[0xff] > 0;
    const all = literals + distances;
    const isSound =
      lengths[256] > 0 &&
      buildTable(this.literals, this.literalBits, LITERAL_SYMBOLS, lengths, 0, literals) &&
      buildTable(this.distances, DISTANCE_BITS, DISTANCE_SYMBOLS, lengths, literals, all);
    if (isSound && !isShort) pairLiterals(this.literals, this.literalBits);
    return isSound ? '' : UNSOUND;
  }
}

function repeatOf(symbol: number, input: ByteInput): number {
  if (symbol === 16) return 3 + input.takeBits(2);
  return symbol === 17 ? 3 + input.takeBits(3) : 11 + input.takeBits(7);
}
