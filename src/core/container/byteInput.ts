/** Zero bytes kept readable behind the last one, so that 32-bit loads need no bounds of their own. */
const PADDING = 64;

/**
 * Bytes on their way into a reader: pushed and not yet read, in one buffer that is reused.
 * A reader takes what it can, leaves the rest, and sees it again with more bytes behind it.
 */
export class ByteInput {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  /** Next byte to read, and one past the last byte, as indexes into `bytes`. */
  position = 0;
  end = 0;
  /** Bits of bytes[position] that are used already; 0 outside of a deflate stream. */
  bit = 0;
  /** Where bytes[0] lies in the source. */
  private base = 0;

  constructor(readonly capacity: number) {
    this.bytes = new Uint8Array(capacity + PADDING);
    this.view = new DataView(this.bytes.buffer);
  }

  get available(): number {
    return this.end - this.position;
  }

  /** Where the next byte lies in the source. */
  get offset(): number {
    return this.base + this.position;
  }

  clear(): void {
    this.position = this.end = this.base = this.bit = 0;
  }

  /** More bits were taken than there are. */
  get isOverrun(): boolean {
    const left = this.available;
    return left < 0 || (left === 0 && this.bit > 0);
  }

  /** Takes up to 16 bits, the first one lowest. */
  takeBits(count: number): number {
    const word = this.view.getInt32(this.position, true) >>> this.bit;
    this.dropBits(count);
    return word & ((1 << count) - 1);
  }

  dropBits(count: number): void {
    this.bit += count;
    this.position += this.bit >> 3;
    this.bit &= 7;
  }

  alignToByte(): void {
    if (this.bit > 0) this.position++;
    this.bit = 0;
  }

  /** Takes as many of from[start, end) as there is room for; returns their number. */
  fill(from: Uint8Array, start: number, end: number): number {
    this.dropRead();
    const taken = Math.min(end - start, this.capacity - this.end);
    this.bytes.set(from.subarray(start, start + taken), this.end);
    this.end += taken;
    return taken;
  }

  private dropRead(): void {
    if (this.position === 0) return;
    this.bytes.copyWithin(0, this.position, this.end);
    this.base += this.position;
    this.end -= this.position;
    this.position = 0;
  }
}
