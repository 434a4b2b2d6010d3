import { grown } from '../activity/byteText';
import { decodeUtf8 } from '../activity/utf8';
import { parseFirstLine } from './csvColumns';
import * as Byte from './byte';
import type { LogScanner, RecordSink } from './logScanner';
import { CsvScanner } from './scanCsv';
import { isQueryResults, MARK_BYTES, QueryResultsScanner } from './scanQueryResults';
import { RecordScanner } from './scanRecords';
import { Utf16 } from './utf16';

/** A header line is shorter; what has no line end so far is no CSV. */
const LONGEST_HEADER = 1 << 14;
const UTF16_MARK = 0xfeff;

/** Finds the records of one file after the other, whatever text they stand in: its first bytes tell, never its name. */
export class AnyScanner {
  private readonly json: RecordScanner;
  /** Null until the first bytes have told. */
  private scanner: LogScanner | null = null;
  private utf16: Utf16 | null = null;
  private head = new Uint8Array(LONGEST_HEADER);
  private headLength = 0;

  constructor(private readonly sink: RecordSink) {
    this.json = new RecordScanner(sink);
  }

  /** Forgets the file before. */
  restart(): void {
    this.scanner = this.utf16 = null;
    this.headLength = 0;
    this.json.restart();
  }

  /** The next bytes of the file, [start, end); they are not kept. */
  push(bytes: Uint8Array, start: number, end: number): void {
    if (this.utf16 !== null) return this.pushText(this.utf16.convert(bytes, start, end));
    if (this.scanner !== null) return this.scanner.push(bytes, start, end);
    if (this.headLength === 0 && end - start >= MARK_BYTES && beginsJson(bytes[start])) {
      this.scanner = this.jsonScanner(bytes, start);
      return this.scanner.push(bytes, start, end);
    }
    this.keepHead(bytes.subarray(start, end));
    this.decide(false);
  }

  /** The file ends here. What was found in it. */
  finish(): LogScanner {
    if (this.scanner === null) this.decide(true);
    const scanner = this.scanner ?? this.json;
    scanner.finish();
    return scanner;
  }

  private pushText(bytes: Uint8Array): void {
    if (this.scanner !== null) return this.scanner.push(bytes, 0, bytes.length);
    this.keepHead(bytes);
    this.decide(false);
  }

  private keepHead(bytes: Uint8Array): void {
    this.head = grown(this.head, this.headLength + bytes.length);
    this.head.set(bytes, this.headLength);
    this.headLength += bytes.length;
  }

  private takeHead(): Uint8Array {
    const head = this.head.slice(0, this.headLength);
    this.headLength = 0;
    return head;
  }

  private decide(isWhole: boolean): void {
    if (this.utf16 === null && this.headLength >= 2 && this.isUtf16()) {
      this.utf16 = new Utf16();
      const head = this.takeHead();
      return this.pushText(this.utf16.convert(head, 2, head.length));
    }
    if (beginsJson(this.head[0]) && this.headLength > 0) {
      if (isWhole || this.headLength >= MARK_BYTES) this.begin(this.jsonScanner(this.head, 0));
      return;
    }
    const lineEnd = this.head.subarray(0, this.headLength).indexOf(Byte.lineFeed);
    if (lineEnd < 0 && !isWhole && this.headLength < LONGEST_HEADER) return;
    const lineLength = Math.min(lineEnd < 0 ? this.headLength : lineEnd, LONGEST_HEADER);
    const header = parseFirstLine(decodeUtf8(this.head, 0, lineLength));
    this.begin(
      header === null ? this.json : new CsvScanner(this.sink, header.separator, header.columns),
    );
  }

  private begin(scanner: LogScanner): void {
    this.scanner = scanner;
    const head = this.takeHead();
    scanner.push(head, 0, head.length);
  }

  private jsonScanner(bytes: Uint8Array, start: number): LogScanner {
    if (isTrailFile(bytes, start)) return this.json;
    const head = decodeUtf8(bytes, start, Math.min(bytes.length, start + MARK_BYTES));
    return isQueryResults(head) ? new QueryResultsScanner(this.sink) : this.json;
  }

  private isUtf16(): boolean {
    return (this.head[0] | (this.head[1] << 8)) === UTF16_MARK;
  }
}

/** `{"Rec`: the form of most files, told without making a string. */
const isTrailFile = (bytes: Uint8Array, start: number): boolean =>
  bytes[start + 1] === Byte.quote && bytes[start + 2] === 0x52 && bytes[start + 4] === 0x63;

const beginsJson = (byte: number): boolean => byte === Byte.openBrace || byte === Byte.openBracket;
