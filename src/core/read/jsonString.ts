import type { ByteText } from '../activity/byteText';
import * as Byte from './byte';
import { hexDigit, INCOMPLETE, MalformedJson } from './json';

/**
 * The position of the quote that closes the string whose first character is at `at`; its complement (`~position`) when
 * the string holds escapes. Eight bytes at a time, with one branch for both words, since where a string ends is what the
 * processor cannot foresee.
 */
export function closingQuote(text: ByteText, at: number, end: number): number {
  const { bytes, view } = text;
  const last = end - 8;
  let hasEscapes = 0;
  while (at <= last) {
    const low = special(view.getInt32(at, true));
    const high = special(view.getInt32((at + 4) | 0, true));
    if (((low | high) & 0x80808080) === 0) {
      at = (at + 8) | 0;
      continue;
    }
    at += (low & 0x80808080) !== 0 ? firstOf(low) : 4 + firstOf(high);
    const byte = bytes[at];
    if (byte === Byte.quote) return at ^ -hasEscapes;
    if (byte === Byte.backslash) hasEscapes = 1;
    at = afterSpecial(bytes, at, end);
  }
  while (at < end && isOrdinary(bytes[at])) at++;
  return at < end && bytes[at] === Byte.quote
    ? at ^ -hasEscapes
    : closingQuoteSlowly(bytes, at, end);
}

/**
 * The highest bit of a byte below 0x20, of a quote and of a backslash, and of some bytes of other alphabets; of those that
 * are set the lowest is exact, higher ones need not be. Flipping bit 1 lays the quote (0x22) beside the control characters,
 * so that one subtraction finds both.
 */
const special = (word: number): number =>
  ((word ^ 0x02020202) - 0x21212121) | ((word ^ 0x5c5c5c5c) - 0x01010101);

/** The byte of the lowest of the high bits that are set. */
const firstOf = (bits: number): number => {
  const high = bits & 0x80808080;
  return (31 - Math.clz32(high & -high)) >> 3;
};

/** Behind a byte that only looks special, or an escape. */
function afterSpecial(bytes: Uint8Array, at: number, end: number): number {
  if (bytes[at] === Byte.backslash) return skipEscape(bytes, at, end);
  if (bytes[at] < Byte.space) throw new MalformedJson(at, 'no control character in a string');
  return at + 1;
}

/** Near the end of the bytes, from an escape on. */
function closingQuoteSlowly(bytes: Uint8Array, at: number, end: number): number {
  while (at < end && bytes[at] !== Byte.quote) at = afterSpecial(bytes, at, end);
  if (at >= end) throw INCOMPLETE;
  return ~at;
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
