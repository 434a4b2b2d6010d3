/**
 * JSON in bytes: strict as JSON.parse, and nothing is built. Functions take a position and return the one after what they
 * read. They throw INCOMPLETE where the bytes end too early, and MalformedJson where no further byte could mend it.
 */
import type { ByteText } from '../activity/byteText';

/** Thrown, as MalformedJson, without being an Error: taking a stack trace would cost more than reading the bytes. */
export const INCOMPLETE = Symbol('the bytes end inside a value');

export class MalformedJson {
  /** `position`: in the bytes at hand, not in the file. */
  constructor(
    readonly position: number,
    readonly expected: string,
  ) {}
}

export const Byte = {
  tab: 0x09,
  lineFeed: 0x0a,
  carriageReturn: 0x0d,
  space: 0x20,
  quote: 0x22,
  plus: 0x2b,
  comma: 0x2c,
  minus: 0x2d,
  point: 0x2e,
  zero: 0x30,
  nine: 0x39,
  colon: 0x3a,
  upperE: 0x45,
  openBracket: 0x5b,
  backslash: 0x5c,
  closeBracket: 0x5d,
  lowerE: 0x65,
  lowerF: 0x66,
  lowerN: 0x6e,
  lowerT: 0x74,
  lowerU: 0x75,
  openBrace: 0x7b,
  closeBrace: 0x7d,
} as const;

/** Values may stand in each other so deep; CloudTrail's own stay under 20. It bounds the stack against hostile input. */
const DEEPEST = 128;

export function fail(at: number, end: number, expected: string): never {
  if (at >= end) throw INCOMPLETE;
  throw new MalformedJson(at, expected);
}

/** The position of the first byte from `at` that is no white space. Throws INCOMPLETE when there is none. */
export function skipSpace(bytes: Uint8Array, at: number, end: number): number {
  while (at < end) {
    const byte = bytes[at];
    if (byte > Byte.space) return at;
    if (
      byte !== Byte.space &&
      byte !== Byte.lineFeed &&
      byte !== Byte.carriageReturn &&
      byte !== Byte.tab
    ) {
      return at;
    }
    at++;
  }
  throw INCOMPLETE;
}

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

/** The value of a hexadecimal digit, -1 for any other byte. */
export function hexDigit(byte: number): number {
  if (byte >= Byte.zero && byte <= Byte.nine) return byte - Byte.zero;
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}

/** Skips any value; `at` is its first byte. */
export function skipValue(text: ByteText, at: number, end: number, depth: number): number {
  if (at >= end) throw INCOMPLETE;
  const byte = text.bytes[at];
  if (byte === Byte.quote) {
    const quote = closingQuote(text, at + 1, end);
    return (quote < 0 ? ~quote : quote) + 1;
  }
  if (byte === Byte.openBrace) return skipObject(text, at, end, depth);
  if (byte === Byte.openBracket) return skipArray(text, at, end, depth);
  return skipLiteral(text.bytes, at, end);
}

function skipObject(text: ByteText, open: number, end: number, depth: number): number {
  if (depth > DEEPEST) throw new MalformedJson(open, `at most ${DEEPEST} values in each other`);
  const { bytes } = text;
  let at = skipSpace(bytes, open + 1, end);
  if (bytes[at] === Byte.closeBrace) return at + 1;
  for (;;) {
    if (bytes[at] !== Byte.quote) throw new MalformedJson(at, 'a member name');
    at = skipValue(text, skipColon(text, at, end), end, depth + 1);
    if (at >= end || bytes[at] !== Byte.comma) at = skipSpace(bytes, at, end);
    if (bytes[at] === Byte.closeBrace) return at + 1;
    if (bytes[at] !== Byte.comma) throw new MalformedJson(at, '"," or "}"');
    at++;
    if (at >= end || bytes[at] !== Byte.quote) at = skipSpace(bytes, at, end);
  }
}

/** From the opening quote of a member name to the first byte of its value. */
function skipColon(text: ByteText, openQuote: number, end: number): number {
  const quote = closingQuote(text, openQuote + 1, end);
  return afterColon(text.bytes, (quote < 0 ? ~quote : quote) + 1, end);
}

/** From behind a member name to the first byte of its value. */
export function afterColon(bytes: Uint8Array, at: number, end: number): number {
  if (at >= end || bytes[at] !== Byte.colon) at = skipSpace(bytes, at, end);
  if (bytes[at] !== Byte.colon) throw new MalformedJson(at, '":"');
  at++;
  return at < end && bytes[at] > Byte.space ? at : skipSpace(bytes, at, end);
}

function skipArray(text: ByteText, open: number, end: number, depth: number): number {
  if (depth > DEEPEST) throw new MalformedJson(open, `at most ${DEEPEST} values in each other`);
  const { bytes } = text;
  let at = skipSpace(bytes, open + 1, end);
  if (bytes[at] === Byte.closeBracket) return at + 1;
  for (;;) {
    at = skipSpace(bytes, skipValue(text, at, end, depth + 1), end);
    if (bytes[at] === Byte.closeBracket) return at + 1;
    if (bytes[at] !== Byte.comma) throw new MalformedJson(at, '"," or "]"');
    at = skipSpace(bytes, at + 1, end);
  }
}

/** Skips `true`, `false`, `null` or a number. The byte after it must be there, since a number could go on. */
export function skipLiteral(bytes: Uint8Array, at: number, end: number): number {
  if (at >= end) throw INCOMPLETE;
  const byte = bytes[at];
  if (byte === Byte.lowerT) return skipWord(bytes, at, end, TRUE);
  if (byte === Byte.lowerF) return skipWord(bytes, at, end, FALSE);
  if (byte === Byte.lowerN) return skipWord(bytes, at, end, NULL);
  return skipNumber(bytes, at, end);
}

const TRUE = [0x74, 0x72, 0x75, 0x65];
const FALSE = [0x66, 0x61, 0x6c, 0x73, 0x65];
const NULL = [0x6e, 0x75, 0x6c, 0x6c];

function skipWord(bytes: Uint8Array, at: number, end: number, word: readonly number[]): number {
  for (let i = 0; i < word.length; i++) {
    if (at + i >= end) throw INCOMPLETE;
    if (bytes[at + i] !== word[i]) throw new MalformedJson(at, 'a value');
  }
  return at + word.length;
}

function skipNumber(bytes: Uint8Array, start: number, end: number): number {
  let at = bytes[start] === Byte.minus ? start + 1 : start;
  if (at < end && bytes[at] === Byte.zero) at++;
  else at = skipDigits(bytes, at, end, at === start ? 'a value' : 'a digit');
  if (at < end && bytes[at] === Byte.point) at = skipDigits(bytes, at + 1, end, 'a digit');
  if (at < end && (bytes[at] | 0x20) === Byte.lowerE) {
    const sign = at + 1 < end ? bytes[at + 1] : 0;
    const digits = sign === Byte.plus || sign === Byte.minus ? at + 2 : at + 1;
    at = skipDigits(bytes, digits, end, 'a digit');
  }
  if (at >= end) throw INCOMPLETE;
  return at;
}

function skipDigits(bytes: Uint8Array, start: number, end: number, expected: string): number {
  let at = start;
  while (at < end && bytes[at] >= Byte.zero && bytes[at] <= Byte.nine) at++;
  if (at === start) fail(at, end, expected);
  return at;
}
