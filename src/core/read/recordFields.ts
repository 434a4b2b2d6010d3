import { asciiBytes, type ByteText, grown, toByteText } from '../activity/byteText';
import { decodeUtf8, encodeUtf8 } from '../activity/utf8';
import { Field, FIELD_COUNT, Kind } from './field';
import { KnownMembers } from './knownMembers';

/** An object needs so many of the members `eventVersion` … `eventCategory` to be taken for a record. */
const ENOUGH_FOR_A_RECORD = 3;

/** A bit for each of the fields [from, to). */
const bitsOf = (from: number, to: number): number => (1 << to) - (1 << from);

const RECORD_BITS = bitsOf(Field.eventVersion, Field.eventCategory + 1);

const LAST_VALUED = Kind.literal;

const NO_BYTES = toByteText(asciiBytes(''));

/** One record as byte ranges. Reused for every record: valid until the scanner goes on. */
export class RecordFields {
  /** The text the record stands in. */
  record: ByteText = NO_BYTES;
  recordStart = 0;
  /** Exclusive. */
  recordEnd = 0;
  private readonly kind = new Uint8Array(FIELD_COUNT);
  readonly start = new Int32Array(FIELD_COUNT);
  /** Exclusive. */
  readonly end = new Int32Array(FIELD_COUNT);
  /** How many members hold an object, an array or a text that could hold records in turn. */
  wrapping = 0;
  /** A bit for each field that is not absent, and for each that holds a value. */
  private present = 0;
  private valued = 0;
  /**
   * What came in records before: each `userIdentity` from its brace on, `{"type":"AssumedRole","principalId":"AROA` and then
   * the role's number and the session's name; and each record from `eventType` on, with its account and the service's host.
   */
  readonly identities = new KnownMembers([44, 48, 52, 56, 60, 64, 68, 72, 76]);
  readonly endings = new KnownMembers([72, 76, 212, 216, 220, 224, 228, 232]);
  private unescaped = toByteText(new Uint8Array(1 << 12));
  private unescapedEnd = 0;

  /** Forgets the record before. */
  reset(record: ByteText, recordStart: number): void {
    this.record = record;
    this.recordStart = recordStart;
    this.recordEnd = recordStart;
    this.wrapping = 0;
    this.unescapedEnd = 0;
    this.present = this.valued = 0;
  }

  /** Forgets the members [from, to): the object that held them came once more, or turned out to be null. */
  forget(from: number, to: number): void {
    const others = ~bitsOf(from, to);
    this.present &= others;
    this.valued &= others;
  }

  set(field: number, kind: Kind, start: number, end: number): void {
    const bit = 1 << field;
    this.present |= bit;
    if (kind <= LAST_VALUED) this.valued |= bit;
    else this.valued &= ~bit;
    this.kind[field] = kind;
    this.start[field] = start;
    this.end[field] = end;
  }

  /** What stands at a member. */
  kindOf(field: number): Kind {
    return (this.present & (1 << field)) === 0 ? Kind.absent : (this.kind[field] as Kind);
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
    if (text === '') this.forget(field, field + 1);
  }

  /** Whether the member holds a value that is neither null nor an object or array. */
  has(field: Field): boolean {
    return (this.valued & (1 << field)) !== 0;
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
    let found = this.valued & RECORD_BITS;
    for (let missing = ENOUGH_FOR_A_RECORD; missing > 1; missing--) found &= found - 1;
    return found !== 0;
  }
}
