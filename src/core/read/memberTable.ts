import { asciiBytes, type ByteText, toByteText } from '../activity/byteText';
import * as Byte from './byte';

/** The meaning of a name that is not in the table, or that the table was told to know as meaning nothing. */
export const UNKNOWN = -1;

/** The slot of every name that is not in the table; as a predecessor, the beginning of the object too. */
export const NO_SLOT = 0;

const SLOT_BITS = 8;
const SLOTS = 1 << SLOT_BITS;
/** Whole words of the longest name, `sessionCredentialFromConsole`. */
const WORDS = 7;

/**
 * Member names in a perfect hash over their length, first byte and last four: those differ for the names CloudTrail
 * uses (`eventTime`, `eventType`, `eventName` share their first five bytes), and one comparison settles the rest.
 *
 * Records of one version list their members in one order. So the table remembers which name followed which, and a name
 * that was foreseen is neither searched for its end nor hashed: a tenth of the scanner's time.
 */
export class MemberTable {
  private readonly meanings = new Int32Array(SLOTS).fill(UNKNOWN);
  private readonly lengths = new Uint8Array(SLOTS);
  /** The last four bytes; of a name of three the quote before it is the first of them. */
  private readonly tails = new Int32Array(SLOTS);
  private readonly words = new Int32Array(SLOTS * WORDS);
  private readonly followers = new Uint8Array(SLOTS);
  private readonly multiplier: number;

  /** Names of 3 to 31 characters; two names may mean the same. `meaningless`: names that only help to foresee others. */
  constructor(meanings: Readonly<Record<string, number>>, meaningless: readonly string[] = []) {
    const names = [...Object.keys(meanings), ...meaningless];
    const quoted = names.map((name) => toByteText(asciiBytes(`"${name}`)));
    this.multiplier = findMultiplier(quoted.map((text) => mixOf(text, 1, text.bytes.length)));
    names.forEach((name, i) => this.add(quoted[i], meanings[name] ?? UNKNOWN));
  }

  private add(quoted: ByteText, meaning: number): void {
    const end = quoted.bytes.length;
    const slot = slotOf(mixOf(quoted, 1, end), this.multiplier);
    this.meanings[slot] = meaning;
    this.lengths[slot] = end - 1;
    this.tails[slot] = quoted.view.getInt32(end - 4, true);
    for (let word = 0; word < (end - 1) >> 2; word++) {
      this.words[slot * WORDS + word] = quoted.view.getInt32(1 + word * 4, true);
    }
  }

  /** The slot of the name in [start, end), at `start - 1` its opening quote; NO_SLOT when it is not in the table. */
  find(text: ByteText, start: number, end: number): number {
    if (end - start < 3) return NO_SLOT;
    const slot = slotOf(mixOf(text, start, end), this.multiplier);
    return this.lengths[slot] === end - start && this.isAt(slot, text, start) ? slot : NO_SLOT;
  }

  /** The slot of the name that begins at `start`, if it is the one that last followed `before`; NO_SLOT otherwise. */
  foreseen(text: ByteText, before: number, start: number, end: number): number {
    const slot = this.followers[before];
    const quote = start + this.lengths[slot];
    if (slot === NO_SLOT || quote >= end || text.bytes[quote] !== Byte.quote) return NO_SLOT;
    return this.isAt(slot, text, start) ? slot : NO_SLOT;
  }

  /** Remembers what followed a name. */
  follow(before: number, slot: number): void {
    this.followers[before] = slot;
  }

  meaningAt(slot: number): number {
    return this.meanings[slot];
  }

  lengthAt(slot: number): number {
    return this.lengths[slot];
  }

  private isAt(slot: number, { view }: ByteText, start: number): boolean {
    const length = this.lengths[slot];
    if (this.tails[slot] !== view.getInt32(start + length - 4, true)) return false;
    for (let word = 0; word < length >> 2; word++) {
      if (this.words[slot * WORDS + word] !== view.getInt32(start + word * 4, true)) return false;
    }
    return true;
  }
}

const mixOf = ({ bytes, view }: ByteText, start: number, end: number): number =>
  view.getInt32(end - 4, true) ^ (bytes[start] << 8) ^ (end - start);

const slotOf = (mix: number, multiplier: number): number =>
  Math.imul(mix, multiplier) >>> (32 - SLOT_BITS);

/** The first odd multiplier from a fixed sequence under which no two names meet in one slot, and none in NO_SLOT. */
function findMultiplier(mixes: readonly number[]): number {
  if (new Set(mixes).size < mixes.length) throw new Error('two member names look alike');
  let multiplier = 0x9e3779b1;
  const slots = () => new Set([NO_SLOT, ...mixes.map((mix) => slotOf(mix, multiplier))]);
  while (slots().size <= mixes.length) multiplier = Math.imul(multiplier, 0x0019660d) | 1;
  return multiplier;
}
