import type { ByteText } from '../activity/byteText';
import { Field, Kind, type RecordFields } from './recordFields';
import {
  afterColon,
  Byte,
  closingQuote,
  MalformedJson,
  skipLiteral,
  skipSpace,
  skipValue,
} from './json';
import { MemberTable, NO_SLOT, UNKNOWN } from './memberTable';
import { unescape } from './unescape';

/** `scanObject` found a list of records: the object is what wraps it. */
export const WRAPPER = -1;

/** Meanings from here on are not fields. */
const IDENTITY = 64;
const SESSION = 65;
const ISSUER = 66;
const ADDENDUM = 67;
const LIST = 68;

/** AWS's own names for a list of records; other lists are found too, but have to fit into memory. */
const LIST_NAMES = ['Records', 'Events', 'events', 'logEvents'];

const RECORD_MEMBERS = new MemberTable(
  {
    eventVersion: Field.eventVersion,
    eventTime: Field.eventTime,
    eventSource: Field.eventSource,
    eventName: Field.eventName,
    awsRegion: Field.awsRegion,
    eventID: Field.eventID,
    eventId: Field.eventID,
    eventType: Field.eventType,
    eventCategory: Field.eventCategory,
    recipientAccountId: Field.recipientAccountId,
    accountId: Field.accountId,
    readOnly: Field.readOnly,
    managementEvent: Field.managementEvent,
    errorCode: Field.errorCode,
    sourceIPAddress: Field.sourceIPAddress,
    userAgent: Field.userAgent,
    insightDetails: Field.insightDetails,
    digestStartTime: Field.digestStartTime,
    digestS3Object: Field.digestS3Object,
    s3ObjectKey: Field.s3ObjectKey,
    userIdentity: IDENTITY,
    addendum: ADDENDUM,
    ...Object.fromEntries(LIST_NAMES.map((name) => [name, LIST])),
  },
  [
    'errorMessage',
    'requestParameters',
    'responseElements',
    'additionalEventData',
    'requestID',
    'apiVersion',
    'resources',
    'sharedEventID',
    'vpcEndpointId',
    'vpcEndpointAccountId',
    'serviceEventDetails',
    'sessionCredentialFromConsole',
    'tlsDetails',
  ],
);
const IDENTITY_MEMBERS = new MemberTable(
  {
    type: Field.identityType,
    arn: Field.identityArn,
    accountId: Field.identityAccountId,
    invokedBy: Field.invokedBy,
    accessKeyId: Field.accessKeyId,
    userName: Field.userName,
    principalId: Field.principalId,
    sessionContext: SESSION,
  },
  ['onBehalfOf', 'credentialId', 'inScopeOf', 'identityProvider'],
);
const SESSION_MEMBERS = new MemberTable({ sessionIssuer: ISSUER }, [
  'attributes',
  'webIdFederationData',
  'sourceIdentity',
]);
const ISSUER_MEMBERS = new MemberTable({ arn: Field.issuerArn, accountId: Field.issuerAccountId }, [
  'type',
  'principalId',
  'userName',
]);
const ADDENDUM_MEMBERS = new MemberTable({
  reason: Field.addendumReason,
  originalEventID: Field.originalEventID,
});

/** An object inside a record that is looked into, and the fields it holds, [from, to). */
const INNER = {
  [IDENTITY]: {
    members: IDENTITY_MEMBERS,
    from: Field.identityType,
    to: Field.issuerAccountId + 1,
  },
  [SESSION]: { members: SESSION_MEMBERS, from: Field.issuerArn, to: Field.issuerAccountId + 1 },
  [ISSUER]: { members: ISSUER_MEMBERS, from: Field.issuerArn, to: Field.issuerAccountId + 1 },
  [ADDENDUM]: {
    members: ADDENDUM_MEMBERS,
    from: Field.addendumReason,
    to: Field.originalEventID + 1,
  },
} as const;

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
    at = afterColon(bytes, nameEnd + 1, end);
    if (meaning === UNKNOWN) {
      if (mayHoldRecords(bytes, at)) fields.mayWrap = true;
      at = skipValue(text, at, end, 1);
    } else if (meaning < IDENTITY) {
      at = scanField(text, at, end, fields, meaning);
    } else if (meaning === LIST) {
      if (bytes[at] === Byte.openBracket) return WRAPPER;
      at = skipValue(text, at, end, 1);
    } else {
      at = scanInner(text, at, end, fields, INNER[meaning as keyof typeof INNER]);
    }
    if (at >= end || bytes[at] !== Byte.comma) at = skipSpace(bytes, at, end);
    if (bytes[at] === Byte.closeBrace) return at + 1;
    if (bytes[at] !== Byte.comma) throw new MalformedJson(at, '"," or "}"');
    at++;
    if (at >= end || bytes[at] !== Byte.quote) at = skipSpace(bytes, at, end);
  }
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

function findEscaped(text: ByteText, start: number, end: number, members: MemberTable): number {
  const name = new Uint8Array(end - start + 4);
  const nameEnd = unescape(text.bytes, start, end, name, 1);
  name[0] = Byte.quote;
  return members.find({ bytes: name, view: new DataView(name.buffer) }, 1, nameEnd);
}
