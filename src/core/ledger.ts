/** Every dropped file and every record accounted for: nothing is lost silently. */

import type { LostFile } from './activity/coverage';
import { parseMinute } from './activity/minute';
import { parseS3Key } from './cloudtrail/s3Key';
import type { Duplicates } from './activity/duplicates';

export type SkipReason =
  | 'digest file'
  | 'empty file'
  | 'not a log file'
  | 'damaged'
  | 'encrypted'
  | 'too large'
  | 'unreadable'
  | 'cancelled';

/** How the detail of a file ends that was not read to its end because a person said so. */
export const STOPPED = 'reading was stopped';

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

export const NO_RECORDS: Readonly<RecordCounts> = {
  in: 0,
  counted: 0,
  otherManagement: 0,
  data: 0,
  otherKinds: 0,
  duplicates: 0,
  insights: 0,
  unusable: 0,
  classifiedByFallback: 0,
};

export interface Ledger {
  readonly files: Readonly<FileCounts>;
  readonly records: Readonly<RecordCounts>;
  readonly bytes: { readonly in: number; readonly unpacked: number };
  /** Sorted by name, so that the same files give the same ledger. */
  readonly skipped: readonly SkippedFile[];
  readonly notes: readonly FileNote[];
  /** `records.duplicates` by pairs of sources; absent in analyses stored before they were kept, and in shared ones. */
  readonly duplicates?: Duplicates;
}

/** What one reader, or the page itself, has to say about files. */
export interface FileReport {
  readonly files: FileCounts;
  readonly bytes: { readonly in: number; readonly unpacked: number };
  readonly skipped: readonly SkippedFile[];
  readonly notes: readonly FileNote[];
}

/** Log files of trails that were there, by their names, and could not be read. */
export const lostFiles = (skipped: readonly SkippedFile[]): LostFile[] =>
  skipped.flatMap(({ name, reason }) => {
    const key = reason === 'cancelled' ? null : parseS3Key(name);
    const deliveredAt = key?.folder === 'CloudTrail' ? parseMinute(key.deliveredAt) : null;
    if (key === null || deliveredAt === null) return [];
    return [{ recipientAccountId: key.accountId, awsRegion: key.awsRegion, deliveredAt }];
  });

/** Adds up the reports of all readers; sorted, so that it does not tell who read what. */
export function toLedger(
  reports: readonly FileReport[],
  { records, duplicates }: { readonly records: RecordCounts; readonly duplicates: Duplicates },
): Ledger {
  const sum = (of: (report: FileReport) => number) =>
    reports.reduce((total, report) => total + of(report), 0);
  return {
    files: {
      in: sum(({ files }) => files.in),
      read: sum(({ files }) => files.read),
      skipped: sum(({ files }) => files.skipped),
    },
    records,
    duplicates,
    bytes: { in: sum(({ bytes }) => bytes.in), unpacked: sum(({ bytes }) => bytes.unpacked) },
    skipped: reports.flatMap(({ skipped }) => skipped).sort(byName),
    notes: reports.flatMap(({ notes }) => notes).sort(byName),
  };
}

const byName = (a: FileNote, b: FileNote): number =>
  compare(a.name, b.name) || compare(a.detail, b.detail);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
