import { joinDamage } from './byteReceiver';
import type { ByteReceiver } from './byteReceiver';
import { LOCAL_HEADER, LOCAL_HEADER_BYTES, localHeaderLength, u32 } from './zip';
import type { ZipEntry } from './zip';
import { verifyZipData, zipData } from './zipData';
import type { ZipData } from './zipData';

/**
 * One entry of a zip whose directory is known: takes the bytes from its local header on, in slices, and believes the directory's
 * method, sizes and CRC-32.
 */
export class ZipMemberReader implements ByteReceiver {
  private readonly data: ZipData;
  private readonly header = new Uint8Array(LOCAL_HEADER_BYTES);
  private headerFill = 0;
  /** Bytes of name and extra field to pass over. */
  private headerLeft = 0;
  private left: number;

  constructor(
    private readonly entry: ZipEntry,
    private readonly contents: ByteReceiver,
  ) {
    this.data = zipData(entry.method, contents);
    this.left = entry.compressedSize;
  }

  push(bytes: Uint8Array, start: number, end: number): void {
    let at = this.takeHeader(bytes, start, end);
    const passed = Math.min(this.headerLeft, end - at);
    this.headerLeft -= passed;
    at += passed;
    const count = Math.min(this.left, end - at);
    if (count > 0) this.data.push(bytes, at, at + count);
    this.left -= count;
  }

  finish(damage: string | null): void {
    const own = this.data.end().damage;
    const wrong =
      this.whatIsWrong() ?? own ?? verifyZipData(this.data, this.entry.crc, this.entry.size);
    this.contents.finish(joinDamage(wrong, damage));
  }

  private takeHeader(bytes: Uint8Array, start: number, end: number): number {
    const count = Math.min(LOCAL_HEADER_BYTES - this.headerFill, end - start);
    if (count === 0) return start;
    this.header.set(bytes.subarray(start, start + count), this.headerFill);
    this.headerFill += count;
    if (this.headerFill === LOCAL_HEADER_BYTES) {
      if (u32(this.header, 0) !== LOCAL_HEADER) this.left = 0;
      this.headerLeft = localHeaderLength(this.header, 0) - LOCAL_HEADER_BYTES;
    }
    return start + count;
  }

  private whatIsWrong(): string | null {
    const isWhole = this.headerFill === LOCAL_HEADER_BYTES;
    if (isWhole && u32(this.header, 0) !== LOCAL_HEADER) {
      return `no zip entry at byte ${this.entry.offset}, where the directory puts it`;
    }
    if (this.left === 0) return null;
    return `zip entry cut off, ${this.left} compressed bytes short`;
  }
}
