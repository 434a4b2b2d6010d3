import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { ActivityBuilder } from '../../../src/core/activity/activityBuilder';
import type { ActivityPart } from '../../../src/core/activity/activityPart';
import { type Activity, mergeActivity } from '../../../src/core/activity/mergeActivity';
import type { ActivityTable } from '../../../src/core/activity/activityTable';
import { formatMinute, toMinute } from '../../../src/core/activity/minute';
import type { RecordCounts } from '../../../src/core/ledger';
import { type LogReport, LogReader } from '../../../src/core/read/readFile';
import { LARGEST_RECORD } from '../../../src/core/read/logScanner';
import { RecordScanner } from '../../../src/core/read/scanRecords';
import { Field } from '../../../src/core/read/field';

const DATA = join(import.meta.dirname, '../../../../shared/data');

export interface LogFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** Whether a set of real logs is there; says loudly when not. */
export function hasData(folder: string): boolean {
  const isThere = existsSync(join(DATA, folder));
  if (!isThere) console.warn(`SKIPPED: no real logs at ../shared/data/${folder}`);
  return isThere;
}

/** The files of a set of real logs whose paths match, unpacked. */
export function dataFiles(folder: string, matching: RegExp): LogFile[] {
  return readdirSync(join(DATA, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => matching.test(path))
    .sort()
    .map((path) => ({ path, bytes: unpacked(readFileSync(path)) }));
}

const unpacked = (bytes: Uint8Array): Uint8Array =>
  bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes;

export const textFile = (text: string, path = 'log.json'): LogFile => ({
  path,
  bytes: new TextEncoder().encode(text),
});

/** What reading some files gives; `pieceLength` cuts each of them into pieces. */
export function readLogs(
  files: readonly LogFile[],
  pieceLength = Infinity,
): Activity & { report: LogReport } {
  const { part, report } = readPart(files, pieceLength);
  return { ...mergeActivity([part]), report };
}

export function readPart(
  files: readonly LogFile[],
  pieceLength = Infinity,
): { part: ActivityPart; report: LogReport } {
  const builder = new ActivityBuilder();
  const reader = new LogReader(builder);
  for (const { path, bytes } of files) {
    reader.open(path);
    for (let from = 0; from < bytes.length; from += pieceLength) {
      reader.piece(bytes, from, Math.min(bytes.length, from + pieceLength));
    }
    reader.close(null);
  }
  return { part: builder.finish(), report: reader.finish(0) };
}

/** The records a scanner finds, each by the fields it has. */
export function scanText(
  bytes: Uint8Array,
  pieceLength = Infinity,
  largestRecord = LARGEST_RECORD,
) {
  const records: Record<string, string>[] = [];
  const scanner = new RecordScanner(
    {
      record: (fields) => {
        const present = Object.entries(Field).filter(([, field]) => fields.has(field));
        records.push(
          Object.fromEntries(present.map(([name, field]) => [name, fields.string(field)!])),
        );
      },
      stranger: () => {},
    },
    largestRecord,
  );
  for (let from = 0; from < bytes.length; from += pieceLength) {
    // A copy that is overwritten afterwards: nothing may be kept of a piece.
    const piece = bytes.slice(from, Math.min(bytes.length, from + pieceLength));
    scanner.push(piece, 0, piece.length);
    piece.fill(0x21);
  }
  scanner.finish();
  const { strangers, textLines, damages, hasList } = scanner;
  return { records, strangers, textLines, damages, hasList };
}

/** What `records.in` has to equal. */
export const sumOf = (records: RecordCounts): number =>
  records.counted +
  records.otherManagement +
  records.data +
  records.otherKinds +
  records.duplicates +
  records.insights +
  records.unusable;

/** Calls by API, minute and error code, whoever made them: what every form of a log tells alike. */
export function callLines({
  strings,
  apis,
  apiStart,
  minute,
  errorCode,
  calls,
}: ActivityTable): string[] {
  const sums = new Map<string, number>();
  for (let api = 0; api + 1 < apiStart.length; api++) {
    const columns = [apis.recipientAccountId, apis.awsRegion, apis.eventSource, apis.eventName];
    const names = columns.map((column) => strings[column[api]]);
    for (let row = apiStart[api]; row < apiStart[api + 1]; row++) {
      const time = formatMinute(toMinute(minute[row]));
      const key = [...names, apis.readOnly[api] === 1, time, strings[errorCode[row]]].join(' ');
      sums.set(key, (sums.get(key) ?? 0) + calls[row]);
    }
  }
  return [...sums].map(([key, sum]) => `${key}: ${sum}`);
}
