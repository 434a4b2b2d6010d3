import type { ByteInput } from './byteInput';
import { crc32 } from './crc32';
import {
  buildTable,
  CODE_SHIFT,
  COUNT_SHIFT,
  DISTANCE_ROOM,
  DISTANCE_SYMBOLS,
  END_OF_BLOCK,
  LENGTH_SYMBOLS,
  LITERAL_ROOM,
  LITERAL_SYMBOLS,
  pairLiterals,
  SPECIAL,
  SUBTABLE,
  VALUE_SHIFT,
} from './huffmanTable';

/** A piece handed on is at most this long: a log file that unpacks to no more arrives in one piece. */
export const PIECE_BYTES = 8 << 20;
/** What a matching distance can reach back (RFC 1951, 2). */
const WINDOW = 32768;
/** An output buffer begins with room for the usual log file, and is kept. */
const FIRST_OUTPUT = 1 << 20;
/** One round of the decoding loop writes at most 4 + 258 bytes, and a copy runs up to 15 bytes over. */
const SLACK = 320;
/** Checked while still in the second-level cache. */
const CHECK_EVERY = 1 << 18;

/** The longest block header is 562 bytes; one round of the decoding loop reads at most 12. */
const HEADER_BYTES = 640;
const ROUND_BYTES = 16;

const LITERAL_BITS = 10;
/** Building tables is most of the work for a short block: smaller ones where less than this is left. */
const SHORT_INPUT = 6144;
const SHORT_LITERAL_BITS = 9;
const DISTANCE_BITS = 8;
const LENGTH_BITS = 7;
const LENGTH_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
const FIXED_LENGTHS = Uint8Array.from({ length: 320 }, (_, symbol) => {
  if (symbol >= 288) return 5;
  return symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8;
});

const HEADER = 0;
const STORED = 1;
const CODES = 2;
const DONE = 3;

const BAD_CODES = 'has codes that are no prefix code';

const AT_LIMIT = 0;
const BLOCK_ENDS = 1;
const BAD_CODE = 2;
const BAD_DISTANCE = 3;

export type InflateResult = 'more' | 'done' | 'damaged';

/** Receives unpacked bytes; they are valid only during the call. */
export type PieceReceiver = (bytes: Uint8Array, start: number, end: number) => void;

/**
 * Raw DEFLATE (RFC 1951) from a ByteInput to pieces, resumable at both ends: it stops where the input runs low and hands
 * a piece on where the output is full, keeping the 32 kB that later bytes may refer to. Faster in V8 than the browser's own
 * DecompressionStream because of 32-bit loads at any bit position, tables that yield two literals at once, and
 * copies of 8 bytes into a buffer with slack instead of a bounds check per byte.
 */
export class Inflater {
  /** CRC-32 and length of this stream's bytes so far; right once `run` has returned 'done' or 'damaged'. */
  crc = 0;
  size = 0;
  /** What is wrong, after 'damaged', with the byte offset in the source. */
  damage = '';

  private output = new Uint8Array(FIRST_OUTPUT + SLACK);
  private view = new DataView(this.output.buffer);
  private written = 0;
  private delivered = 0;
  private checked = 0;
  private windowStart = 0;
  private outputLimit = 0;
  /**
   * Whether copies may go through float64, 1.13 times as fast as two int32: an engine may change the bits of a NaN, and a
   * NaN's last byte is 0x7F or 0xFF. JSON text has neither, so true until a block has a code for one of them.
   */
  private hasNoNaN = true;

  private state = HEADER;
  private lastBlock = false;
  private storedLeft = 0;
  /** Bits already used of the input's next byte. */
  private bit = 0;
  private literalBits = LITERAL_BITS;
  private readonly literals = new Int32Array(LITERAL_ROOM);
  private readonly distances = new Int32Array(DISTANCE_ROOM);
  private readonly lengthTable = new Int32Array(1 << LENGTH_BITS);
  private readonly lengths = new Uint8Array(320);

  private receive: PieceReceiver = () => {};

  constructor(readonly input: ByteInput) {}

  /** Begins a stream at the input's position. Bytes of the stream before may still wait for `flush`. */
  begin(): void {
    this.state = HEADER;
    this.lastBlock = false;
    this.hasNoNaN = true;
    this.damage = '';
    this.bit = this.crc = this.size = 0;
    this.windowStart = this.checked = this.written;
  }

  /** Forgets everything but its buffers; pieces go to `receive` from now on. */
  reset(receive: PieceReceiver): void {
    this.receive = receive;
    this.written = this.delivered = this.outputLimit = 0;
    this.begin();
  }

  /**
   * Unpacks what the input holds. 'more': push more input and call again. `final`: there is no more input.
   * After 'done' the input stands behind the stream; after 'damaged' all bytes before the damage are kept.
   */
  run(final: boolean): InflateResult {
    while (this.damage === '' && this.state !== DONE) {
      const advanced =
        this.state === HEADER
          ? this.startBlock(final)
          : this.state === STORED
            ? this.copyStored()
            : this.decodeBlock(final);
      if (advanced) continue;
      if (!final) return 'more';
      this.fail('cut off');
    }
    this.check();
    return this.damage === '' ? 'done' : 'damaged';
  }

  /** Hands on what no piece has carried yet. */
  flush(): void {
    this.check();
    if (this.written > this.delivered) this.receive(this.output, this.delivered, this.written);
    this.delivered = this.written;
  }

  private check(): void {
    this.crc = crc32(this.crc, this.output, this.view, this.checked, this.written);
    this.size += this.written - this.checked;
    this.checked = this.written;
  }

  private fail(problem: string): void {
    const { input } = this;
    if (input.available < 0) input.position = input.end;
    this.damage = `compressed data ${problem} at byte ${input.offset}`;
  }

  private isOverrun(): boolean {
    const left = this.input.available;
    return left < 0 || (left === 0 && this.bit > 0);
  }

  private makeRoom(): void {
    this.check();
    if (this.written >= this.output.length - SLACK) {
      if (this.output.length < PIECE_BYTES) this.grow();
      else this.slide();
    }
    this.outputLimit = Math.min(this.output.length - SLACK, this.written + CHECK_EVERY);
  }

  private grow(): void {
    const larger = new Uint8Array(2 * (this.output.length - SLACK) + SLACK);
    larger.set(this.output.subarray(0, this.written));
    this.output = larger;
    this.view = new DataView(larger.buffer);
  }

  private slide(): void {
    this.flush();
    const kept = Math.min(WINDOW, this.written - this.windowStart);
    this.output.copyWithin(0, this.written - kept, this.written);
    this.windowStart = 0;
    this.written = this.delivered = this.checked = kept;
  }

  private takeBits(count: number): number {
    const word = this.input.view.getInt32(this.input.position, true) >>> this.bit;
    this.dropBits(count);
    return word & ((1 << count) - 1);
  }

  private dropBits(count: number): void {
    this.bit += count;
    this.input.position += this.bit >> 3;
    this.bit &= 7;
  }

  private alignToByte(): void {
    if (this.bit > 0) this.input.position++;
    this.bit = 0;
  }

  private startBlock(final: boolean): boolean {
    if (this.lastBlock) {
      this.alignToByte();
      this.state = DONE;
      return true;
    }
    if (!final && this.input.available < HEADER_BYTES) return false;
    const problem = this.readHeader();
    if (this.isOverrun()) return false;
    if (problem !== '') this.fail(problem);
    return true;
  }

  /** Returns what is wrong with the header, or ''. */
  private readHeader(): string {
    this.lastBlock = this.takeBits(1) === 1;
    const type = this.takeBits(2);
    if (type === 3) return 'has an impossible block';
    if (type === 0) return this.startStored();
    this.state = CODES;
    if (type === 2) return this.readCodes();
    this.lengths.set(FIXED_LENGTHS);
    return this.buildTables(288, 32);
  }

  private startStored(): string {
    this.alignToByte();
    this.hasNoNaN = false;
    this.storedLeft = this.takeBits(16);
    this.state = STORED;
    return this.takeBits(16) === (this.storedLeft ^ 0xffff)
      ? ''
      : 'has a stored block of unsure length';
  }

  private readCodes(): string {
    const literals = this.takeBits(5) + 257;
    const distances = this.takeBits(5) + 1;
    if (literals > 286 || distances > 30) return 'has too many codes';
    const count = this.takeBits(4) + 4;
    this.lengths.fill(0, 0, LENGTH_ORDER.length);
    for (let i = 0; i < count; i++) this.lengths[LENGTH_ORDER[i]] = this.takeBits(3);
    if (!buildTable(this.lengthTable, LENGTH_BITS, LENGTH_SYMBOLS, this.lengths, 0, 19))
      return BAD_CODES;
    if (!this.readLengths(literals + distances)) return BAD_CODES;
    return this.buildTables(literals, distances);
  }

  /** The lengths of both alphabets in one run, repeats written short. */
  private readLengths(total: number): boolean {
    const { input, lengths } = this;
    for (let i = 0; i < total;) {
      if (input.position > input.end) return false;
      const word = input.view.getInt32(input.position, true) >>> this.bit;
      const entry = this.lengthTable[word & ((1 << LENGTH_BITS) - 1)];
      if (entry < 0) return false;
      this.dropBits(entry & 31);
      const symbol = entry >>> VALUE_SHIFT;
      if (symbol < 16) {
        lengths[i++] = symbol;
        continue;
      }
      if (symbol === 16 && i === 0) return false;
      const value = symbol === 16 ? lengths[i - 1] : 0;
      const repeat =
        symbol === 16
          ? 3 + this.takeBits(2)
          : symbol === 17
            ? 3 + this.takeBits(3)
            : 11 + this.takeBits(7);
      if (i + repeat > total) return false;
      lengths.fill(value, i, (i += repeat));
    }
    return true;
  }

  private buildTables(literals: number, distances: number): string {
    const { lengths } = this;
    const isShort = this.input.available < SHORT_INPUT;
    this.literalBits = isShort ? SHORT_LITERAL_BITS : LITERAL_BITS;
    if (lengths[0x7f] > 0 || lengths[0xff] > 0) this.hasNoNaN = false;
    const all = literals + distances;
    const sound =
      lengths[256] > 0 &&
      buildTable(this.literals, this.literalBits, LITERAL_SYMBOLS, lengths, 0, literals) &&
      buildTable(this.distances, DISTANCE_BITS, DISTANCE_SYMBOLS, lengths, literals, all);
    if (sound && !isShort) pairLiterals(this.literals, this.literalBits);
    return sound ? '' : BAD_CODES;
  }

  private copyStored(): boolean {
    const { input } = this;
    if (this.written >= this.outputLimit) this.makeRoom();
    const room = this.outputLimit - this.written;
    const count = Math.min(this.storedLeft, input.available, room);
    this.output.set(input.bytes.subarray(input.position, input.position + count), this.written);
    this.written += count;
    input.position += count;
    this.storedLeft -= count;
    if (this.storedLeft === 0) this.state = HEADER;
    return count > 0 || this.state === HEADER;
  }

  /** Decodes up to the block's end or as far as input and output reach; false when the input is too low. */
  private decodeBlock(final: boolean): boolean {
    if (this.written >= this.outputLimit) this.makeRoom();
    const { input } = this;
    if (input.available > ROUND_BYTES) {
      this.settle(this.decode((input.end - ROUND_BYTES) * 8));
      return true;
    }
    if (!final) return false;
    const before = this.written;
    const outcome = this.decode(0);
    if (this.isOverrun()) {
      this.written = before;
      return false;
    }
    this.settle(outcome);
    return true;
  }

  private settle(outcome: number): void {
    if (outcome === BLOCK_ENDS) this.state = HEADER;
    if (outcome === BAD_CODE) this.fail('has an impossible code');
    if (outcome === BAD_DISTANCE) this.fail('refers to bytes before its beginning');
  }

  /** The hot loop: at least one round, then on while the input is before bit `bitLimit` and the output has room. */
  private decode(bitLimit: number): number {
    const source = this.input.view;
    const { output, view: target, outputLimit, windowStart, hasNoNaN } = this;
    const { literals, distances, literalBits } = this;
    const literalMask = (1 << literalBits) - 1;
    let at = this.input.position * 8 + this.bit;
    let to = this.written;
    let outcome = AT_LIMIT;
    do {
      let word = source.getInt32(at >> 3, true) >>> (at & 7);
      let entry = literals[word & literalMask];
      if (entry >= 0) {
        target.setInt16(to, entry >>> VALUE_SHIFT, true);
        to += entry >>> COUNT_SHIFT;
        at += entry & 31;
        entry = literals[(word >>> (entry & 31)) & literalMask];
        if (entry >= 0) {
          target.setInt16(to, entry >>> VALUE_SHIFT, true);
          to += entry >>> COUNT_SHIFT;
          at += entry & 31;
          continue;
        }
        word = source.getInt32(at >> 3, true) >>> (at & 7);
      }
      if ((entry & SPECIAL) !== 0) {
        if ((entry & SUBTABLE) !== 0) {
          const index = (word >>> literalBits) & ((1 << ((entry >>> CODE_SHIFT) & 15)) - 1);
          entry = literals[((entry >>> VALUE_SHIFT) & 0x7fff) + index];
          if (entry >= 0) {
            output[to++] = entry >>> VALUE_SHIFT;
            at += entry & 31;
            continue;
          }
        }
        if ((entry & SPECIAL) !== 0) {
          outcome = (entry & END_OF_BLOCK) !== 0 ? BLOCK_ENDS : BAD_CODE;
          at += entry & 31;
          break;
        }
      }
      const length =
        ((entry >>> VALUE_SHIFT) & 0x7fff) +
        ((word & ((1 << (entry & 31)) - 1)) >>> ((entry >>> CODE_SHIFT) & 15));
      at += entry & 31;

      word = source.getInt32(at >> 3, true) >>> (at & 7);
      entry = distances[word & ((1 << DISTANCE_BITS) - 1)];
      if ((entry & SPECIAL) !== 0) {
        if ((entry & SUBTABLE) !== 0) {
          const index = (word >>> DISTANCE_BITS) & ((1 << ((entry >>> CODE_SHIFT) & 15)) - 1);
          entry = distances[((entry >>> VALUE_SHIFT) & 0x7fff) + index];
        }
        if ((entry & SPECIAL) !== 0) {
          outcome = BAD_CODE;
          break;
        }
      }
      const codeBits = (entry >>> CODE_SHIFT) & 15;
      const extraBits = (entry & 31) - codeBits;
      at += codeBits;
      if ((entry & 31) <= 25) word >>>= codeBits;
      else word = source.getInt32(at >> 3, true) >>> (at & 7);
      at += extraBits;
      const distance = ((entry >>> VALUE_SHIFT) & 0x7fff) + (word & ((1 << extraBits) - 1));
      let from = to - distance;
      if (from < windowStart) {
        outcome = BAD_DISTANCE;
        break;
      }
      const end = to + length;
      if (distance < 8) {
        while (to < end) output[to++] = output[from++];
      } else if (hasNoNaN) {
        do {
          target.setFloat64(to, target.getFloat64(from, true), true);
          target.setFloat64(to + 8, target.getFloat64(from + 8, true), true);
          to += 16;
          from += 16;
        } while (to < end);
        to = end;
      } else {
        do {
          target.setInt32(to, target.getInt32(from, true), true);
          target.setInt32(to + 4, target.getInt32(from + 4, true), true);
          to += 8;
          from += 8;
        } while (to < end);
        to = end;
      }
    } while (at < bitLimit && to < outputLimit);
    this.written = to;
    this.input.position = at >> 3;
    this.bit = at & 7;
    return outcome;
  }
}
