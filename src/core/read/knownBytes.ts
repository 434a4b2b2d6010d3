import { type ByteText, toByteText } from '../activity/byteText';

/** Longer runs are read anew each time; the `userIdentity` of an assumed role takes 700 bytes. */
const LONGEST = 1 << 10;
const SHORTEST = 8;
/** Room for the sessions of a busy account: 0.93 of one billion bytes of logs were known, where 512 slots knew 0.81. */
const SLOT_BITS = 11;
export const SLOTS = 1 << SLOT_BITS;

/** No run of the table. */
export const UNSEEN = -1;

/**
 * Runs of bytes that come again, as the `userIdentity` of a session does in each of its records: to compare bytes takes a
 * sixth of the time of reading them as JSON.
 *
 * A table with one place for each hash of a few words. What was seen once only is not kept.
 */
export class KnownBytes {
  private readonly lengths = new Int32Array(SLOTS);
  private readonly hashes = new Int32Array(SLOTS);
  private store: ByteText | null = null;

  /** `places`: where, from the beginning of a run, the words stand in which such runs tell from each other. */
  constructor(private readonly places: readonly number[]) {}

  /** The slot of the run that begins at `start`; UNSEEN when it is not known. */
  find(text: ByteText, start: number, end: number): number {
    if (start + LONGEST > end) return UNSEEN;
    const slot = this.hashOf(text, start) >>> (32 - SLOT_BITS);
    return this.equals(slot, text, start) ? slot : UNSEEN;
  }

  /** How many bytes the run in a slot takes. */
  lengthAt(slot: number): number {
    return this.lengths[slot];
  }

  /** Tells of a run that was read; its slot when it is kept, which is so when one of its hash came before. */
  add(text: ByteText, start: number, after: number): number {
    const length = after - start;
    if (length > LONGEST || length < SHORTEST || start + LONGEST > text.bytes.length) return UNSEEN;
    const hash = this.hashOf(text, start);
    const slot = hash >>> (32 - SLOT_BITS);
    const isAgain = this.hashes[slot] === hash;
    this.hashes[slot] = hash;
    if (!isAgain) return UNSEEN;
    this.store ??= toByteText(new Uint8Array(SLOTS * LONGEST));
    this.store.bytes.set(text.bytes.subarray(start, after), slot * LONGEST);
    this.lengths[slot] = length;
    return slot;
  }

  private hashOf({ view }: ByteText, start: number): number {
    const { places } = this;
    let hash = 0;
    for (let i = 0; i < places.length; i++) {
      hash = Math.imul(hash ^ view.getInt32(start + places[i], true), 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    return Math.imul(hash, 0x85ebca6b);
  }

  /** Words of eight bytes as floats: they compare like their bits, since JSON holds no zero byte and so no zero. */
  private equals(slot: number, { view }: ByteText, start: number): boolean {
    const length = this.lengths[slot];
    if (this.store === null || length === 0) return false;
    const { view: stored } = this.store;
    const last = length - 8;
    let at = start;
    let from = slot * LONGEST;
    for (const stop = from + last - 24; from <= stop; from += 32, at += 32) {
      if (
        view.getFloat64(at, true) !== stored.getFloat64(from, true) ||
        view.getFloat64(at + 8, true) !== stored.getFloat64(from + 8, true) ||
        view.getFloat64(at + 16, true) !== stored.getFloat64(from + 16, true) ||
        view.getFloat64(at + 24, true) !== stored.getFloat64(from + 24, true)
      ) {
        return false;
      }
    }
    for (const stop = slot * LONGEST + last; from < stop; from += 8, at += 8) {
      if (view.getFloat64(at, true) !== stored.getFloat64(from, true)) return false;
    }
    return view.getFloat64(start + last, true) === stored.getFloat64(slot * LONGEST + last, true);
  }
}
