import * as Byte from './byte';
import { FileScan } from './fileScan';
import { afterColon, INCOMPLETE, MalformedJson, skipSpace } from './json';
import { closingQuote } from './jsonString';
import { type Damage, LARGEST_RECORD, type LogScanner, type RecordSink } from './logScanner';
import type { Pieces } from './pieces';
import { Recovery } from './recovery';
import { isListName } from './scanObject';
import { ValueScanner } from './scanValue';
import { skipByteOrderMark, skipText } from './textAround';
import type { Wrapper } from './wrappers';

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
  textLines = 0;

  private readonly scan: FileScan;
  private readonly pieces: Pieces;
  private readonly recovery: Recovery;
  private readonly value: ValueScanner;
  private inTextLine = false;

  /** `quoteDepth`: in how many quoted texts this one stands. */
  constructor(sink: RecordSink, largestRecord = LARGEST_RECORD, quoteDepth = 0) {
    this.scan = new FileScan(sink, largestRecord);
    this.pieces = this.scan.pieces;
    this.recovery = new Recovery(this.scan);
    const toInner = () => new RecordScanner(sink, largestRecord, quoteDepth + 1);
    this.value = new ValueScanner(this.scan, quoteDepth < DEEPEST_QUOTE ? toInner : null);
  }

  get records(): number {
    return this.scan.records;
  }

  get strangers(): number {
    return this.scan.strangers;
  }

  get hasList(): boolean {
    return this.scan.hasList;
  }

  get damages(): readonly Damage[] {
    return this.scan.damage.list;
  }

  get damageCount(): number {
    return this.scan.damage.count;
  }

  /** Forgets the file before. */
  restart(): void {
    this.textLines = 0;
    this.inTextLine = false;
    this.scan.restart();
    this.recovery.restart();
  }

  push(bytes: Uint8Array, start: number, end: number): void {
    if (!this.pieces.add(bytes, start, end)) return;
    this.run(false);
    this.pieces.keepRest();
  }

  finish(): void {
    this.run(true);
    if (this.inTextLine) this.textLines++;
    if (!this.scan.wrappers.isEmpty)
      this.scan.damaged(this.pieces.end, 'the file ends inside a list or object');
  }

  private run(isLast: boolean): void {
    const { pieces, recovery } = this;
    while (pieces.at < pieces.end) {
      try {
        while (pieces.at < pieces.end) this.step();
      } catch (thrown) {
        if (thrown === INCOMPLETE) {
          if (!recovery.settleIncomplete(isLast)) return;
        } else if (thrown instanceof MalformedJson) {
          recovery.settleMalformed(thrown);
        } else {
          throw thrown;
        }
      }
    }
  }

  private step(): void {
    const { skipper, wrappers } = this.scan;
    if (skipper.isActive) this.skip();
    else if (this.recovery.isSearching) this.recovery.search();
    else if (wrappers.isEmpty) this.stepOutside();
    else this.stepInside(wrappers.innermost);
  }

  private skip(): void {
    const { pieces, skipper, wrappers } = this.scan;
    pieces.at = skipper.skip(pieces.text.bytes, pieces.at, pieces.end);
    if (!skipper.isActive) wrappers.valueDone();
  }

  private stepInside(wrapper: Wrapper): void {
    const { pieces } = this;
    const { bytes } = pieces.text;
    const at = skipSpace(bytes, pieces.at, pieces.end);
    const close = wrapper.isArray ? Byte.closeBracket : Byte.closeBrace;
    if (wrapper.expected === 'separator' || (wrapper.expected === 'first' && bytes[at] === close)) {
      this.separator(wrapper, at, close);
    } else if (wrapper.isArray || wrapper.expected === 'value') {
      pieces.at = at;
      this.value.take(wrapper.isList, wrapper.namesList);
    } else {
      this.memberName(wrapper, at);
    }
  }

  private separator(wrapper: Wrapper, at: number, close: number): void {
    const byte = this.pieces.text.bytes[at];
    if (byte === close) return this.scan.close(at + 1);
    if (byte !== Byte.comma) throw new MalformedJson(at, '"," or the end of the list');
    this.pieces.at = at + 1;
    wrapper.expected = 'next';
  }

  private memberName(wrapper: Wrapper, at: number): void {
    const { text, end } = this.pieces;
    if (text.bytes[at] !== Byte.quote) throw new MalformedJson(at, 'a member name');
    const quote = closingQuote(text, at + 1, end);
    const nameEnd = quote < 0 ? ~quote : quote;
    const value = afterColon(text.bytes, nameEnd + 1, end);
    wrapper.namesList = text.bytes[value] === Byte.openBracket && isListName(text, at + 1, nameEnd);
    wrapper.holdsList ||= wrapper.namesList;
    this.scan.hasList ||= wrapper.namesList;
    wrapper.expected = 'value';
    this.pieces.at = value;
  }

  private stepOutside(): void {
    const { pieces } = this;
    const { bytes } = pieces.text;
    if (this.inTextLine) return this.textLine();
    pieces.at = skipSpace(bytes, pieces.at, pieces.end);
    const byte = bytes[pieces.at];
    if (byte === Byte.openBrace || byte === Byte.openBracket || byte === Byte.quote)
      this.value.take(true, true);
    else this.inTextLine = !this.skipByteOrderMark();
  }

  private skipByteOrderMark(): boolean {
    const { text, at, end, base } = this.pieces;
    if (base + at === 0) this.pieces.at = skipByteOrderMark(text.bytes, at, end);
    return this.pieces.at > at;
  }

  /** Text before the `{` of a line is what log exports put there: time, group, stream. A line without any is counted. */
  private textLine(): void {
    const { pieces } = this;
    const { bytes } = pieces.text;
    pieces.at = skipText(bytes, pieces.at, pieces.end);
    if (pieces.at === pieces.end) return;
    this.inTextLine = false;
    if (bytes[pieces.at] === Byte.lineFeed) this.textLines++;
    else this.value.take(true, false);
  }
}
