import type { ByteText } from '../activity/byteText';
import { Byte, hexDigit, INCOMPLETE, MalformedJson } from './json';

/**
 * The position of the quote that closes the string whose first character is at `at`; its complement (`~position`) when
 * the string holds escapes. Eight bytes at a time, with one branch for both words, since where a string ends is what the
 * processor cannot foresee.
 */
export function closingQuote(text: ByteText, at: number, end: number): number {
  const { view } = text;
  const last = end - 8;
  for (; at <= last; at += 8) {
    const low = special(view.getInt32(at, true));
    const high = special(view.getInt32(at + 4, true));
    if ((low | high) !== 0) {
      const stop = at + (low !== 0 ? firstOf(low) : 4 + firstOf(high));
      return text.bytes[stop] === Byte.quote ? stop : closingQuoteSlowly(text, stop, end);
    }
  }
  return closingQuoteSlowly(text, at, end);
}

/**
 * A bit for a byte below 0x20, a quote or a backslash; of the bits that are set the lowest is exact, higher ones need not
 * be. Flipping bit 1 lays the quote (0x22) beside the control characters, so that one subtraction finds both.
 */
const special = (word: number): number =>
  (((word ^ 0x02020202) - 0x21212121) | ((word ^ 0x5c5c5c5c) - 0x01010101)) & ~word & 0x80808080;

/** The byte of the lowest bit set. */
const firstOf = (bits: number): number => (31 - Math.clz32(bits & -bits)) >> 3;

/** The rest of a string from an escape on, or near the end of the bytes. */
function closingQuoteSlowly(text: ByteText, at: number, end: number): number {
  const { bytes, view } = text;
  let escapes = false;
  for (;;) {
    while (at + 4 <= end && special(view.getInt32(at, true)) === 0) at += 4;
    while (at < end && isOrdinary(bytes[at])) at++;
    if (at >= end) throw INCOMPLETE;
    if (bytes[at] === Byte.quote) return escapes ? ~at : at;
    if (bytes[at] !== Byte.backslash) {
      throw new MalformedJson(at, 'no control character in a string');
    }
    escapes = true;
    at = skipEscape(bytes, at, end);
  }
}

const isOrdinary = (byte: number): boolean =>
  byte >= Byte.space && byte !== Byte.quote && byte !== Byte.backslash;

const SIMPLE_ESCAPES = new Uint8Array(256);
for (const character of '"\\/bfnrt') SIMPLE_ESCAPES[character.charCodeAt(0)] = 1;

function skipEscape(bytes: Uint8Array, at: number, end: number): number {
  if (at + 1 >= end) throw INCOMPLETE;
  if (SIMPLE_ESCAPES[bytes[at + 1]] === 1) return at + 2;
  if (bytes[at + 1] !== Byte.lowerU) throw new MalformedJson(at, 'an escape that JSON knows');
  for (let digit = at + 2; digit < at + 6; digit++) {
    if (digit >= end) throw INCOMPLETE;
    if (hexDigit(bytes[digit]) < 0) throw new MalformedJson(digit, 'four hexadecimal digits');
  }
  return at + 6;
}
