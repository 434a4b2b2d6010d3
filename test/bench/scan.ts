import { ActivityBuilder } from '../../src/core/activity/activityBuilder';
import { mergeActivity } from '../../src/core/activity/mergeActivity';
import { LogReader } from '../../src/core/read/readFile';
import { RecordScanner } from '../../src/core/read/scanRecords';
import { logFile } from './reading/corpus';

/**
 * How fast bytes become rows, beside JSON.parse and a Map on the same bytes in the same process, in turns: megabytes of
 * JSON a second, medians, and the median of the ratios round by round.
 */

interface LogRecord {
  readonly recipientAccountId: string;
  readonly awsRegion: string;
  readonly eventSource: string;
  readonly eventName: string;
  readonly eventTime: string;
  readonly eventID: string;
  readonly errorCode?: string;
  readonly readOnly: boolean;
  readonly managementEvent: boolean;
}

function trailFiles(megabytes: number): Uint8Array[] {
  const files: Uint8Array[] = [];
  let left = megabytes * 1e6;
  for (let index = 0; left > 0; index++) {
    const text = `{"Records":[${logFile('M', index).records.join(',')}]}`;
    files.push(new TextEncoder().encode(text));
    left -= text.length;
  }
  return files;
}

/** What a page would do without a scanner; attributions and ledger left out, to its favour. */
function parseAndCount(files: readonly Uint8Array[]): number {
  const ids = new Set<string>();
  const calls = new Map<string, number>();
  for (const bytes of files) {
    const { Records } = JSON.parse(new TextDecoder().decode(bytes)) as { Records: LogRecord[] };
    for (const record of Records) {
      const id = `${record.recipientAccountId} ${record.eventID}`;
      if (ids.has(id)) continue;
      ids.add(id);
      if (!record.managementEvent || (record.readOnly && record.errorCode === undefined)) continue;
      const minute = record.eventTime.slice(0, 16);
      const key = `${record.recipientAccountId} ${record.awsRegion} ${record.eventSource} ${record.eventName} ${minute} ${record.errorCode ?? ''}`;
      calls.set(key, (calls.get(key) ?? 0) + 1);
    }
  }
  return [...calls.values()].reduce((total, each) => total + each, 0);
}

function scanAndCount(files: readonly Uint8Array[]): ActivityBuilder {
  const builder = new ActivityBuilder();
  const reader = new LogReader(builder);
  for (const bytes of files) {
    reader.open('log.json');
    reader.piece(bytes, 0, bytes.length);
    reader.close(null);
  }
  return builder;
}

function scanOnly(files: readonly Uint8Array[]): number {
  let records = 0;
  const scanner = new RecordScanner({ record: () => records++, stranger: () => {} });
  for (const bytes of files) {
    scanner.restart();
    scanner.push(bytes, 0, bytes.length);
    scanner.finish();
  }
  return records;
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1];

function cpuSeconds(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

/** Counts differ only where the scanner is wrong; merging is a matter of groups, not of bytes, and stays outside. */
function verify(files: readonly Uint8Array[]): void {
  const { records } = mergeActivity([scanAndCount(files).finish()]);
  if (records.counted !== parseAndCount(files)) throw new Error('the counts differ');
  console.log(`${files.length} files, ${records.in} records, ${records.duplicates} of them twice`);
}

/** `megabytes` of JSON, read `rounds` times each way. */
export function run(megabytes: number, rounds: number): void {
  const files = trailFiles(megabytes);
  const size = files.reduce((total, { length }) => total + length, 0) / 1e6;
  verify(files);
  const ways = { scanOnly, scanAndCount, parseAndCount };
  const seconds: Record<string, number[]> = { scanOnly: [], scanAndCount: [], parseAndCount: [] };
  for (let round = 0; round < rounds; round++) {
    for (const [name, work] of Object.entries(ways))
      seconds[name].push(cpuSeconds(() => work(files)));
  }
  for (const [name, times] of Object.entries(seconds)) {
    console.log(
      `${name.padEnd(14)} ${(size / median(times)).toFixed(0).padStart(5)} MB per CPU second`,
    );
  }
  const ratios = seconds.parseAndCount.map((each, round) => each / seconds.scanAndCount[round]);
  console.log(`scanning and counting is ${median(ratios).toFixed(2)} times as fast as JSON.parse`);
}
