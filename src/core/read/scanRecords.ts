import * as Byte from './byte';
import { afterColon, INCOMPLETE, MalformedJson, skipSpace } from './json';
import { closingQuote } from './jsonString';
import { skipValue } from './jsonValue';
import { Damages } from './damages';
import { type Damage, LARGEST_RECORD, type LogScanner, type RecordSink } from './logScanner';
import { Pieces } from './pieces';
import { RecordFields } from './recordFields';
import { isListName, mayHoldRecords, scanObject, WRAPPER } from './scanObject';
import { skipByteOrderMark, skipText } from './textAround';
import { unescape } from './unescape';
import { ValueSkipper } from './valueSkipper';
import { type Wrapper, Wrappers } from './wrappers';

const DEEPEST_QUOTE = 4;
/**
 * Finds CloudTrail records in the bytes of one file, which may come in pieces cut anywhere. An object with enough of a
 * record's members is a record; in every other object, array and quoted text it looks for records inside. So trail files,
 * bare arrays, JSON lines, objects in a row, `lookup-events`, CloudWatch Logs, EventBridge and whatever wraps them in turn
 * are one and the same to it.
 *
 * An object is read in one go, when all its bytes are there; an incomplete one is kept for the next piece. Behind bytes
 * that are not JSON it goes on at the next `{` that begins a whole record.
 */
export class RecordScanner implements LogScanner {
  records = 0;
  strangers = 0;
  textLines = 0;
  hasList = false;

  private readonly fields = new RecordFields();
  private readonly skipper = new ValueSkipper();
  private inner: RecordScanner | null = null;
  private readonly pieces = new Pieces();
  private readonly wrappers = new Wrappers();
  private readonly damage = new Damages();
  private inTextLine = false;
  private searching = false;

  /** `quoteDepth`: in how many quoted texts this one stands. */
  constructor(
    private readonly sink: RecordSink,
    private readonly largestRecord = LARGEST_RECORD,
    private readonly quoteDepth = 0,
  ) {}

  get damages(): readonly Damage[] {
    return this.damage.list;
  }

  get damageCount(): number {
    return this.damage.count;
  }

  /** Forgets the file before. */
  restart(): void {
    this.records = this.strangers = this.textLines = 0;
    this.hasList = this.inTextLine = this.searching = false;
    this.wrappers.clear();
    this.damage.restart();
    this.pieces.restart();
    this.skipper.stop();
  }

  push(bytes: Uint8Array, start: number, end: number): void {
    if (!this.pieces.add(bytes, start, end)) return;
    this.run(false);
    this.pieces.keepRest();
  }

  finish(): void {
    this.run(true);
    if (this.inTextLine) this.textLines++;
    if (!this.wrappers.isEmpty)
      this.damaged(this.pieces.end, 'the file ends inside a list or object');
  }

  private run(isLast: boolean): void {
    while (this.pieces.at < this.pieces.end) {
      try {
        while (this.pieces.at < this.pieces.end) this.step();
      } catch (thrown) {
        if (thrown === INCOMPLETE) {
          if (!this.settleIncomplete(isLast)) return;
        } else if (thrown instanceof MalformedJson) {
          this.settleMalformed(thrown);
        } else {
          throw thrown;
        }
      }
    }
  }

  private step(): void {
    if (this.skipper.isActive) {
      this.pieces.at = this.skipper.skip(this.pieces.text.bytes, this.pieces.at, this.pieces.end);
      if (!this.skipper.isActive) this.wrappers.valueDone();
    } else if (this.searching) this.search();
    else if (this.wrappers.isEmpty) this.stepOutside();
    else this.stepInside(this.wrappers.innermost);
  }

  private stepInside(wrapper: Wrapper): void {
    const { bytes } = this.pieces.text;
    const at = skipSpace(bytes, this.pieces.at, this.pieces.end);
    const byte = bytes[at];
    const close = wrapper.isArray ? Byte.closeBracket : Byte.closeBrace;
    if (wrapper.expected === 'separator') {
      if (byte !== Byte.comma && byte !== close)
        throw new MalformedJson(at, '"," or the end of the list');
      this.pieces.at = at + 1;
      if (byte === close) this.close();
      else wrapper.expected = 'next';
    } else if (wrapper.expected === 'first' && byte === close) {
      this.pieces.at = at + 1;
      this.close();
    } else if (wrapper.isArray || wrapper.expected === 'value') {
      this.pieces.at = at;
      this.value(wrapper.isList, wrapper.namesList);
    } else {
      this.memberName(wrapper, at);
    }
  }

  private memberName(wrapper: Wrapper, at: number): void {
    const { bytes } = this.pieces.text;
    if (bytes[at] !== Byte.quote) throw new MalformedJson(at, 'a member name');
    const quote = closingQuote(this.pieces.text, at + 1, this.pieces.end);
    const nameEnd = quote < 0 ? ~quote : quote;
    const value = afterColon(bytes, nameEnd + 1, this.pieces.end);
    wrapper.namesList =
      bytes[value] === Byte.openBracket && isListName(this.pieces.text, at + 1, nameEnd);
    wrapper.holdsList ||= wrapper.namesList;
    this.hasList ||= wrapper.namesList;
    wrapper.expected = 'value';
    this.pieces.at = value;
  }

  private stepOutside(): void {
    const { bytes } = this.pieces.text;
    if (this.inTextLine) return this.textLine();
    this.pieces.at = skipSpace(bytes, this.pieces.at, this.pieces.end);
    const byte = bytes[this.pieces.at];
    if (byte === Byte.openBrace || byte === Byte.openBracket || byte === Byte.quote)
      this.value(true, true);
    else this.inTextLine = !this.skipByteOrderMark();
  }

  private skipByteOrderMark(): boolean {
    const { text, at, end, base } = this.pieces;
    if (base + at === 0) this.pieces.at = skipByteOrderMark(text.bytes, at, end);
    return this.pieces.at > at;
  }

  /** Text before the `{` of a line is what log exports put there: time, group, stream. A line without any is counted. */
  private textLine(): void {
    const { bytes } = this.pieces.text;
    this.pieces.at = skipText(bytes, this.pieces.at, this.pieces.end);
    if (this.pieces.at === this.pieces.end) return;
    this.inTextLine = false;
    if (bytes[this.pieces.at] === Byte.lineFeed) this.textLines++;
    else this.value(true, false);
  }

  /** Any value at `this.pieces.at`. `atPlace`: a record should stand here; `isList`: an array here should hold records. */
  private value(atPlace: boolean, isList: boolean): void {
    const byte = this.pieces.text.bytes[this.pieces.at];
    if (byte === Byte.openBrace) this.object(atPlace);
    else if (byte === Byte.openBracket && this.wrappers.hasRoom) this.open(true, isList, atPlace);
    else if (byte === Byte.quote) this.quoted(atPlace);
    else this.passValue(skipValue(this.pieces.text, this.pieces.at, this.pieces.end, 0), atPlace);
  }

  private passValue(after: number, atPlace: boolean): void {
    this.pieces.at = after;
    if (atPlace) this.strangers++;
    this.wrappers.valueDone();
  }

  private object(atPlace: boolean): void {
    const { fields } = this;
    const limit = Math.min(this.pieces.end, this.pieces.at + this.largestRecord);
    const after = scanObject(this.pieces.text, this.pieces.at, limit, fields);
    if (after === WRAPPER) return this.open(false, false, atPlace);
    if (fields.isRecord()) {
      this.found();
      this.pieces.at = after;
      return this.wrappers.valueDone();
    }
    if (atPlace) this.sink.stranger(fields);
    if (fields.wrapping > 0 && this.wrappers.hasRoom) this.open(false, false, atPlace);
    else this.passValue(after, atPlace);
  }

  private found(): void {
    this.records++;
    this.damage.mend();
    this.sink.record(this.fields);
  }

  /** A text that is JSON in turn, such as `CloudTrailEvent` or the `message` of a log event. */
  private quoted(atPlace: boolean): void {
    const limit = Math.min(this.pieces.end, this.pieces.at + this.largestRecord);
    const quote = closingQuote(this.pieces.text, this.pieces.at + 1, limit);
    const close = quote < 0 ? ~quote : quote;
    const before = this.records;
    if (this.quoteDepth < DEEPEST_QUOTE && mayHoldRecords(this.pieces.text.bytes, this.pieces.at))
      this.scanQuoted(close);
    this.passValue(close + 1, atPlace && this.records === before);
  }

  private scanQuoted(close: number): void {
    const plain = new Uint8Array(close - this.pieces.at);
    const length = unescape(this.pieces.text.bytes, this.pieces.at + 1, close, plain, 0);
    const inner = (this.inner ??= new RecordScanner(
      this.sink,
      this.largestRecord,
      this.quoteDepth + 1,
    ));
    inner.restart();
    inner.push(plain, 0, length);
    inner.finish();
    this.records += inner.records;
    this.hasList ||= inner.hasList;
    if (inner.records === 0) return;
    this.strangers += inner.strangers;
    this.damage.mend();
    for (const { reason } of inner.damages)
      this.damaged(this.pieces.at, `in a quoted text: ${reason}`);
  }

  private open(isArray: boolean, isList: boolean, atPlace: boolean): void {
    this.wrappers.open(isArray, isList, atPlace, this.records);
    this.pieces.at++;
  }

  private close(): void {
    if (this.wrappers.close(this.records)) this.strangers++;
    this.wrappers.valueDone();
  }

  /** Behind damage: the next `{` that begins a whole record. */
  private search(): void {
    const open = this.pieces.text.bytes
      .subarray(0, this.pieces.end)
      .indexOf(Byte.openBrace, this.pieces.at);
    this.pieces.at = open < 0 ? this.pieces.end : open;
    if (open < 0) return;
    const limit = Math.min(this.pieces.end, open + this.largestRecord);
    const after = scanObject(this.pieces.text, open, limit, this.fields);
    this.hasList ||= after === WRAPPER;
    const isRecord = after !== WRAPPER && this.fields.isRecord();
    if (isRecord) this.found();
    this.pieces.at = isRecord ? after : open + 1;
  }

  private settleMalformed({ position, expected }: MalformedJson): void {
    this.damaged(position, `expected ${expected}`);
    if (this.searching) this.searchOn(position);
    this.searching = true;
    this.wrappers.clear();
  }

  /** Goes on after a `{` that began no record, unless the file has cost too much already. */
  private searchOn(position: number): void {
    const { at, base } = this.pieces;
    if (this.damage.lookedInVain(position - at, base + at)) {
      this.damage.mend();
      this.damaged(at, 'too much damage to look for records behind it');
      this.skipper.skipRest();
    }
    this.pieces.at++;
  }

  /** Whether to go on although a value is not all there. */
  private settleIncomplete(isLast: boolean): boolean {
    const isTooLarge = this.pieces.end - this.pieces.at >= this.largestRecord;
    if (!isTooLarge && !isLast) return false;
    if (this.searching)
      this.searchOn(Math.min(this.pieces.end, this.pieces.at + this.largestRecord));
    else if (isTooLarge) this.settleTooLarge();
    else this.settleTruncated();
    return true;
  }

  private settleTooLarge(): void {
    if (this.opensWrapper()) return this.open(false, false, false);
    this.damaged(this.pieces.at, `a value larger than ${this.largestRecord} bytes was skipped`);
    this.damage.mend();
    this.strangers++;
    this.skipper.start();
  }

  private settleTruncated(): void {
    const rest = this.pieces.text.bytes.subarray(this.pieces.at, this.pieces.end);
    const isSpace = rest.every((byte) => byte <= Byte.space);
    if (isSpace) this.pieces.at = this.pieces.end;
    else if (this.opensWrapper()) this.open(false, false, false);
    else {
      this.damaged(this.pieces.at, 'the file ends inside this value');
      this.wrappers.clear();
      this.pieces.at = this.pieces.end;
    }
  }

  /** Whether the object that is not all there showed no sign of being a record. */
  private opensWrapper(): boolean {
    const isObject = this.pieces.text.bytes[this.pieces.at] === Byte.openBrace;
    return isObject && this.fields.wrapping > 0 && !this.fields.isRecord() && this.wrappers.hasRoom;
  }

  private damaged(position: number, reason: string): void {
    this.damage.add(this.pieces.base + position, reason);
  }
}
