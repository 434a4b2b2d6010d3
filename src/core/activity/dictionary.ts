import { type ByteText, grown, toByteText } from './byteText';
import { rehashed } from './hashSlots';
import type { Release } from './release';
import { decodeUtf8, encodeUtf8 } from './utf8';

/**
 * Longer strings are cut, at a whole character, and end in `…`: CloudTrail caps an error code at 1 KB, while a user agent
 * is whatever the caller sent. Two strings that differ only past the cut become one.
 */
export const LONGEST_STRING = 1024;
const ELLIPSIS = [0xe2, 0x80, 0xa6];

/**
 * Strings by number, interned straight from UTF-8 bytes: equal bytes, equal number. 0 is the empty string. A value is
 * hashed four bytes at a time and compared with the stored bytes, so a known string costs no allocation at all.
 */
export class Dictionary {
  private store = new Uint8Array(1 << 14);
  private storeView = new DataView(this.store.buffer);
  private used = 0;
  private ends = new Uint32Array(1 << 10);
  /** Pairs: the hash of a string and its number. */
  private slots = new Int32Array(1 << 12);
  private count = 1;
  private readonly texts: string[] = [''];
  private readonly cut = new Uint8Array(LONGEST_STRING);
  private readonly cutView = new DataView(this.cut.buffer);

  /** How many strings there are, the empty one included. */
  get size(): number {
    return this.count;
  }

  /** The number of the string in bytes [start, end) of `text`. */
  intern(text: ByteText, start: number, end: number): number {
    if (end - start > LONGEST_STRING) return this.internCut(text.bytes, start, end);
    return start === end ? 0 : this.internWhole(text.bytes, text.view, start, end);
  }

  /** Whether the string with a number is the one in bytes [start, end) of `text`: faster than to intern what comes often. */
  is(ref: number, text: ByteText, start: number, end: number): boolean {
    return ref !== 0 && this.equals(ref, text.bytes, text.view, start, end);
  }

  /** The number of a string. */
  internText(text: string): number {
    const encoded = toByteText(encodeUtf8(text));
    return this.intern(encoded, 0, encoded.bytes.length);
  }

  /** The string with this number; decoded once, then kept. */
  text(ref: number): string {
    return (this.texts[ref] ??= decodeUtf8(this.store, this.ends[ref - 1], this.ends[ref]));
  }

  /** All strings by number. */
  toStrings(): string[] {
    return Array.from({ length: this.count }, (_, ref) => this.text(ref));
  }

  /** Gives its memory up: nothing is looked up or added any more. */
  close(release: Release): void {
    release([this.store, this.ends, this.slots]);
  }

  private internWhole(bytes: Uint8Array, view: DataView, start: number, end: number): number {
    const hash = hashOf(bytes, view, start, end);
    const { slots } = this;
    const mask = slots.length - 2;
    let slot = hash & mask;
    for (let ref = slots[slot + 1]; ref !== 0; ref = slots[slot + 1]) {
      if (slots[slot] === hash && this.equals(ref, bytes, view, start, end)) return ref;
      slot = (slot + 2) & mask;
    }
    return this.add(hash, slot, bytes.subarray(start, end));
  }

  private equals(ref: number, bytes: Uint8Array, view: DataView, start: number, end: number) {
    const length = end - start;
    let at = this.ends[ref - 1];
    if (this.ends[ref] - at !== length) return false;
    if (length < 4) return equalBytes(bytes, start, this.store, at, length);
    const last = end - 4;
    for (let from = start; from < last; from += 4, at += 4) {
      if (view.getInt32(from, true) !== this.storeView.getInt32(at, true)) return false;
    }
    return view.getInt32(last, true) === this.storeView.getInt32(this.ends[ref] - 4, true);
  }

  private add(hash: number, slot: number, value: Uint8Array): number {
    const ref = this.count++;
    this.reserve(value.length);
    this.store.set(value, this.used);
    this.used += value.length;
    this.ends[ref] = this.used;
    this.slots[slot] = hash;
    this.slots[slot + 1] = ref;
    if (this.count * 4 > this.slots.length) this.slots = rehashed(this.slots);
    return ref;
  }

  private reserve(length: number): void {
    this.ends = grown(this.ends, this.count);
    if (this.used + length <= this.store.length) return;
    this.store = grown(this.store, this.used + length);
    this.storeView = new DataView(this.store.buffer);
  }

  private internCut(bytes: Uint8Array, start: number, end: number): number {
    let length = LONGEST_STRING - ELLIPSIS.length;
    while (start + length < end && length > 0 && (bytes[start + length] & 0xc0) === 0x80) length--;
    this.cut.set(bytes.subarray(start, start + length));
    this.cut.set(ELLIPSIS, length);
    return this.internWhole(this.cut, this.cutView, 0, length + ELLIPSIS.length);
  }
}

function equalBytes(a: Uint8Array, atA: number, b: Uint8Array, atB: number, length: number) {
  for (let i = 0; i < length; i++) if (a[atA + i] !== b[atB + i]) return false;
  return true;
}

/** The last word overlaps the one before where four do not divide the length. */
function hashOf(bytes: Uint8Array, view: DataView, start: number, end: number): number {
  let hash = end - start;
  const last = end - 4;
  for (let at = start; at < last; at += 4) {
    hash = Math.imul(hash ^ view.getInt32(at, true), 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  if (last >= start) hash = Math.imul(hash ^ view.getInt32(last, true), 0x9e3779b1);
  else for (let at = start; at < end; at++) hash = Math.imul(hash ^ bytes[at], 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return hash ^ (hash >>> 13);
}
