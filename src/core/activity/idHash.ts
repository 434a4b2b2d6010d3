import type { ByteText } from './byteText';
import { encodeUtf8 } from './utf8';
import { toByteText } from './byteText';

/** Anything that gives the string with a number. */
interface Strings {
  text(ref: number): string;
}

/**
 * 64 bits of (recipientAccountId, eventID): two 32-bit lanes with different multipliers over the same words, mixed with
 * each other at the end (after MurmurHash3). The account comes in as the seed of the lanes, computed once an account.
 */
export class IdHash {
  high = 0;
  low = 0;
  private readonly seeds = new Map<number, { high: number; low: number }>();
  private account = -1;
  private seed = { high: 0, low: 0 };

  /** Hashes the id in bytes [start, end) of `text`; the result stands in `high` and `low`. */
  set(account: number, strings: Strings, text: ByteText, start: number, end: number): void {
    if (account !== this.account) this.useAccount(account, strings);
    this.high = this.seed.high;
    this.low = this.seed.low;
    this.mix(text, start, end);
  }

  private useAccount(account: number, strings: Strings): void {
    this.account = account;
    const known = this.seeds.get(account);
    if (known === undefined) {
      const name = toByteText(encodeUtf8(strings.text(account)));
      this.high = 0x2545f491;
      this.low = 0x27220a95;
      this.mix(name, 0, name.bytes.length);
      this.seed = { high: this.high, low: this.low };
      this.seeds.set(account, this.seed);
    } else {
      this.seed = known;
    }
  }

  private mix({ bytes, view }: ByteText, start: number, end: number): void {
    let high = this.high ^ (end - start);
    let low = this.low + (end - start);
    let at = start;
    for (; at + 4 <= end; at += 4) {
      const word = view.getInt32(at, true);
      high = rotate(high ^ Math.imul(rotate(Math.imul(word, 0xcc9e2d51), 15), 0x1b873593), 13);
      high = (Math.imul(high, 5) + 0xe6546b64) | 0;
      low = rotate(low ^ Math.imul(rotate(Math.imul(word, 0x239b961b), 16), 0xab0e9789), 19);
      low = (Math.imul(low, 5) + 0x561ccd1b) | 0;
    }
    for (; at < end; at++) {
      high = Math.imul(high ^ bytes[at], 0x01000193);
      low = Math.imul(low ^ bytes[at], 0x27d4eb2d);
    }
    this.high = finalMix((high + low) | 0);
    this.low = finalMix((low ^ Math.imul(high, 0x9e3779b1)) | 0);
  }
}

const rotate = (word: number, bits: number): number => (word << bits) | (word >>> (32 - bits));

function finalMix(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
