import { grown, toByteText } from '../activity/byteText';
import { decodeUtf8, encodeUtf8 } from '../activity/utf8';
import { Field } from './field';
import type { Damage, LogScanner, RecordSink } from './logScanner';
import { RecordFields } from './recordFields';

type Members = Readonly<Record<string, unknown>>;

/** Fields by the path of the member that holds them. */
const PATHS: readonly (readonly [Field, ...string[]])[] = [
  ...(
    ['eventVersion', 'eventTime', 'eventSource', 'eventName', 'awsRegion', 'eventType'] as const
  ).map((name) => [Field[name], name] as const),
  [Field.eventID, 'eventId'],
  ...(
    ['eventID', 'eventCategory', 'recipientAccountId', 'readOnly', 'managementEvent'] as const
  ).map((name) => [Field[name], name] as const),
  ...(['errorCode', 'sourceIPAddress', 'userAgent', 'accountId', 'digestStartTime'] as const).map(
    (name) => [Field[name], name] as const,
  ),
  [Field.digestS3Object, 'digestS3Object'],
  [Field.addendumReason, 'addendum', 'reason'],
  [Field.originalEventID, 'addendum', 'originalEventID'],
  [Field.identityType, 'userIdentity', 'type'],
  [Field.identityArn, 'userIdentity', 'arn'],
  [Field.identityAccountId, 'userIdentity', 'accountId'],
  [Field.invokedBy, 'userIdentity', 'invokedBy'],
  [Field.accessKeyId, 'userIdentity', 'accessKeyId'],
  [Field.userName, 'userIdentity', 'userName'],
  [Field.principalId, 'userIdentity', 'principalId'],
  [Field.issuerArn, 'userIdentity', 'sessionContext', 'sessionIssuer', 'arn'],
  [Field.issuerAccountId, 'userIdentity', 'sessionContext', 'sessionIssuer', 'accountId'],
];

const TELLING = [
  'eventVersion',
  'eventTime',
  'eventSource',
  'eventName',
  'awsRegion',
  'eventID',
].concat(['eventId', 'eventType', 'eventCategory']);
const ENOUGH = 3;
const DEEPEST = 40;

/**
 * The slow and obvious way to the records of a JSON file: JSON.parse, and a walk over what it gives. Takes the place of
 * `RecordScanner` for a file in which that one breaks down, and is what it is tested against. The whole file is in memory.
 */
export class PlainScanner implements LogScanner {
  records = 0;
  strangers = 0;
  textLines = 0;
  hasList = false;
  readonly damages: Damage[] = [];
  private readonly fields = new RecordFields();
  private bytes = new Uint8Array(1 << 12);
  private length = 0;

  constructor(private readonly sink: RecordSink) {}

  get damageCount(): number {
    return this.damages.length;
  }

  push(bytes: Uint8Array, start: number, end: number): void {
    this.bytes = grown(this.bytes, this.length + end - start);
    this.bytes.set(bytes.subarray(start, end), this.length);
    this.length += end - start;
  }

  finish(): void {
    const text = decodeUtf8(this.bytes, 0, this.length).replace(/^\ufeff/, '');
    try {
      this.top(JSON.parse(text));
    } catch {
      this.severalIn(text);
    }
  }

  /** Values one behind the other, with or without line ends between, and with words before them on their line. */
  private severalIn(text: string): void {
    for (let at = 0; at < text.length;) {
      const word = /[^\s]/g;
      word.lastIndex = at;
      const next = word.exec(text)?.index ?? text.length;
      if (next === text.length) return;
      const end = '{["'.includes(text[next]) ? endOfValue(text, next) : next;
      if (end > next) {
        this.tryValue(text.slice(next, end), next);
        at = end;
      } else at = this.afterWords(text, next);
    }
  }

  /** Words before the `{` of a record are what log exports put there. */
  private afterWords(text: string, at: number): number {
    const stop = /[{\n]/g;
    stop.lastIndex = text[at] === '{' ? at + 1 : at;
    const end = stop.exec(text)?.index ?? text.length;
    if (text[end] !== '{') this.textLines++;
    return end;
  }

  private tryValue(json: string, offset: number): void {
    try {
      this.top(JSON.parse(json));
    } catch {
      this.damages.push({ offset, reason: 'not JSON' });
    }
  }

  private top(value: unknown): void {
    if (Array.isArray(value)) return this.list(value);
    this.place(value);
  }

  private list(values: readonly unknown[]): void {
    this.hasList = true;
    for (const value of values) this.place(value);
  }

  /** A value where a record should stand. */
  private place(value: unknown): void {
    const before = this.records;
    const hadList = this.hasList;
    this.hasList = false;
    this.walk(value, 0);
    const isStranger = this.records === before && !this.hasList;
    if (isStranger && isMembers(value)) this.sink.stranger(this.fieldsOf(value));
    if (isStranger) this.strangers++;
    this.hasList ||= hadList;
  }

  private walk(value: unknown, depth: number): void {
    if (depth > DEEPEST) return;
    if (typeof value === 'string') return this.walkText(value, depth);
    if (Array.isArray(value)) return value.forEach((each) => this.walk(each, depth + 1));
    if (!isMembers(value)) return;
    if (TELLING.filter((name) => isScalar(value[name])).length >= ENOUGH) {
      this.records++;
      return this.sink.record(this.fieldsOf(value));
    }
    for (const [name, member] of Object.entries(value)) {
      const isList = Array.isArray(member) && LISTS.includes(name);
      if (isList) this.list(member);
      else this.walk(member, depth + 1);
    }
  }

  /** A text may be JSON in turn, once or several times over. */
  private walkText(text: string, depth: number): void {
    if (!/^\s*[{["]/.test(text)) return;
    try {
      this.walk(JSON.parse(text), depth + 1);
    } catch {
      return;
    }
  }

  private fieldsOf(value: Members): RecordFields {
    const { fields } = this;
    const text = encodeUtf8(JSON.stringify(value));
    fields.reset(toByteText(text), 0);
    fields.recordEnd = text.length;
    for (const [field, ...path] of PATHS) {
      const found = path.reduce<unknown>((of, name) => (isMembers(of) ? of[name] : null), value);
      if (isScalar(found)) fields.setText(field, String(found));
    }
    return fields;
  }
}

const LISTS = ['Records', 'Events', 'events', 'logEvents'];

const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isScalar = (value: unknown): value is string | number | boolean =>
  ['string', 'number', 'boolean'].includes(typeof value);

/** Behind the bracket, or the quote, that ends the value beginning at `start`; `start` where none does. */
function endOfValue(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    if (text[at] === '"') {
      const string = /"(?:[^"\\]|\\.)*"/sy;
      string.lastIndex = at;
      if (!string.test(text)) return start;
      at = string.lastIndex - 1;
    } else if ('{['.includes(text[at])) depth++;
    else if (']}'.includes(text[at])) depth--;
    if (depth === 0) return at + 1;
  }
  return start;
}
