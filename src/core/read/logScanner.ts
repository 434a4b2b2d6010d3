import type { RecordFields } from './recordFields';

/** Takes what a scanner finds; `fields` are valid during the call only. */
export interface RecordSink {
  record(fields: RecordFields): void;
  /** An object that is no record, where one could stand: a digest, a notice, something else altogether. */
  stranger(fields: RecordFields): void;
}

/** Bytes that could not be read. */
export interface Damage {
  /** In the file as unpacked. */
  readonly offset: number;
  readonly reason: string;
}

/** Finds the records of a file that comes in pieces cut anywhere. */
export interface LogScanner {
  /** Records found. */
  readonly records: number;
  /** Objects, values or rows where a record should stand that hold none. */
  readonly strangers: number;
  /** Lines outside of any record that hold none. */
  readonly textLines: number;
  /** Whether a list of records was there, be it empty. */
  readonly hasList: boolean;
  /** The first damaged places. */
  readonly damages: readonly Damage[];
  readonly damageCount: number;
  /** The next bytes of the file, [start, end); they are not kept. */
  push(bytes: Uint8Array, start: number, end: number): void;
  /** The file ends here. */
  finish(): void;
}

/** AWS caps an event at 256 KB; what is larger than this, and no wrapper, is skipped and named. Bounds the memory. */
export const LARGEST_RECORD = 16 << 20;
