/**
 * UTF-8 without TextDecoder and TextEncoder: the core compiles against ES2023 alone, and for the short ASCII strings of
 * a dictionary a call out of JavaScript would cost more than the decoding.
 */

const REPLACEMENT = 0xfffd;
const CHUNK = 4096;

/** The text of UTF-8 bytes; every byte that is no part of a well-formed character becomes U+FFFD. */
export function decodeUtf8(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let from = start; from < end;) {
    const units: number[] = [];
    while (from < end && units.length < CHUNK) from = decodeCharacter(bytes, from, end, units);
    text += String.fromCharCode(...units);
  }
  return text;
}

function decodeCharacter(bytes: Uint8Array, at: number, end: number, units: number[]): number {
  const lead = bytes[at];
  if (lead < 0x80) {
    units.push(lead);
    return at + 1;
  }
  const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  const code = at + length <= end ? codePoint(bytes, at, length) : -1;
  if (code < 0) {
    units.push(REPLACEMENT);
    return at + 1;
  }
  if (code < 0x10000) units.push(code);
  else units.push(0xd800 + ((code - 0x10000) >> 10), 0xdc00 + ((code - 0x10000) & 0x3ff));
  return at + length;
}

/** -1 for overlong forms, surrogates, code points past U+10FFFF and broken continuations. */
function codePoint(bytes: Uint8Array, at: number, length: number): number {
  let code = bytes[at] & (0xff >> (length + 1));
  for (let i = 1; i < length; i++) {
    const next = bytes[at + i];
    if ((next & 0xc0) !== 0x80) return -1;
    code = (code << 6) | (next & 0x3f);
  }
  const least = length === 2 ? 0x80 : length === 3 ? 0x800 : 0x10000;
  const isLead = bytes[at] >= 0xc2 && bytes[at] <= 0xf4;
  const isSurrogate = code >= 0xd800 && code <= 0xdfff;
  return isLead && code >= least && code <= 0x10ffff && !isSurrogate ? code : -1;
}

/** Writes one code point as UTF-8 at `at` and returns the position after it; lone surrogates become U+FFFD. */
export function writeCodePoint(
  bytes: Uint8Array,
  at: number,
  codePointOrSurrogate: number,
): number {
  const isSurrogate = codePointOrSurrogate >= 0xd800 && codePointOrSurrogate <= 0xdfff;
  const code = isSurrogate ? REPLACEMENT : codePointOrSurrogate;
  if (code < 0x80) {
    bytes[at] = code;
    return at + 1;
  }
  const length = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  for (let i = length - 1; i > 0; i--) {
    bytes[at + i] = 0x80 | ((code >> (6 * (length - 1 - i))) & 0x3f);
  }
  bytes[at] = ((0xf00 >> length) & 0xff) | (code >> (6 * (length - 1)));
  return at + length;
}

/** The UTF-8 bytes of a text; lone surrogates become U+FFFD. */
export function encodeUtf8(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length * 3);
  let at = 0;
  for (const character of text) at = writeCodePoint(bytes, at, character.codePointAt(0)!);
  return bytes.subarray(0, at);
}
