import * as Byte from './byte';
import type { FileScan } from './fileScan';
import { closingQuote } from './jsonString';
import { skipValue } from './jsonValue';
import type { LogScanner } from './logScanner';
import { mayHoldRecords, scanObject, WRAPPER } from './scanObject';
import { unescape } from './unescape';

/** Reads a text that stood in quotes as a file of its own. */
export type QuotedScanner = LogScanner & { restart(): void };

/** Takes the value at the place of a scan: a record, a wrapper to step into, a text that is JSON in turn, or none of it. */
export class ValueScanner {
  private inner: QuotedScanner | null = null;

  /** `toInner`: makes what reads quoted texts; null where they are not looked into. */
  constructor(
    private readonly scan: FileScan,
    private readonly toInner: (() => QuotedScanner) | null,
  ) {}

  /** `atPlace`: a record should stand here; `isList`: an array here should hold records. */
  take(atPlace: boolean, isList: boolean): void {
    const { scan } = this;
    const { pieces, wrappers } = scan;
    const byte = pieces.text.bytes[pieces.at];
    if (byte === Byte.openBrace) this.object(atPlace);
    else if (byte === Byte.openBracket && wrappers.hasRoom) scan.open(true, isList, atPlace);
    else if (byte === Byte.quote) this.quoted(atPlace);
    else scan.pass(skipValue(pieces.text, pieces.at, pieces.end, 0), atPlace);
  }

  private object(atPlace: boolean): void {
    const { scan } = this;
    const { fields, pieces } = scan;
    const after = scanObject(pieces.text, pieces.at, scan.limitFrom(pieces.at), fields);
    if (after === WRAPPER) return scan.open(false, false, atPlace);
    if (fields.isRecord()) {
      scan.found();
      return scan.pass(after, false);
    }
    if (atPlace) scan.sink.stranger(fields);
    if (fields.wrapping > 0 && scan.wrappers.hasRoom) scan.open(false, false, atPlace);
    else scan.pass(after, atPlace);
  }

  /** A text that is JSON in turn, such as `CloudTrailEvent` or the `message` of a log event. */
  private quoted(atPlace: boolean): void {
    const { scan, toInner } = this;
    const { text, at } = scan.pieces;
    const quote = closingQuote(text, at + 1, scan.limitFrom(at));
    const close = quote < 0 ? ~quote : quote;
    const before = scan.records;
    if (toInner !== null && mayHoldRecords(text.bytes, at))
      this.scanQuoted((this.inner ??= toInner()), close);
    scan.pass(close + 1, atPlace && scan.records === before);
  }

  private scanQuoted(inner: QuotedScanner, close: number): void {
    const { scan } = this;
    const { text, at } = scan.pieces;
    const plain = new Uint8Array(close - at);
    const length = unescape(text.bytes, at + 1, close, plain, 0);
    inner.restart();
    inner.push(plain, 0, length);
    inner.finish();
    this.takeOver(inner);
  }

  private takeOver(inner: QuotedScanner): void {
    const { scan } = this;
    scan.records += inner.records;
    scan.hasList ||= inner.hasList;
    if (inner.records === 0) return;
    scan.strangers += inner.strangers;
    scan.damage.mend();
    for (const { reason } of inner.damages)
      scan.damaged(scan.pieces.at, `in a quoted text: ${reason}`);
  }
}
