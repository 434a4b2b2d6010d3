import { joinDamage } from './byteReceiver';
import type { ByteReceiver, MemberReceiver } from './byteReceiver';
import { paddedSize, TAR_BLOCK, TarHeaders } from './tar';
import type { TarHeader } from './tar';

/**
 * A tar in consecutive slices. Links and devices are named and skipped; directories are no files and left out; behind a
 * damaged header it goes on with the next sound one; archives written one behind the other are read as one.
 */
export class TarReader implements ByteReceiver {
  private readonly headers = new TarHeaders();
  private readonly block = new Uint8Array(TAR_BLOCK);
  private blockFill = 0;
  private meta: Uint8Array | null = null;
  private contents: ByteReceiver | null = null;
  /** Bytes of data, then of padding, that come before the next header. */
  private left = 0;
  private padding = 0;
  private offset = 0;
  private damagedFrom = -1;
  private isEnded = false;

  constructor(private readonly members: MemberReceiver) {}

  push(bytes: Uint8Array, start: number, end: number): void {
    for (let at = start; at < end;) {
      const room = end - at;
      const taken =
        this.left > 0
          ? this.takeData(bytes, at, Math.min(room, this.left))
          : this.padding > 0
            ? this.takePadding(Math.min(room, this.padding))
            : this.takeHeader(bytes, at, Math.min(room, TAR_BLOCK - this.blockFill));
      at += taken;
    }
  }

  finish(damage: string | null): void {
    if (this.contents !== null) {
      const cutOff = `tar cut off at byte ${this.offset}, ${this.left} bytes before the file's end`;
      this.contents.finish(joinDamage(cutOff, damage));
    } else {
      const all = joinDamage(this.whatIsMissing(), damage);
      if (all !== null) this.members.skip('', 'damaged', all);
    }
    this.members.end();
  }

  private whatIsMissing(): string | null {
    if (this.damagedFrom >= 0) {
      return `tar header damaged at byte ${this.damagedFrom}, nothing readable behind it`;
    }
    if (this.isEnded && this.blockFill === 0) return null;
    return `tar cut off at byte ${this.offset}, before its end mark: members may be missing`;
  }

  private takeData(bytes: Uint8Array, at: number, count: number): number {
    if (this.meta !== null) {
      this.meta.set(bytes.subarray(at, at + count), this.meta.length - this.left);
    }
    this.contents?.push(bytes, at, at + count);
    this.left -= count;
    this.offset += count;
    if (this.left === 0) this.endData();
    return count;
  }

  private takePadding(count: number): number {
    this.padding -= count;
    this.offset += count;
    return count;
  }

  private takeHeader(bytes: Uint8Array, at: number, count: number): number {
    this.offset += count;
    if (count === TAR_BLOCK) {
      this.begin(this.headers.read(bytes, at));
      return count;
    }
    this.block.set(bytes.subarray(at, at + count), this.blockFill);
    this.blockFill += count;
    if (this.blockFill === TAR_BLOCK) {
      this.blockFill = 0;
      this.begin(this.headers.read(this.block, 0));
    }
    return count;
  }

  private begin(header: TarHeader): void {
    if (header.kind === 'damaged') {
      if (this.damagedFrom < 0) this.damagedFrom = this.offset - TAR_BLOCK;
      return;
    }
    this.isEnded = header.kind === 'zeros';
    if (this.isEnded) return;
    this.reportDamage();
    this.left = header.size;
    this.padding = paddedSize(header.size) - header.size;
    if (header.kind === 'file') this.contents = this.members.member(header.name);
    if (header.kind === 'meta') this.meta = new Uint8Array(header.size);
    if (header.kind === 'other') this.members.skip(header.name, 'not a log file', header.what);
    if (this.left === 0) this.endData();
  }

  private reportDamage(): void {
    if (this.damagedFrom < 0) return;
    const detail = `tar header damaged at byte ${this.damagedFrom}, continued at byte ${this.offset - TAR_BLOCK}`;
    this.members.skip('', 'damaged', detail);
    this.damagedFrom = -1;
  }

  private endData(): void {
    if (this.meta !== null) this.headers.readMeta(this.meta, 0, this.meta.length);
    this.contents?.finish(null);
    this.meta = this.contents = null;
  }
}
