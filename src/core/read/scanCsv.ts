import type { ByteText } from '../activity/byteText';
import { decodeUtf8 } from '../activity/utf8';
import { Column } from './csvColumns';
import { CsvRows, type RowSink } from './csvRows';
import { parseIdentity } from './identityText';
import { type Damage, LARGEST_RECORD, type LogScanner, type RecordSink } from './logScanner';
import { Field, Kind } from './field';
import { RecordFields } from './recordFields';
import { RecordScanner } from './scanRecords';

/**
 * Finds the records in the rows of a CSV file: Event history of the console, query results of CloudTrail Lake, Athena and
 * CloudWatch Logs Insights. A column with the whole record as JSON is preferred; else a row is a record by its columns.
 * An empty cell is an absent member: an empty `Read-only` means unknown, not `false`.
 */
export class CsvScanner implements LogScanner, RowSink {
  records = 0;
  strangers = 0;
  readonly textLines = 0;
  readonly hasList = true;
  readonly damages: Damage[] = [];
  damageCount = 0;
  private isHeader = true;
  private readonly rows: CsvRows;
  private readonly fields = new RecordFields();
  private readonly inner: RecordScanner;

  /** `separator`: a byte. `columns`: what the cells of a row hold, by `parseHeader`. */
  constructor(
    private readonly sink: RecordSink,
    separator: number,
    private readonly columns: Int32Array,
  ) {
    this.rows = new CsvRows(this, separator, LARGEST_RECORD);
    this.inner = new RecordScanner(sink);
  }

  push(bytes: Uint8Array, start: number, end: number): void {
    this.rows.push(bytes, start, end);
  }

  finish(): void {
    if (this.rows.finish()) this.damaged(0, 'the file ends inside quotes');
  }

  tooLarge(offset: number): void {
    this.strangers++;
    this.damaged(offset, `a row larger than ${LARGEST_RECORD} bytes was skipped`);
  }

  row(text: ByteText, cells: number, starts: Uint32Array, ends: Uint32Array): void {
    if (this.isHeader) {
      this.isHeader = false;
      return;
    }
    const known = Math.min(cells, this.columns.length);
    for (let cell = 0; cell < known; cell++) {
      const isJson = this.columns[cell] === Column.eventJson;
      if (isJson && this.scanJson(text, starts[cell], ends[cell])) return;
    }
    this.fields.reset(text, 0);
    for (let cell = 0; cell < known; cell++) {
      this.setCell(text, this.columns[cell], starts[cell], ends[cell]);
    }
    this.take();
  }

  private take(): void {
    const isRecord = this.fields.isRecord();
    if (isRecord) this.sink.record(this.fields);
    if (isRecord) this.records++;
    else this.strangers++;
  }

  private scanJson(text: ByteText, start: number, end: number): boolean {
    this.inner.restart();
    this.inner.push(text.bytes, start, end);
    this.inner.finish();
    this.records += this.inner.records;
    return this.inner.records > 0;
  }

  private setCell(text: ByteText, column: number, start: number, end: number): void {
    if (column === Column.none || column === Column.eventJson || start === end) return;
    if (column === Column.identity) return this.setIdentity(decodeUtf8(text.bytes, start, end));
    if (column === Field.recipientAccountId) {
      return this.fields.setText(column, mendedAccount(decodeUtf8(text.bytes, start, end)));
    }
    this.fields.set(column, Kind.text, start, end);
  }

  private setIdentity(text: string): void {
    for (const [field, value] of parseIdentity(text)) this.fields.setText(field, value);
  }

  private damaged(offset: number, reason: string): void {
    this.damageCount++;
    if (this.damages.length < 100) this.damages.push({ offset, reason });
  }
}

/** A spreadsheet takes an account for a number: it drops leading zeros, and of `7.30654E+11` nothing can be known. */
function mendedAccount(account: string): string {
  if (/e\+/i.test(account)) return '';
  return /^\d+$/.test(account) ? account.padStart(12, '0') : account;
}
