import * as Byte from './byte';

/**
 * JSON in bytes: strict as JSON.parse, and nothing is built. Functions take a position and return the one after what they
 * read. They throw INCOMPLETE where the bytes end too early, and MalformedJson where no further byte could mend it.
 */

/** Thrown, as MalformedJson, without being an Error: taking a stack trace would cost more than reading the bytes. */
export const INCOMPLETE = Symbol('the bytes end inside a value');

export class MalformedJson {
  /** `position`: in the bytes at hand, not in the file. */
  constructor(
    readonly position: number,
    readonly expected: string,
  ) {}
}

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

/** From behind a member name to the first byte of its value. */
export function afterColon(bytes: Uint8Array, at: number, end: number): number {
  if (at >= end || bytes[at] !== Byte.colon) at = skipSpace(bytes, at, end);
  if (bytes[at] !== Byte.colon) throw new MalformedJson(at, '":"');
  at++;
  return at < end && bytes[at] > Byte.space ? at : skipSpace(bytes, at, end);
}

/** The value of a hexadecimal digit, -1 for any other byte. */
export function hexDigit(byte: number): number {
  if (byte >= Byte.zero && byte <= Byte.nine) return byte - Byte.zero;
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}
