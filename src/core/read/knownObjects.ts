import { type ByteText, toByteText } from '../activity/byteText';

/** Longer objects are read anew each time; the `userIdentity` of an assumed role takes 700 bytes. */
const LONGEST = 1 << 10;
/** Room for the sessions of a busy account; half a megabyte. */
const SLOT_BITS = 9;
export const SLOTS = 1 << SLOT_BITS;

/** No object of the table. */
export const UNSEEN = -1;

/**
 * Objects that come again byte for byte, as the `userIdentity` of a session does in each of its records, and `tlsDetails`
 * in all calls of an endpoint: to compare bytes takes a sixth of the time of reading them as JSON. Equal bytes from brace
 * to brace are an equal object that ends at the same place, so nothing else has to be looked at.
 *
 * A table with one place for each hash of a few words. What was seen once only is not kept.
 */
export class KnownObjects {
  private readonly lengths = new Int32Array(SLOTS);
  private readonly hashes = new Int32Array(SLOTS);
  private store: ByteText | null = null;

  /** `from`, `to`: bytes behind the opening brace where such objects tell from each other, multiples of four. */
  constructor(
    private readonly from: number,
    private readonly to: number,
  ) {}

  /** The slot of the object that opens at `open`; UNSEEN when it is not known. */
  find(text: ByteText, open: number, end: number): number {
    if (open + LONGEST > end) return UNSEEN;
    const slot = this.hashOf(text, open) >>> (32 - SLOT_BITS);
    return this.equals(slot, text, open) ? slot : UNSEEN;
  }

  /** How many bytes the object in a slot takes. */
  lengthAt(slot: number): number {
    return this.lengths[slot];
  }

  /** Tells of an object that was read; its slot when it is kept, which is so when one of its hash came before. */
  add(text: ByteText, open: number, after: number): number {
    const length = after - open;
    if (length > LONGEST || open + LONGEST > text.bytes.length) return UNSEEN;
    const hash = this.hashOf(text, open);
    const slot = hash >>> (32 - SLOT_BITS);
    const isAgain = this.hashes[slot] === hash;
    this.hashes[slot] = hash;
    if (!isAgain) return UNSEEN;
    this.store ??= toByteText(new Uint8Array(SLOTS * LONGEST));
    this.store.bytes.set(text.bytes.subarray(open, after), slot * LONGEST);
    this.lengths[slot] = length;
    return slot;
  }

  private hashOf({ view }: ByteText, open: number): number {
    let hash = 0;
    for (let at = open + this.from; at < open + this.to; at += 4) {
      hash = Math.imul(hash ^ view.getInt32(at, true), 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    return Math.imul(hash, 0x85ebca6b);
  }

  /** Words of eight bytes as floats: they compare like their bits, since JSON holds no zero byte and so no zero. */
  private equals(slot: number, { bytes, view }: ByteText, open: number): boolean {
    const { store } = this;
    const length = this.lengths[slot];
    if (store === null || length === 0) return false;
    const from = slot * LONGEST;
    let i = 0;
    for (; i + 8 <= length; i += 8) {
      if (view.getFloat64(open + i, true) !== store.view.getFloat64(from + i, true)) return false;
    }
    for (; i < length; i++) if (bytes[open + i] !== store.bytes[from + i]) return false;
    return true;
  }
}
