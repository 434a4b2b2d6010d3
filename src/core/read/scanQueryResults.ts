import { grown } from '../activity/byteText';
import { decodeUtf8, encodeUtf8 } from '../activity/utf8';
import { parseHeader } from './csvColumns';
import * as Byte from './byte';
import type { Damage, LogScanner, RecordSink } from './logScanner';
import { CsvScanner } from './scanCsv';
import { RecordScanner } from './scanRecords';

/** What the APIs call their lists of rows; it stands in the first line or so. */
const MARKS = [/"QueryResultRows"\s*:/, /"QueryStatistics"\s*:/, /"ResultSet"\s*:\s*\{/];
/** Beginning of a file that tells; the statistics of a query take 200 bytes. */
export const MARK_BYTES = 1 << 9;
/** A query's results are parsed as a whole. The command line gives a thousand rows a call. */
const LARGEST = 1 << 28;

/** Whether a JSON file, by its beginning, is what `get-query-results` of CloudTrail Lake or Athena prints. */
export const isQueryResults = (head: string): boolean => MARKS.some((mark) => mark.test(head));

/**
 * Finds the records in what `aws cloudtrail get-query-results` prints (`QueryResultRows`: rows of one-member objects) and
 * `aws athena get-query-results` (`ResultSet.Rows[].Data[].VarCharValue`, the first row the header): the rows of a CSV file of
 * the same query. What is neither is searched for records as any JSON.
 */
export class QueryResultsScanner implements LogScanner {
  private bytes = new Uint8Array(1 << 16);
  private length = 0;
  private found: LogScanner;

  constructor(private readonly sink: RecordSink) {
    this.found = new RecordScanner(sink);
  }

  get records(): number {
    return this.found.records;
  }

  get strangers(): number {
    return this.found.strangers;
  }

  get textLines(): number {
    return this.found.textLines;
  }

  get hasList(): boolean {
    return this.found.hasList;
  }

  get damages(): readonly Damage[] {
    return this.found.damages;
  }

  get damageCount(): number {
    return this.found.damageCount;
  }

  push(bytes: Uint8Array, start: number, end: number): void {
    if (this.length > LARGEST) return this.found.push(bytes, start, end);
    this.bytes = grown(this.bytes, this.length + end - start);
    this.bytes.set(bytes.subarray(start, end), this.length);
    this.length += end - start;
    if (this.length > LARGEST) this.found.push(this.bytes, 0, this.length);
  }

  finish(): void {
    if (this.length <= LARGEST) this.scan();
    this.found.finish();
  }

  private scan(): void {
    const rows = rowsOf(decodeUtf8(this.bytes, 0, this.length));
    const columns = rows === null ? null : parseHeader(rows[0] ?? []);
    if (rows === null || columns === null) return this.found.push(this.bytes, 0, this.length);
    this.found = new CsvScanner(this.sink, Byte.comma, columns);
    for (const row of rows) {
      const line = encodeUtf8(`${row.map(quoted).join()}\n`);
      this.found.push(line, 0, line.length);
    }
  }
}

const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;

/** A header and its rows; null where it is something else. */
function rowsOf(text: string): string[][] | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return null;
  }
  const results = member(parsed, 'QueryResultRows');
  if (Array.isArray(results)) return lakeRows(results);
  const set = member(parsed, 'ResultSet');
  const rows = member(set, 'Rows');
  return Array.isArray(rows) ? athenaRows(rows, set) : null;
}

function lakeRows(results: readonly unknown[]): string[][] {
  const rows = results.map((row) => Object.assign({}, ...asList(row)) as Record<string, unknown>);
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return [columns, ...rows.map((row) => columns.map((column) => asText(row[column])))];
}

/** Pages but the first come without a header; all name their columns behind the rows. */
function athenaRows(rows: readonly unknown[], set: unknown): string[][] {
  const cells = rows.map((row) =>
    asList(member(row, 'Data')).map((cell) => asText(member(cell, 'VarCharValue'))),
  );
  const info = asList(member(member(set, 'ResultSetMetadata'), 'ColumnInfo'));
  const columns = info.map((column) => asText(member(column, 'Name')));
  const hasHeader = columns.length === 0 || columns.join() === cells[0]?.join();
  return hasHeader ? cells : [columns, ...cells];
}

const member = (of: unknown, name: string): unknown =>
  typeof of === 'object' && of !== null ? (of as Record<string, unknown>)[name] : undefined;

const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const asText = (value: unknown): string => (typeof value === 'string' ? value : '');
