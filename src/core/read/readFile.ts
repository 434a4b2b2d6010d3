import type { ActivityBuilder } from '../activity/activityBuilder';
import { originOf } from '../cloudtrail/s3Key';
import type { FileSink, ParquetBytes } from '../container/fileSink';
import type { FileCounts, FileNote, FileReport, SkippedFile, SkipReason } from '../ledger';
import type { FileHours } from '../activity/fileHours';
import { RecordCounter } from './countRecord';
import { FilePlaces } from './filePlaces';
import { FileVerdict } from './fileVerdict';
import { KeptInsights } from './keptInsights';
import type { RecordFields } from './recordFields';
import type { ScopeSpan } from './scopeSpans';
import { PlainScanner } from './plainScanner';
import type { LogScanner, RecordSink } from './logScanner';
import { AnyScanner } from './scanLog';

/** Finds the records of one file after the other. */
export type FileScanner = Pick<AnyScanner, 'restart' | 'push' | 'finish'>;

/** What one reader found in its files, beside what it counted. */
export interface LogReport extends FileReport {
  /** AWS's own Insights records, JSON text, in the order they came. */
  readonly insightRecords: readonly string[];
  /** Where the files belong that were read: by their names, else by the events in them. */
  readonly fileHours?: readonly FileHours[];
}

/**
 * Reads log files one after the other, each in pieces: `open`, `piece` …, `close`, or `skip` for what cannot be unpacked.
 * Records go into the builder, and every file into the report: read, or skipped with its reason.
 */
export class LogReader implements FileSink {
  private readonly scanner: FileScanner;
  private readonly counter: RecordCounter;
  private readonly files: FileCounts = { in: 0, read: 0, skipped: 0 };
  private readonly skipped: SkippedFile[] = [];
  private readonly notes: FileNote[] = [];
  private readonly insights = new KeptInsights();
  private readonly parquetFiles: ParquetBytes[] = [];
  private unpacked = 0;
  private found = 0;
  private foundBefore = 0;
  private isOpen = false;
  private path = '';
  private origin = 0;
  private file = new FileVerdict();
  private readonly places: FilePlaces;

  /** `toScanner`: makes what finds the records. */
  constructor(
    private readonly builder: ActivityBuilder,
    toScanner = (sink: RecordSink): FileScanner => new AnyScanner(sink),
  ) {
    this.counter = new RecordCounter(builder);
    this.places = new FilePlaces(() => this.counter.spans.take((ref) => builder.strings.text(ref)));
    this.scanner = toScanner(this.sinkBehind(0));
  }

  /** Records of any kind found so far. */
  get events(): number {
    return this.found;
  }

  /** From when to when the events are that were found since the last time asked. */
  takeSpans(): ScopeSpan[] {
    return this.places.takeSpans();
  }

  /** A file begins. `path`: as dropped, members of archives behind the path of the archive. */
  open(path: string): void {
    this.begin(path);
    this.scanner.restart();
  }

  private begin(path: string): void {
    this.path = path;
    this.isOpen = true;
    this.foundBefore = this.found;
    this.origin = this.builder.origin(originOf(path));
    this.places.begin(path);
    this.file = new FileVerdict();
  }

  /** The next bytes of the file, unpacked; valid during the call only. */
  piece(bytes: Uint8Array, start: number, end: number): void {
    this.piecesOf(bytes.subarray(start, end));
    this.scanner.push(bytes, start, end);
  }

  /** The file ends. `damage`: why unpacking it ended early, in words. */
  close(damage: string | null): void {
    this.builder.from(this.origin);
    this.settle(this.scanner.finish(), damage);
  }

  /**
   * Reading the open file broke down, for a reason that is no fault of its own: forgets what was not counted of it. How
   * many of its records were counted, for `readPlainly`.
   */
  abandon(): number {
    const counted = this.isOpen ? this.found - this.foundBefore : 0;
    this.isOpen = false;
    return counted;
  }

  /**
   * Reads a file once more, whose first records are `counted` already, the slow way. `why`: what broke down. Its bytes
   * are JSON, or whatever text.
   */
  readPlainly(path: string, bytes: Uint8Array, counted: number, why: string): void {
    this.begin(path);
    this.piecesOf(bytes);
    const scanner = new PlainScanner(this.sinkBehind(counted));
    scanner.push(bytes, 0, bytes.length);
    scanner.finish();
    this.settle(scanner, `read the slow way, since the fast one broke down: ${why}`);
  }

  private settle(found: LogScanner, damage: string | null): void {
    this.isOpen = false;
    this.unpacked += this.file.length;
    const whySkipped = this.file.whySkipped(found, damage);
    if (whySkipped !== null) return this.skip(this.path, ...whySkipped);
    this.files.in++;
    this.files.read++;
    this.places.end();
    this.builder.addUnusable(found.strangers);
    this.file.unusable += found.strangers;
    const detail = this.file.remarks(found, damage);
    if (detail !== '') this.notes.push({ name: this.path, detail });
  }

  /** A Parquet file is for `readParquet`, which comes later: see `takeParquet`. */
  parquet(path: string, bytes: Uint8Array<ArrayBuffer>): void {
    this.parquetFiles.push({ path, bytes });
  }

  /** The Parquet files that came since the last time, which are not read, nor in the report. */
  takeParquet(): ParquetBytes[] {
    return this.parquetFiles.splice(0);
  }

  /** A file that cannot be read at all. */
  skip(path: string, reason: SkipReason, detail: string): void {
    this.files.in++;
    this.files.skipped++;
    this.skipped.push({ name: path, reason, detail });
  }

  /** Everything about the files read so far. `bytesIn`: their bytes as dropped. */
  finish(bytesIn: number): LogReport {
    return {
      files: { ...this.files },
      bytes: { in: bytesIn, unpacked: this.unpacked },
      skipped: this.skipped,
      notes: [...this.notes, ...this.insights.leftOut()],
      insightRecords: this.insights.records,
      fileHours: this.places.finish(),
    };
  }

  private piecesOf(bytes: Uint8Array): void {
    this.file.length += bytes.length;
    this.builder.from(this.origin);
  }

  /** Takes what a scanner finds, but for the first records, which are counted already. */
  private sinkBehind(counted: number): RecordSink {
    let left = counted;
    return {
      record: (fields) => {
        if (left > 0) left--;
        else this.count(fields);
      },
      stranger: (fields) => this.file.recognise(fields),
    };
  }

  private count(fields: RecordFields): void {
    this.found++;
    const kind = this.counter.count(fields);
    if (kind === null) this.file.unusable++;
    if (kind === 'insight') this.insights.add(fields);
  }
}
