import { type ByteText, grown, toByteText } from '../activity/byteText';

/**
 * The bytes of a file that comes in pieces, as far as they are needed: the piece at hand where nothing was left of the
 * one before, else a copy of what was left with the piece behind it.
 */
export class Pieces {
  text: ByteText = toByteText(new Uint8Array());
  /** What is before was read. */
  at = 0;
  /** Exclusive. */
  end = 0;
  /** File offset of position 0 of `text`. */
  base = 0;
  private carry = toByteText(new Uint8Array());
  private carried = 0;
  private wanted = 0;

  restart(): void {
    this.at = this.end = this.base = this.carried = this.wanted = 0;
  }

  /** The next bytes, [start, end). Returns whether it is worth reading on from `at`. */
  add(bytes: Uint8Array, start: number, end: number): boolean {
    if (this.carried === 0) this.use(toByteText(bytes), start, end);
    else this.append(bytes, start, end);
    return this.end - this.at >= this.wanted;
  }

  /** Copies what was not read. It waits until twice its bytes are there, lest a long value be read over and over. */
  keepRest(): void {
    const rest = this.end - this.at;
    this.wanted = rest * 2;
    this.reserve(rest);
    this.carry.bytes.set(this.text.bytes.subarray(this.at, this.end));
    this.carried = rest;
    this.use(this.carry, 0, rest);
  }

  private append(bytes: Uint8Array, start: number, end: number): void {
    this.reserve(this.carried + end - start);
    this.carry.bytes.set(bytes.subarray(start, end), this.carried);
    this.carried += end - start;
    this.use(this.carry, 0, this.carried);
  }

  private use(text: ByteText, start: number, end: number): void {
    this.base += this.at - start;
    this.text = text;
    this.at = start;
    this.end = end;
  }

  private reserve(length: number): void {
    const bytes = grown(this.carry.bytes, length);
    if (bytes !== this.carry.bytes) this.carry = toByteText(bytes);
  }
}
