import { NOWHERE } from './byteReceiver';
import type { ByteReceiver, MemberReceiver, UnreadableReason } from './byteReceiver';
import { DEFLATED, isDirectory, whyUnreadable } from './zip';
import type { ZipEntry } from './zip';
import { verifyZipData, zipData } from './zipData';
import type { ZipData } from './zipData';

/** Data of unknown length are given on in small portions, so that little has to be handed back. */
const PORTION = 8192;

/** The data of one entry of a zip that comes in slices; of an unreadable one they are passed over. */
export class ZipEntryReader {
  private readonly contents: ByteReceiver | null = null;
  private readonly data: ZipData | null = null;
  /** Only the data themselves tell where they end. */
  readonly hasNoLength: boolean;
  /** Compressed bytes that belong to it. */
  taken = 0;
  private damage: string | null = null;

  constructor(
    readonly header: ZipEntry,
    members: MemberReceiver,
  ) {
    this.hasNoLength = header.hasDescriptor && header.compressedSize === 0;
    const unreadable = whyUnreadable(header) ?? this.whyEndless();
    if (unreadable !== null) members.skip(header.name, ...unreadable);
    else {
      this.contents = isDirectory(header) ? NOWHERE : members.member(header.name);
      this.data = zipData(header.method, this.contents);
    }
  }

  get isRead(): boolean {
    return this.data !== null;
  }

  get isComplete(): boolean {
    return this.hasNoLength ? this.data!.isComplete : this.taken === this.header.compressedSize;
  }

  /** Takes of the bytes at `at` what may belong to it; returns how many. */
  take(bytes: Uint8Array, at: number, end: number): number {
    const left = this.hasNoLength ? PORTION : this.header.compressedSize - this.taken;
    const count = Math.min(left, end - at);
    this.taken += count;
    this.data?.push(bytes, at, at + count);
    return count;
  }

  /** Ends the data of an entry that is read; returns the bytes taken too early, and whether the rest is lost. */
  end(): { readonly unread: Uint8Array; readonly isDamaged: boolean } {
    const { unread, damage } = this.data!.end();
    this.damage = damage;
    if (this.hasNoLength) this.taken -= unread.length;
    return { unread, isDamaged: damage !== null };
  }

  /** What is wrong with the data against this checksum and size, in words. */
  verify(crc: number, size: number): string | null {
    return verifyZipData(this.data!, crc, size);
  }

  /** The entry is through; `damage` counts where its data alone show none. */
  finish(damage: string | null): void {
    this.contents!.finish(this.damage ?? damage);
  }

  /** The zip is cut off within the data. */
  cutOff(damage: string | null): void {
    this.data!.end();
    this.finish(damage);
  }

  private whyEndless(): [UnreadableReason, string] | null {
    if (!this.hasNoLength || this.header.method === DEFLATED) return null;
    return ['not a log file', 'stored without its length; unpack the zip around it first'];
  }
}
