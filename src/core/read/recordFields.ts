import { asciiBytes, type ByteText, grown, toByteText } from '../activity/byteText';
import { decodeUtf8, encodeUtf8 } from '../activity/utf8';

/** The members of a record that counting needs, by the number they have in `RecordFields`. */
export const Field = {
  eventVersion: 0,
  eventTime: 1,
  eventSource: 2,
  eventName: 3,
  awsRegion: 4,
  eventID: 5,
  eventType: 6,
  eventCategory: 7,
  recipientAccountId: 8,
  readOnly: 9,
  managementEvent: 10,
  errorCode: 11,
  sourceIPAddress: 12,
  userAgent: 13,
  insightDetails: 14,
  addendumReason: 15,
  originalEventID: 16,
  identityType: 17,
  identityArn: 18,
  identityAccountId: 19,
  invokedBy: 20,
  accessKeyId: 21,
  userName: 22,
  principalId: 23,
  issuerArn: 24,
  issuerAccountId: 25,
  digestStartTime: 26,
  digestS3Object: 27,
  s3ObjectKey: 28,
  /** Of aggregated events, which have no `recipientAccountId`. */
  accountId: 29,
} as const;
export type Field = (typeof Field)[keyof typeof Field];

export const FIELD_COUNT = Object.keys(Field).length;

/** An object needs so many of the members `eventVersion` … `eventCategory` to be taken for a record. */
const ENOUGH_FOR_A_RECORD = 3;

/** What stands at a member. */
export const Kind = {
  absent: 0,
  /** A string without escapes: the bytes between the quotes. */
  text: 1,
  /** A string with escapes, unescaped into a buffer of its own. */
  escaped: 2,
  /** `true`, `false` or a number. */
  literal: 3,
  null: 4,
  /** An object or array, where counting expects none or does not look into it. */
  nested: 5,
} as const;
export type Kind = (typeof Kind)[keyof typeof Kind];

const NO_BYTES = toByteText(asciiBytes(''));

/** One record as byte ranges. Reused for every record: valid until the scanner goes on. */
export class RecordFields {
  /** The text the record stands in. */
  record: ByteText = NO_BYTES;
  recordStart = 0;
  /** Exclusive. */
  recordEnd = 0;
  readonly kind = new Uint8Array(FIELD_COUNT);
  readonly start = new Int32Array(FIELD_COUNT);
  /** Exclusive. */
  readonly end = new Int32Array(FIELD_COUNT);
  /** Whether some member holds an object, an array or a text that could hold records in turn. */
  mayWrap = false;
  private unescaped = toByteText(new Uint8Array(1 << 12));
  private unescapedEnd = 0;

  /** Forgets the record before. */
  reset(record: ByteText, recordStart: number): void {
    this.record = record;
    this.recordStart = recordStart;
    this.recordEnd = recordStart;
    this.mayWrap = false;
    this.unescapedEnd = 0;
    for (let field = 0; field < FIELD_COUNT; field++) this.kind[field] = Kind.absent;
  }

  /** Forgets the members [from, to): the object that held them came once more, or turned out to be null. */
  forget(from: number, to: number): void {
    for (let field = from; field < to; field++) this.kind[field] = Kind.absent;
  }

  set(field: number, kind: Kind, start: number, end: number): void {
    this.kind[field] = kind;
    this.start[field] = start;
    this.end[field] = end;
  }

  /** Keeps a string that has escapes. `write` puts its plain bytes at a position and returns the one after it. */
  setEscaped(
    field: number,
    longest: number,
    write: (bytes: Uint8Array, at: number) => number,
  ): void {
    const bytes = grown(this.unescaped.bytes, this.unescapedEnd + longest);
    if (bytes !== this.unescaped.bytes) this.unescaped = toByteText(bytes);
    const start = this.unescapedEnd;
    this.unescapedEnd = write(bytes, start);
    this.set(field, Kind.escaped, start, this.unescapedEnd);
  }

  /** Keeps a value that stands nowhere in the bytes; the empty text is an absent member. */
  setText(field: number, text: string): void {
    const plain = encodeUtf8(text);
    this.setEscaped(field, plain.length, (bytes, at) => {
      bytes.set(plain, at);
      return at + plain.length;
    });
    if (text === '') this.kind[field] = Kind.absent;
  }

  /** Whether the member holds a value that is neither null nor an object or array. */
  has(field: Field): boolean {
    const kind = this.kind[field];
    return kind === Kind.text || kind === Kind.escaped || kind === Kind.literal;
  }

  /** Where the bytes [start, end) of a member stand. */
  textOf(field: Field): ByteText {
    return this.kind[field] === Kind.escaped ? this.unescaped : this.record;
  }

  /** The member as a string; undefined unless `has`. */
  string(field: Field): string | undefined {
    if (!this.has(field)) return undefined;
    return decodeUtf8(this.textOf(field).bytes, this.start[field], this.end[field]);
  }

  /** Whether an object with these members is a CloudTrail record and nothing that wraps one. */
  isRecord(): boolean {
    let found = 0;
    for (let field = 0; field <= Field.eventCategory; field++)
      if (this.has(field as Field)) found++;
    return found >= ENOUGH_FOR_A_RECORD;
  }
}
