import { asciiBytes, type ByteText, toByteText } from '../activity/byteText';

/** What a member name means where it stands: the number given for it, or UNKNOWN. */
export const UNKNOWN = -1;

const SLOT_BITS = 7;
const SLOTS = 1 << SLOT_BITS;

/**
 * Member names in a perfect hash over their length, first byte and last four: those differ for the names CloudTrail
 * uses (`eventTime`, `eventType`, `eventName` share their first five bytes), and one comparison settles the rest.
 */
export class MemberTable {
  private readonly codes: Int32Array;
  private readonly names: ByteText[];
  private readonly multiplier: number;

  /** Names of at least three characters; two names may mean the same. */
  constructor(meanings: Readonly<Record<string, number>>) {
    const names = Object.keys(meanings);
    this.multiplier = findMultiplier(names.map(tailOf));
    this.codes = new Int32Array(SLOTS).fill(UNKNOWN);
    this.names = Array.from({ length: SLOTS }, () => toByteText(new Uint8Array()));
    for (const name of names) {
      const slot = slotOf(tailOf(name), this.multiplier);
      this.codes[slot] = meanings[name];
      this.names[slot] = toByteText(asciiBytes(name));
    }
  }

  /** The meaning of the name in [start, end); at `start - 1` stands its opening quote. */
  find(text: ByteText, start: number, end: number): number {
    const length = end - start;
    if (length < 3) return UNKNOWN;
    const slot = slotOf(
      mixOf(text.view.getInt32(end - 4, true), text.bytes[start], length),
      this.multiplier,
    );
    const { bytes, view } = this.names[slot];
    if (bytes.length !== length) return UNKNOWN;
    let at = 0;
    for (; at + 4 <= length; at += 4) {
      if (view.getInt32(at, true) !== text.view.getInt32(start + at, true)) return UNKNOWN;
    }
    for (; at < length; at++) if (bytes[at] !== text.bytes[start + at]) return UNKNOWN;
    return this.codes[slot];
  }
}

function tailOf(name: string): number {
  const { view, bytes } = toByteText(asciiBytes(`"${name}`));
  return mixOf(view.getInt32(bytes.length - 4, true), bytes[1], name.length);
}

const mixOf = (lastFour: number, first: number, length: number): number =>
  lastFour ^ (first << 8) ^ length;

const slotOf = (tail: number, multiplier: number): number =>
  Math.imul(tail, multiplier) >>> (32 - SLOT_BITS);

/** The first odd multiplier from a fixed sequence under which no two names meet in one slot. */
function findMultiplier(tails: readonly number[]): number {
  if (new Set(tails).size < tails.length) throw new Error('two names look alike');
  let multiplier = 0x9e3779b1;
  while (new Set(tails.map((tail) => slotOf(tail, multiplier))).size < tails.length) {
    multiplier = Math.imul(multiplier, 0x0019660d) | 1;
  }
  return multiplier;
}
