import * as Byte from './byte';
import { INCOMPLETE } from './json';

const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

/** The position behind the byte order mark at `at`, or `at` where there is none. */
export function skipByteOrderMark(bytes: Uint8Array, at: number, end: number): number {
  if (bytes[at] !== BYTE_ORDER_MARK[0]) return at;
  if (end - at < BYTE_ORDER_MARK.length) throw INCOMPLETE;
  const isMark = BYTE_ORDER_MARK.every((byte, i) => bytes[at + i] === byte);
  return isMark ? at + BYTE_ORDER_MARK.length : at;
}

/** The position of the `{` or the line's end behind text, which is what log exports put before a record; or `end`. */
export function skipText(bytes: Uint8Array, at: number, end: number): number {
  while (at < end && bytes[at] !== Byte.openBrace && bytes[at] !== Byte.lineFeed) at++;
  return at;
}
