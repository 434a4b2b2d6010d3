import { joinDamage } from './byteReceiver';
import type { ByteReceiver, MemberReceiver } from './byteReceiver';
import {
  CENTRAL_HEADER,
  END_RECORD,
  LOCAL_HEADER,
  LOCAL_HEADER_BYTES,
  localHeaderLength,
  parseLocalHeader,
  u32,
  ZIP64_END_RECORD,
} from './zip';
import type { ZipEntry } from './zip';
import { findDescriptor, MAX_DESCRIPTOR } from './zipDescriptor';
import { ZipEntryReader } from './zipEntryReader';

const SIGNATURE_BYTES = 4;
/** Longest local header: name and extra field have 16-bit lengths. */
const MAX_HEADER = LOCAL_HEADER_BYTES + 2 * 65535;
const DIRECTORY_RECORDS = [CENTRAL_HEADER, END_RECORD, ZIP64_END_RECORD];

/**
 * A zip in consecutive slices, entry by entry after its local headers: for a zip inside another container, or one whose
 * directory is damaged. Only the directory knows the length of an entry stored with a descriptor; it is named and skipped.
 */
export class ZipReader implements ByteReceiver {
  private next: 'header' | 'data' | 'descriptor' | 'search' | 'directory' = 'header';
  /** The record being gathered. */
  private readonly record = new Uint8Array(MAX_HEADER);
  private fill = 0;
  private wanted = SIGNATURE_BYTES;
  private offset = 0;
  private entry: ZipEntryReader | null = null;
  private lostFrom = -1;

  constructor(private readonly members: MemberReceiver) {}

  push(bytes: Uint8Array, start: number, end: number): void {
    for (let at = start; at < end && this.next !== 'directory';) {
      at += this.next === 'data' ? this.takeData(bytes, at, end) : this.gather(bytes, at, end);
    }
  }

  finish(damage: string | null): void {
    this.useUpUnread();
    const cutOff = `zip cut off at byte ${this.offset}`;
    if (this.entry?.isRead) {
      this.entry.cutOff(joinDamage(cutOff, damage));
    } else {
      const missing = `${cutOff}, before its directory: entries may be missing`;
      const all = joinDamage(this.next === 'directory' ? null : missing, damage);
      if (all !== null) this.members.skip('', 'damaged', all);
    }
    this.members.end();
  }

  /** What waited for more bytes must do with those it has. */
  private useUpUnread(): void {
    for (;;) {
      if (this.next === 'descriptor') this.readDescriptor();
      else if (this.next === 'data' && this.entry!.hasNoLength) this.endData(this.entry!);
      else return;
    }
  }

  private gather(bytes: Uint8Array, at: number, end: number): number {
    const count = Math.min(this.wanted - this.fill, end - at);
    this.record.set(bytes.subarray(at, at + count), this.fill);
    this.fill += count;
    this.offset += count;
    if (this.fill === this.wanted) {
      if (this.next === 'header') this.readHeader();
      else if (this.next === 'search') this.searchHeader();
      else this.readDescriptor();
    }
    return count;
  }

  private expect(next: 'header' | 'descriptor' | 'search'): void {
    this.next = next;
    this.fill = 0;
    this.wanted = next === 'descriptor' ? MAX_DESCRIPTOR : SIGNATURE_BYTES;
  }

  /** Bytes taken too early come once more. */
  private again(bytes: Uint8Array): void {
    this.offset -= bytes.length;
    this.push(bytes, 0, bytes.length);
  }

  private readHeader(): void {
    if (this.fill === SIGNATURE_BYTES) {
      const signature = u32(this.record, 0);
      if (signature === LOCAL_HEADER) this.wanted = LOCAL_HEADER_BYTES;
      else if (DIRECTORY_RECORDS.includes(signature)) this.next = 'directory';
      else {
        this.lostFrom = this.offset - SIGNATURE_BYTES;
        this.next = 'search';
        this.searchHeader();
      }
      return;
    }
    this.wanted = localHeaderLength(this.record, 0);
    if (this.fill === this.wanted) this.beginEntry(parseLocalHeader(this.record, 0));
  }

  /** Moves on byte by byte to the next record's signature. */
  private searchHeader(): void {
    const signature = u32(this.record, 0);
    const isEntry = signature === LOCAL_HEADER;
    if (!isEntry && !DIRECTORY_RECORDS.includes(signature)) {
      this.record.copyWithin(0, 1, SIGNATURE_BYTES);
      this.fill--;
      return;
    }
    if (this.lostFrom >= 0) {
      const detail = `no zip entry at byte ${this.lostFrom}, continued at byte ${this.offset - SIGNATURE_BYTES}`;
      this.members.skip('', 'damaged', detail);
      this.lostFrom = -1;
    }
    this.next = isEntry ? 'header' : 'directory';
    this.wanted = LOCAL_HEADER_BYTES;
  }

  private beginEntry(header: ZipEntry): void {
    const entry = new ZipEntryReader(header, this.members);
    this.entry = entry;
    this.next = 'data';
    if (entry.hasNoLength && !entry.isRead) this.expect('search');
    else if (!entry.hasNoLength && entry.isComplete) this.endData(entry);
  }

  private takeData(bytes: Uint8Array, at: number, end: number): number {
    const entry = this.entry!;
    const count = entry.take(bytes, at, end);
    this.offset += count;
    if (entry.isComplete) this.endData(entry);
    return count;
  }

  private endData(entry: ZipEntryReader): void {
    const { hasDescriptor, crc, size } = entry.header;
    if (!entry.isRead) {
      this.expect(hasDescriptor ? 'search' : 'header');
      return;
    }
    const { unread, isDamaged } = entry.end();
    this.expect(hasDescriptor ? 'descriptor' : 'header');
    if (!hasDescriptor) this.endEntry(entry.verify(crc, size));
    if (!entry.hasNoLength) return;
    if (isDamaged) {
      this.endEntry(null);
      this.expect('search');
    }
    this.again(unread);
  }

  private readDescriptor(): void {
    const { record, fill } = this;
    const entry = this.entry!;
    const verify = (crc: number, size: number) => entry.verify(crc, size);
    const descriptor = findDescriptor(record, fill, entry.taken, verify);
    if (descriptor === null) {
      this.endDescriptor(0, `no data descriptor at byte ${this.offset - fill}`);
    } else {
      this.endDescriptor(descriptor.length, descriptor.damage);
    }
  }

  private endDescriptor(length: number, damage: string | null): void {
    const rest = this.record.slice(length, this.fill);
    this.expect('header');
    this.endEntry(damage);
    this.again(rest);
  }

  private endEntry(damage: string | null): void {
    this.entry!.finish(damage);
    this.entry = null;
  }
}
