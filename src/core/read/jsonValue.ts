import type { ByteText } from '../activity/byteText';
import * as Byte from './byte';
import { afterColon, fail, INCOMPLETE, MalformedJson, skipSpace } from './json';
import { closingQuote } from './jsonString';

/** Values may stand in each other so deep; CloudTrail's own stay under 20. It bounds the stack against hostile input. */
const DEEPEST = 128;

/** Whether each of the values that the one being skipped stands in is an object, by depth. */
const isObjectAt = new Uint8Array(DEEPEST + 1);

/**
 * Skips any value; `at` is its first byte, `depth` how many values it stands in. One loop for all values in it, so that
 * nothing calls itself.
 */
export function skipValue(text: ByteText, at: number, end: number, depth: number): number {
  const { bytes } = text;
  for (let inner = depth; ;) {
    if (at >= end) throw INCOMPLETE;
    const byte = bytes[at];
    if (byte === Byte.quote) {
      const quote = closingQuote(text, at + 1, end);
      at = (quote < 0 ? ~quote : quote) + 1;
    } else if (byte === Byte.openBrace || byte === Byte.openBracket) {
      if (inner > DEEPEST) throw new MalformedJson(at, `at most ${DEEPEST} values in each other`);
      const isObject = byte === Byte.openBrace;
      at = skipSpace(bytes, at + 1, end);
      if (bytes[at] !== (isObject ? Byte.closeBrace : Byte.closeBracket)) {
        isObjectAt[inner++] = isObject ? 1 : 0;
        if (isObject) at = skipName(text, at, end);
        continue;
      }
      at++;
    } else {
      at = skipLiteral(bytes, at, end);
    }
    for (; ; inner--) {
      if (inner === depth) return at;
      const isObject = isObjectAt[inner - 1] === 1;
      if (at >= end || bytes[at] !== Byte.comma) at = skipSpace(bytes, at, end);
      const next = bytes[at++];
      if (next === Byte.comma) {
        if (at >= end || bytes[at] <= Byte.space) at = skipSpace(bytes, at, end);
        if (isObject) at = skipName(text, at, end);
        break;
      }
      if (next !== (isObject ? Byte.closeBrace : Byte.closeBracket)) {
        throw new MalformedJson(at - 1, isObject ? '"," or "}"' : '"," or "]"');
      }
    }
  }
}

/** From the first byte of a member to that of its value. */
function skipName(text: ByteText, at: number, end: number): number {
  const { bytes } = text;
  if (bytes[at] !== Byte.quote) throw new MalformedJson(at, 'a member name');
  const quote = closingQuote(text, at + 1, end);
  return afterColon(bytes, (quote < 0 ? ~quote : quote) + 1, end);
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
