import type { ActivityBuilder } from '../activity/activityBuilder';
import { originOf, parseS3Key } from '../cloudtrail/s3Key';
import type { FileSink, ParquetBytes } from '../container/fileSink';
import type { FileCounts, FileNote, FileReport, SkippedFile, SkipReason } from '../ledger';
import { FileHourCounter, type FileHours, hourOfDelivery } from '../activity/fileHours';
import { MINUTES_PER_HOUR, parseMinute } from '../activity/minute';
import { RecordCounter } from './countRecord';
import { Field, Kind } from './field';
import type { RecordFields } from './recordFields';
import type { ScopeSpan } from './scopeSpans';
import { PlainScanner } from './plainScanner';
import type { Damage, LogScanner, RecordSink } from './logScanner';
import { recordText } from './recordText';
import { AnyScanner } from './scanLog';

/** AWS's own Insights records are kept as text for comparison; so many are years of them. */
export const MOST_INSIGHTS = 20_000;

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
  private readonly insightRecords: string[] = [];
  private readonly parquetFiles: ParquetBytes[] = [];
  private unpacked = 0;
  private found = 0;
  private foundBefore = 0;
  private insightsFound = 0;
  private isOpen = false;
  private path = '';
  private origin = 0;
  private isNamed = false;
  private readonly fileHours = new FileHourCounter();
  private readonly spansBefore: ScopeSpan[] = [];
  private length = 0;
  private unusable = 0;
  private isDigest = false;
  private isNotice = false;

  /** `toScanner`: makes what finds the records. */
  constructor(
    private readonly builder: ActivityBuilder,
    toScanner = (sink: RecordSink): FileScanner => new AnyScanner(sink),
  ) {
    this.counter = new RecordCounter(builder);
    this.scanner = toScanner(this.sinkBehind(0));
  }

  /** Records of any kind found so far. */
  get events(): number {
    return this.found;
  }

  /** From when to when the events are that were found since the last time asked. */
  takeSpans(): ScopeSpan[] {
    return [...this.spansBefore.splice(0), ...this.ownSpans()];
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
    this.isNamed = parseS3Key(path)?.folder === 'CloudTrail';
    if (!this.isNamed) this.spansBefore.push(...this.ownSpans());
    this.length = this.unusable = 0;
    this.isDigest = this.isNotice = false;
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
    this.unpacked += this.length;
    const verdict = this.verdict(found, damage);
    if (verdict !== null) return this.skip(this.path, ...verdict);
    this.files.in++;
    this.files.read++;
    this.countHours();
    this.builder.addUnusable(found.strangers);
    this.unusable += found.strangers;
    const detail = this.remarks(found, damage).join('; ');
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
      notes: [...this.notes, ...this.insightsLeftOut()],
      insightRecords: this.insightRecords,
      fileHours: this.fileHours.finish(),
    };
  }

  private insightsLeftOut(): FileNote[] {
    const left = this.insightsFound - this.insightRecords.length;
    if (left === 0) return [];
    const detail = `${left} of ${this.insightsFound} are counted, but not kept for comparison`;
    return [{ name: "Insights records of AWS's", detail }];
  }

  private piecesOf(bytes: Uint8Array): void {
    this.length += bytes.length;
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
      stranger: (fields) => this.recognise(fields),
    };
  }

  private ownSpans(): ScopeSpan[] {
    return this.counter.spans.take((ref) => this.builder.strings.text(ref));
  }

  private countHours(): void {
    if (this.isNamed) return this.countDelivery();
    const spans = this.ownSpans();
    for (const { first, last, ...place } of spans) {
      const hourOf = (minute: number) => Math.floor(minute / MINUTES_PER_HOUR);
      this.fileHours.add(place, hourOf(first), hourOf(last));
    }
    this.spansBefore.push(...spans);
  }

  private countDelivery(): void {
    const { accountId: recipientAccountId, awsRegion, deliveredAt } = parseS3Key(this.path)!;
    const minute = parseMinute(deliveredAt);
    if (minute === null) return;
    const hour = hourOfDelivery(minute);
    this.fileHours.add({ recipientAccountId, awsRegion }, hour, hour);
  }

  private count(fields: RecordFields): void {
    this.found++;
    const kind = this.counter.count(fields);
    if (kind === null) this.unusable++;
    if (kind === 'insight') this.insightsFound++;
    if (kind === 'insight' && this.insightRecords.length < MOST_INSIGHTS) {
      this.insightRecords.push(recordText(fields));
    }
  }

  private recognise(fields: RecordFields): void {
    this.isDigest ||= fields.has(Field.digestS3Object) && fields.has(Field.digestStartTime);
    this.isNotice ||= fields.kindOf(Field.s3ObjectKey) === Kind.nested;
  }

  /** Why the file is skipped; null when it is read: it holds records, or a sound list without any. */
  private verdict(found: LogScanner, damage: string | null): [SkipReason, string] | null {
    const { records, hasList, strangers, damages } = found;
    const isEmptyList = hasList && strangers === 0 && damages.length === 0 && damage === null;
    if (records > 0 || isEmptyList) return null;
    if (this.isDigest) return ['digest file', 'holds hashes of log files, no events'];
    if (damage !== null) return ['damaged', damage];
    if (this.length === 0) return ['empty file', 'has no bytes'];
    if (hasList && damages.length > 0) return ['damaged', inWords(damages[0])];
    if (this.isNotice) return ['not a log file', 'tells where log files are, holds no events'];
    return ['not a log file', 'holds no CloudTrail record'];
  }

  private remarks(found: LogScanner, damage: string | null): string[] {
    const { damages, damageCount, textLines } = found;
    const named = damages.slice(0, MOST_NAMED).map(inWords);
    const unnamed = damageCount - named.length;
    return [
      ...(damage === null ? [] : [damage]),
      ...named,
      ...(unnamed > 0 ? [counted(unnamed, 'more damaged place')] : []),
      ...(this.unusable > 0
        ? [`${counted(this.unusable, 'record')} without usable time, source or name`]
        : []),
      ...(textLines > 0 ? [`${counted(textLines, 'line')} of text without an event`] : []),
    ];
  }
}

/** A note names so many damaged places of one file, and counts the rest. */
const MOST_NAMED = 5;

const inWords = ({ offset, reason }: Damage): string => `at byte ${offset}: ${reason}`;

const counted = (count: number, thing: string): string =>
  `${count} ${thing}${count === 1 ? '' : 's'}`;
