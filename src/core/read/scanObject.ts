import type { ByteText } from '../activity/byteText';
import { Field, Kind } from './field';
import type { RecordFields } from './recordFields';
import * as Byte from './byte';
import { afterColon, MalformedJson, skipSpace } from './json';
import { closingQuote } from './jsonString';
import { skipLiteral, skipValue } from './jsonValue';
import { UNSEEN } from './knownBytes';
import { type MemberTable, NO_SLOT, UNKNOWN } from './memberTable';
import { IDENTITY, INNER, LIST, RECORD_MEMBERS } from './recordMembers';
import { unescape } from './unescape';

/** `scanObject` found a list of records: the object is what wraps it. */
export const WRAPPER = -1;

/**
 * Reads the object that opens at `open` into `fields`: the position after it, or WRAPPER as soon as a list of records
 * opens in it. Members are known by name and depth: the same names deeper down, as in `requestParameters`, mean nothing.
 * Of a name that comes twice the last value counts, as to JSON.parse.
 */
export function scanObject(
  text: ByteText,
  open: number,
  end: number,
  fields: RecordFields,
): number {
  fields.reset(text, open);
  const after = scanMembers(text, open, end, fields, RECORD_MEMBERS);
  fields.recordEnd = after;
  return after;
}

function scanMembers(
  text: ByteText,
  open: number,
  end: number,
  fields: RecordFields,
  members: MemberTable,
): number {
  const { bytes } = text;
  let before = NO_SLOT;
  let ending = UNSEEN;
  let wrapping = 0;
  let at = skipSpace(bytes, open + 1, end);
  if (bytes[at] === Byte.closeBrace) return at + 1;
  for (;;) {
    if (bytes[at] !== Byte.quote) throw new MalformedJson(at, 'a member name');
    const name = at + 1;
    let slot = members.foreseen(text, before, name, end);
    let nameEnd = name + members.lengthAt(slot);
    if (slot === NO_SLOT) {
      const quote = closingQuote(text, name, end);
      nameEnd = quote < 0 ? ~quote : quote;
      slot =
        quote < 0 ? findEscaped(text, name, nameEnd, members) : members.find(text, name, nameEnd);
      members.follow(before, slot);
    }
    before = slot;
    const meaning = members.meaningAt(slot);
    if (meaning === Field.eventType) {
      const known = fields.endings.recall(text, name, end, fields);
      if (known !== UNSEEN) return known;
      ending = name;
      wrapping = fields.wrapping;
    }
    at = afterColon(bytes, nameEnd + 1, end);
    if (meaning === UNKNOWN) {
      if (mayHoldRecords(bytes, at)) fields.wrapping++;
      at = skipValue(text, at, end, 1);
    } else if (meaning < IDENTITY) {
      at = scanField(text, at, end, fields, meaning);
    } else if (meaning === LIST) {
      if (bytes[at] === Byte.openBracket) return WRAPPER;
      at = skipValue(text, at, end, 1);
    } else if (meaning === IDENTITY) {
      ending = UNSEEN;
      at = scanIdentity(text, at, end, fields);
    } else {
      ending = UNSEEN;
      at = scanInner(text, at, end, fields, INNER[meaning as keyof typeof INNER]);
    }
    if (at >= end || bytes[at] !== Byte.comma) at = skipSpace(bytes, at, end);
    if (bytes[at] === Byte.closeBrace) break;
    if (bytes[at] !== Byte.comma) throw new MalformedJson(at, '"," or "}"');
    at++;
    if (at >= end || bytes[at] !== Byte.quote) at = skipSpace(bytes, at, end);
  }
  if (ending !== UNSEEN)
    fields.endings.add(text, ending, at + 1, fields, fields.wrapping - wrapping);
  return at + 1;
}

/** An object, an array, or a text that begins like one: `{`, `[`, or an escape such as `\\"` or `\\n`. */
export function mayHoldRecords(bytes: Uint8Array, at: number): boolean {
  const first = bytes[at] === Byte.quote ? bytes[at + 1] : bytes[at];
  return first === Byte.openBrace || first === Byte.openBracket || first === Byte.backslash;
}

export const isListName = (text: ByteText, start: number, end: number): boolean =>
  RECORD_MEMBERS.meaningAt(RECORD_MEMBERS.find(text, start, end)) === LIST;

function scanField(text: ByteText, at: number, end: number, fields: RecordFields, field: number) {
  const { bytes } = text;
  const byte = bytes[at];
  if (byte === Byte.quote) {
    const quote = closingQuote(text, at + 1, end);
    if (quote >= 0) {
      fields.set(field, Kind.text, at + 1, quote);
      return quote + 1;
    }
    const start = at + 1;
    const close = ~quote;
    fields.setEscaped(field, close - start, (target, to) =>
      unescape(bytes, start, close, target, to),
    );
    return close + 1;
  }
  const isNested = byte === Byte.openBrace || byte === Byte.openBracket;
  const after = isNested ? skipValue(text, at, end, 1) : skipLiteral(bytes, at, end);
  const kind = isNested ? Kind.nested : byte === Byte.lowerN ? Kind.null : Kind.literal;
  fields.set(field, kind, at, after);
  return after;
}

function scanInner(
  text: ByteText,
  at: number,
  end: number,
  fields: RecordFields,
  inner: { members: MemberTable; from: number; to: number },
): number {
  fields.forget(inner.from, inner.to);
  return text.bytes[at] === Byte.openBrace
    ? scanMembers(text, at, end, fields, inner.members)
    : skipValue(text, at, end, 1);
}

/** Most records of a file are of few sessions, and each names its own with the same 700 bytes. */
function scanIdentity(text: ByteText, at: number, end: number, fields: RecordFields): number {
  if (text.bytes[at] !== Byte.openBrace) return scanInner(text, at, end, fields, INNER[IDENTITY]);
  fields.forget(INNER[IDENTITY].from, INNER[IDENTITY].to);
  const known = fields.identities.recall(text, at, end, fields);
  if (known !== UNSEEN) return known;
  const { wrapping } = fields;
  const after = scanInner(text, at, end, fields, INNER[IDENTITY]);
  fields.identities.add(text, at, after, fields, fields.wrapping - wrapping);
  return after;
}

function findEscaped(text: ByteText, start: number, end: number, members: MemberTable): number {
  const name = new Uint8Array(end - start + 4);
  const nameEnd = unescape(text.bytes, start, end, name, 1);
  name[0] = Byte.quote;
  return members.find({ bytes: name, view: new DataView(name.buffer) }, 1, nameEnd);
}
