import { writeCodePoint } from '../activity/utf8';

/** UTF-16, little-endian, to UTF-8: what PowerShell makes of `aws … > events.json`. Bytes may be cut anywhere. */
export class Utf16 {
  private half = -1;
  private highSurrogate = 0;

  /** The UTF-8 bytes of the next UTF-16 bytes, [start, end). */
  convert(bytes: Uint8Array, start: number, end: number): Uint8Array {
    const converted = new Uint8Array((end - start + 4) * 2);
    let length = 0;
    for (let at = start; at < end; at++) {
      if (this.half < 0) this.half = bytes[at];
      else {
        length = this.take(this.half | (bytes[at] << 8), converted, length);
        this.half = -1;
      }
    }
    return converted.subarray(0, length);
  }

  private take(unit: number, converted: Uint8Array, at: number): number {
    const high = this.highSurrogate;
    this.highSurrogate = 0;
    if (high !== 0 && unit >= 0xdc00 && unit <= 0xdfff) {
      return writeCodePoint(converted, at, 0x10000 + ((high - 0xd800) << 10) + (unit - 0xdc00));
    }
    const after = high === 0 ? at : writeCodePoint(converted, at, high);
    if (unit < 0xd800 || unit > 0xdbff) return writeCodePoint(converted, after, unit);
    this.highSurrogate = unit;
    return after;
  }
}
