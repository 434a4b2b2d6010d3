import { joinDamage } from './byteReceiver';
import type { ByteReceiver } from './byteReceiver';
import { crc32 } from './crc32';
import type { Inflater } from './inflate';
import { giveBackInflater, takeInflater } from './inflaterPool';

const FHCRC = 2;
const FEXTRA = 4;
const FNAME = 8;
const FCOMMENT = 16;
const RESERVED = 0xe0;
const FIXED_HEADER = 10;
const TRAILER = 8;
const MAX_PROBLEMS = 4;

/** States: what comes next. */
type Next = 'header' | 'data' | 'trailer' | 'search' | 'garbage';

/** True when bytes[at…] can be the head of a gzip member (RFC 1952, 2.3.1). */
export function isGzip(bytes: Uint8Array, at: number, end: number): boolean {
  return end - at >= 3 && bytes[at] === 0x1f && bytes[at + 1] === 0x8b && bytes[at + 2] === 8;
}

/**
 * gzip (RFC 1952) with any number of members, CRC-32 and length of each checked, to one file. After a damaged member it goes on
 * with the next one whose header it finds. Zeros behind the last member are padding; anything else there is named.
 */
export class GzipReader implements ByteReceiver {
  private readonly inflater: Inflater;
  private damage: string | null = null;
  private problems = 0;
  private next: Next = 'header';
  private garbageAt = 0;
  private garbage = 0;

  constructor(private readonly contents: ByteReceiver) {
    this.inflater = takeInflater((bytes, start, end) => contents.push(bytes, start, end));
  }

  push(bytes: Uint8Array, start: number, end: number): void {
    const { input } = this.inflater;
    for (let at = start; at < end;) {
      at += input.fill(bytes, at, end);
      while (this.advance(false));
    }
  }

  finish(damage: string | null): void {
    while (this.advance(true));
    this.inflater.flush();
    giveBackInflater(this.inflater);
    if (this.garbage > 0) {
      this.note(`${this.garbage} bytes that are not gzip from byte ${this.garbageAt} on`);
    }
    this.contents.finish(joinDamage(this.damage, damage));
  }

  /** The first few findings are told; a thousand more would say no more. */
  private note(problem: string): void {
    if (++this.problems <= MAX_PROBLEMS) this.damage = joinDamage(this.damage, problem);
  }

  /** One step; false when it needs more input. */
  private advance(final: boolean): boolean {
    switch (this.next) {
      case 'header':
        return this.readHeader(final);
      case 'data':
        return this.readData(final);
      case 'trailer':
        return this.readTrailer(final);
      case 'search':
        return this.searchMember(final);
      case 'garbage':
        return this.dropGarbage();
    }
  }

  private readHeader(final: boolean): boolean {
    const { input } = this.inflater;
    if (input.available === 0 || (!final && input.available < FIXED_HEADER)) return false;
    if (!isGzip(input.bytes, input.position, input.end)) {
      this.next = 'garbage';
      return true;
    }
    const length = headerLength(input.bytes, input.position, input.end);
    if (length === 0 && !final && input.available < input.capacity) return false;
    if (length <= 0) {
      this.note(`gzip header ${length === 0 ? 'cut off' : 'unreadable'} at byte ${input.offset}`);
      input.position += Math.min(3, input.available);
      this.next = 'search';
      return true;
    }
    this.checkHeader(length);
    input.position += length;
    this.inflater.begin();
    this.next = 'data';
    return true;
  }

  private checkHeader(length: number): void {
    const { input } = this.inflater;
    if ((input.bytes[input.position + 3] & FHCRC) === 0) return;
    const end = input.position + length - 2;
    const crc = crc32(0, input.bytes, input.view, input.position, end) & 0xffff;
    if (crc !== input.view.getUint16(end, true)) {
      this.note(`gzip header checksum is wrong at byte ${input.offset}`);
    }
  }

  private readData(final: boolean): boolean {
    const result = this.inflater.run(final);
    if (result === 'more') return false;
    if (result === 'damaged') this.note(this.inflater.damage);
    this.next = result === 'done' ? 'trailer' : 'search';
    return true;
  }

  private readTrailer(final: boolean): boolean {
    const { crc, size, input } = this.inflater;
    if (input.available < TRAILER) {
      if (!final) return false;
      this.note(`gzip trailer cut off at byte ${input.offset}: contents complete but unchecked`);
      input.position = input.end;
    } else {
      if (input.view.getUint32(input.position, true) !== crc) {
        this.note(`contents differ from their CRC-32 at byte ${input.offset}`);
      } else if (input.view.getUint32(input.position + 4, true) !== size % 2 ** 32) {
        this.note(`contents differ from their length at byte ${input.offset + 4}`);
      }
      input.position += TRAILER;
    }
    this.next = 'header';
    return true;
  }

  /** Behind damage: on to the next member's header. */
  private searchMember(final: boolean): boolean {
    const { input } = this.inflater;
    const last = input.end - FIXED_HEADER;
    while (input.position <= last) {
      if (isPlausibleHeader(input.bytes, input.position)) {
        this.note(`continued with the gzip member at byte ${input.offset}`);
        this.next = 'header';
        return true;
      }
      input.position++;
    }
    if (final) input.position = input.end;
    return false;
  }

  private dropGarbage(): boolean {
    const { input } = this.inflater;
    while (this.garbage === 0 && input.available > 0 && input.bytes[input.position] === 0) {
      input.position++;
    }
    if (this.garbage === 0) this.garbageAt = input.offset;
    this.garbage += input.available;
    input.position = input.end;
    return false;
  }
}

/** Length of the gzip header at `at`; 0 when it goes on behind `end`, -1 when it is none. */
function headerLength(bytes: Uint8Array, at: number, end: number): number {
  if (end - at < FIXED_HEADER) return 0;
  const flags = bytes[at + 3];
  if ((flags & RESERVED) !== 0) return -1;
  let next = at + FIXED_HEADER;
  if ((flags & FEXTRA) !== 0) next += 2 + (bytes[next] | (bytes[next + 1] << 8));
  for (const flag of [FNAME, FCOMMENT]) {
    if ((flags & flag) === 0) continue;
    while (next < end && bytes[next] !== 0) next++;
    next++;
  }
  if ((flags & FHCRC) !== 0) next += 2;
  return next <= end ? next - at : 0;
}

/** Strict, so that chance bytes do not pass: known compression hints and operating systems only (1 in 2^37). */
function isPlausibleHeader(bytes: Uint8Array, at: number): boolean {
  if (!isGzip(bytes, at, at + 3) || (bytes[at + 3] & RESERVED) !== 0) return false;
  const hint = bytes[at + 8];
  const system = bytes[at + 9];
  return (hint === 0 || hint === 2 || hint === 4) && (system <= 13 || system === 255);
}
