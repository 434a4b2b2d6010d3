/** Every dropped file and every record accounted for: nothing is lost silently. */

export type SkipReason =
  | 'digest file'
  | 'empty file'
  | 'not a log file'
  | 'damaged'
  | 'encrypted'
  | 'too large'
  | 'unreadable'
  | 'cancelled';

export interface SkippedFile {
  /** Path as dropped; members of an archive as `archive.zip/member.json`. Hostile text: show as text only. */
  readonly name: string;
  readonly reason: SkipReason;
  /** What exactly is wrong, in words, with byte offset where known. */
  readonly detail: string;
}

/** A file that was read but lost something: a damaged part, records without a time. */
export interface FileNote {
  readonly name: string;
  readonly detail: string;
}

export interface FileCounts {
  /** Files dropped, members of archives counted each. Equals read + skipped. */
  in: number;
  read: number;
  skipped: number;
}

/** records.in = counted + otherManagement + data + otherKinds + duplicates + insights + unusable. */
export interface RecordCounts {
  in: number;
  /** Management events that are in the activity table: writes, and reads with an error code. */
  counted: number;
  otherManagement: number;
  data: number;
  /** Network-activity and aggregated events. */
  otherKinds: number;
  duplicates: number;
  /** AWS's own Insights events. */
  insights: number;
  /** No usable eventTime, eventSource or eventName. */
  unusable: number;
  /** Not a further share of the sum: of all these, how many were classified by the fallback for old records. */
  classifiedByFallback: number;
}

export interface Ledger {
  readonly files: Readonly<FileCounts>;
  readonly records: Readonly<RecordCounts>;
  readonly bytes: { readonly in: number; readonly unpacked: number };
  /** Sorted by name, so that the same files give the same ledger. */
  readonly skipped: readonly SkippedFile[];
  readonly notes: readonly FileNote[];
}
