import { BlockCodes, DISTANCE_BITS } from './blockCodes';
import type { ByteInput } from './byteInput';
import {
  CODE_SHIFT,
  COUNT_SHIFT,
  END_OF_BLOCK,
  SPECIAL,
  SUBTABLE,
  VALUE_SHIFT,
} from './huffmanTable';
import { OutputWindow } from './outputWindow';
import type { PieceReceiver } from './outputWindow';

/** The longest block header is 562 bytes; one round of the decoding loop reads at most 12. */
const HEADER_BYTES = 640;
const ROUND_BYTES = 16;

/** What comes next in the stream. */
const HEADER = 0;
const STORED = 1;
const CODES = 2;
const DONE = 3;

/** Why the decoding loop stopped. */
const AT_LIMIT = 0;
const BLOCK_ENDS = 1;
const BAD_CODE = 2;
const BAD_DISTANCE = 3;

export type InflateResult = 'more' | 'done' | 'damaged';

/**
 * Raw DEFLATE (RFC 1951) from a ByteInput to pieces, resumable at both ends: it stops where the input runs low and hands
 * a piece on where the output is full. Faster in V8 than the browser's own DecompressionStream because of 32-bit loads at
 * any bit position, tables that yield two literals at once, and copies of 8 bytes into a buffer with slack instead of a
 * bounds check per byte.
 */
export class Inflater {
  /** What is wrong, after 'damaged', with the byte offset in the source. */
  damage = '';

  private readonly output = new OutputWindow();
  private readonly codes = new BlockCodes();
  private state = HEADER;
  private lastBlock = false;
  private storedLeft = 0;
  /**
   * Whether copies may go through float64, 1.13 times as fast as two int32: an engine may change the bits of a NaN, and a
   * NaN's last byte is 0x7F or 0xFF. JSON text has neither, so true until a block has a code for one of them.
   */
  private hasNoNaN = true;

  constructor(readonly input: ByteInput) {}

  /** CRC-32 and length of this stream's bytes so far; right once `run` has returned 'done' or 'damaged'. */
  get crc(): number {
    return this.output.crc;
  }

  get size(): number {
    return this.output.size;
  }

  /** Forgets everything but its buffers; pieces go to `receive` from now on. */
  reset(receive: PieceReceiver): void {
    this.output.reset(receive);
    this.begin();
  }

  /** Begins a stream at the input's position. Bytes of the stream before may still wait for `flush`. */
  begin(): void {
    this.state = HEADER;
    this.lastBlock = false;
    this.hasNoNaN = true;
    this.damage = '';
    this.input.bit = 0;
    this.output.begin();
  }

  /** Hands on what no piece has carried yet. */
  flush(): void {
    this.output.flush();
  }

  /**
   * Unpacks what the input holds. 'more': push more input and call again. `final`: there is no more input.
   * After 'done' the input stands behind the stream; after 'damaged' all bytes before the damage are kept.
   */
  run(final: boolean): InflateResult {
    while (this.damage === '' && this.state !== DONE) {
      if (this.advance(final)) continue;
      if (!final) return 'more';
      this.fail('cut off');
    }
    this.output.check();
    return this.damage === '' ? 'done' : 'damaged';
  }

  /** One step; false when the input is too low for it. */
  private advance(final: boolean): boolean {
    if (this.state === HEADER) return this.startBlock(final);
    return this.state === STORED ? this.copyStored() : this.decodeBlock(final);
  }

  private fail(problem: string): void {
    const { input } = this;
    if (input.available < 0) input.position = input.end;
    this.damage = `compressed data ${problem} at byte ${input.offset}`;
  }

  private startBlock(final: boolean): boolean {
    if (this.lastBlock) {
      this.input.alignToByte();
      this.state = DONE;
      return true;
    }
    if (!final && this.input.available < HEADER_BYTES) return false;
    const problem = this.readHeader();
    if (this.input.isOverrun) return false;
    if (problem !== '') this.fail(problem);
    return true;
  }

  /** Returns what is wrong with the header, or ''. */
  private readHeader(): string {
    const { input, codes } = this;
    this.lastBlock = input.takeBits(1) === 1;
    const type = input.takeBits(2);
    if (type === 3) return 'has an impossible block';
    if (type === 0) return this.startStored();
    this.state = CODES;
    const problem = type === 1 ? codes.setFixed(input) : codes.read(input);
    if (codes.hasNaNBytes) this.hasNoNaN = false;
    return problem;
  }

  private startStored(): string {
    const { input } = this;
    input.alignToByte();
    this.state = STORED;
    this.hasNoNaN = false;
    this.storedLeft = input.takeBits(16);
    const isConfirmed = input.takeBits(16) === (this.storedLeft ^ 0xffff);
    return isConfirmed ? '' : 'has a stored block of unsure length';
  }

  private copyStored(): boolean {
    const { input, output } = this;
    if (output.written >= output.limit) output.makeRoom();
    const room = output.limit - output.written;
    const count = Math.min(this.storedLeft, input.available, room);
    output.bytes.set(input.bytes.subarray(input.position, input.position + count), output.written);
    output.written += count;
    input.position += count;
    this.storedLeft -= count;
    if (this.storedLeft === 0) this.state = HEADER;
    return count > 0 || this.state === HEADER;
  }

  /** Decodes up to the block's end or as far as input and output reach; false when the input is too low. */
  private decodeBlock(final: boolean): boolean {
    const { input, output } = this;
    if (output.written >= output.limit) output.makeRoom();
    if (input.available > ROUND_BYTES) {
      this.settle(this.decode((input.end - ROUND_BYTES) * 8));
      return true;
    }
    if (!final) return false;
    const before = output.written;
    const outcome = this.decode(0);
    if (input.isOverrun) {
      output.written = before;
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
    const { hasNoNaN } = this;
    const source = this.input.view;
    const { bytes: output, view: target, limit, windowStart } = this.output;
    const { literals, distances, literalBits } = this.codes;
    const literalMask = (1 << literalBits) - 1;
    let at = this.input.position * 8 + this.input.bit;
    let to = this.output.written;
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
    } while (at < bitLimit && to < limit);
    this.output.written = to;
    this.input.position = at >> 3;
    this.input.bit = at & 7;
    return outcome;
  }
}
