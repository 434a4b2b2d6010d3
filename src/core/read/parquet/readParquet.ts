import { encodeUtf8 } from '../../activity/utf8';
import type { FileSink } from '../../container/fileSink';
import {
  openParquet,
  wordsOf,
  type ParquetFile,
  type ParquetRow,
  type ParquetSource,
} from './parquetFile';
import { OCSF_COLUMNS, recordOfOcsf } from './recordOfOcsf';
import { isRecordTable, recordOfTable } from './recordOfTable';

/** Takes a file as JSON lines: `LogReader`, or what collects records. */
type LogSink = Pick<FileSink, 'open' | 'piece' | 'close' | 'skip'>;

/** So many damaged row groups of one file are named. */
const MOST_NAMED = 5;
/** Rows go on in texts of so many, so that a text stays far below a string's limit. */
const ROWS_A_PIECE = 1000;

/**
 * Reads a Parquet file of CloudTrail events, one row group after the other, into the sink: as JSON lines of the records
 * that the rows were made of. Never throws for what the file holds.
 */
export async function readParquet(
  path: string,
  source: ParquetSource,
  sink: LogSink,
): Promise<void> {
  let file: ParquetFile;
  try {
    file = await openParquet(source);
  } catch (error) {
    return sink.skip(path, 'damaged', `Parquet without a readable description: ${wordsOf(error)}`);
  }
  const toRecord = recordMakerFor(file.columns);
  if (toRecord === null) return sink.skip(path, 'not a log file', NO_EVENTS);
  sink.open(path);
  sink.close(await passRows(file, toRecord, sink));
}

const NO_EVENTS = 'a Parquet file without the columns of CloudTrail events';

type RecordMaker = (row: ParquetRow) => object | string | null;

function recordMakerFor(columns: readonly string[]): RecordMaker | null {
  if (columns.includes('metadata') && columns.includes('api')) return recordOfOcsf;
  return isRecordTable(columns) ? recordOfTable : null;
}

/** What is damaged, in words; null where nothing is. */
async function passRows(
  file: ParquetFile,
  toRecord: RecordMaker,
  sink: LogSink,
): Promise<string | null> {
  const wanted =
    toRecord === recordOfOcsf
      ? file.columns.filter((column) => OCSF_COLUMNS.includes(column))
      : file.columns;
  if (file.rows === 0) passText('{"Records":[]}', sink);
  const damages: string[] = [];
  try {
    for await (const part of file.parts(wanted)) {
      if (typeof part === 'string') damages.push(part);
      else passPart(part, toRecord, sink);
    }
  } catch (error) {
    damages.push(wordsOf(error));
  }
  const named = damages.slice(0, MOST_NAMED).join('; ');
  return named === '' ? null : `Parquet of ${file.rows} rows is damaged: ${named}`;
}

function passPart(rows: readonly ParquetRow[], toRecord: RecordMaker, sink: LogSink): void {
  for (let at = 0; at < rows.length; at += ROWS_A_PIECE) {
    passText(
      rows
        .slice(at, at + ROWS_A_PIECE)
        .map(lineOf(toRecord))
        .join(''),
      sink,
    );
  }
}

/** A row of something else is an object that is no record, and is counted as such. */
const lineOf = (toRecord: RecordMaker) => (row: ParquetRow) => {
  const record = toRecord(row) ?? {};
  return `${typeof record === 'string' ? record : JSON.stringify(record, plainNumbers)}\n`;
};

const plainNumbers = (_: string, value: unknown): unknown =>
  typeof value === 'bigint' ? Number(value) : value;

function passText(text: string, sink: LogSink): void {
  const bytes = encodeUtf8(text);
  sink.piece(bytes, 0, bytes.length);
}
