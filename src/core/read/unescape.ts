import { writeCodePoint } from '../activity/utf8';
import * as Byte from './byte';
import { hexDigit } from './json';

const ESCAPED = new Map(
  Object.entries({ b: 8, t: 9, n: 10, f: 12, r: 13 }).map(([letter, byte]) => [
    letter.charCodeAt(0),
    byte,
  ]),
);

/**
 * Writes the plain UTF-8 bytes of a JSON string, [start, end) between its quotes, at `at` of `target`; returns the
 * position after them. They are never more than the escaped ones. A lone surrogate becomes U+FFFD, since UTF-8 has none.
 */
export function unescape(
  source: Uint8Array,
  start: number,
  end: number,
  target: Uint8Array,
  at: number,
): number {
  while (start < end) {
    const byte = source[start];
    if (byte !== Byte.backslash) {
      target[at++] = byte;
      start++;
    } else if (source[start + 1] !== Byte.lowerU) {
      target[at++] = ESCAPED.get(source[start + 1]) ?? source[start + 1];
      start += 2;
    } else {
      const code = codePointAt(source, start, end);
      at = writeCodePoint(target, at, code);
      start += code > 0xffff ? 12 : 6;
    }
  }
  return at;
}

/** The code point of `\uXXXX` at `at`, or of the pair it begins. */
function codePointAt(source: Uint8Array, at: number, end: number): number {
  const high = codeUnitAt(source, at);
  if (high < 0xd800 || high > 0xdbff || at + 12 > end) return high;
  const isPair = source[at + 6] === Byte.backslash && source[at + 7] === Byte.lowerU;
  const low = isPair ? codeUnitAt(source, at + 6) : 0;
  return low < 0xdc00 || low > 0xdfff ? high : 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
}

const codeUnitAt = (source: Uint8Array, at: number): number =>
  (hexDigit(source[at + 2]) << 12) |
  (hexDigit(source[at + 3]) << 8) |
  (hexDigit(source[at + 4]) << 4) |
  hexDigit(source[at + 5]);
