import type { ActivityBuilder } from '../activity/activityBuilder';
import { originOf } from '../cloudtrail/s3Key';
import type { FileCounts, FileNote, FileReport, SkippedFile, SkipReason } from '../ledger';
import { RecordCounter } from './countRecord';
import { Field, Kind } from './field';
import type { RecordFields } from './recordFields';
import type { ScopeSpan } from './scopeSpans';
import type { Damage, LogScanner } from './logScanner';
import { recordText } from './recordText';
import { AnyScanner } from './scanLog';

/** AWS's own Insights records are kept as text for comparison; so many are years of them. */
export const MOST_INSIGHTS = 20_000;

/** What one reader found in its files, beside what it counted. */
export interface LogReport extends FileReport {
  /** AWS's own Insights records, JSON text, in the order they came. */
  readonly insightRecords: readonly string[];
}

/**
 * Reads log files one after the other, each in pieces: `open`, `piece` …, `close`, or `skip` for what cannot be unpacked.
 * Records go into the builder, and every file into the report: read, or skipped with its reason.
 */
export class LogReader {
  private readonly scanner: AnyScanner;
  private readonly counter: RecordCounter;
  private readonly files: FileCounts = { in: 0, read: 0, skipped: 0 };
  private readonly skipped: SkippedFile[] = [];
  private readonly notes: FileNote[] = [];
  private readonly insightRecords: string[] = [];
  private unpacked = 0;
  private found = 0;
  private path = '';
  private origin = 0;
  private length = 0;
  private unusable = 0;
  private isDigest = false;
  private isNotice = false;

  constructor(private readonly builder: ActivityBuilder) {
    this.counter = new RecordCounter(builder);
    this.scanner = new AnyScanner({
      record: (fields) => this.count(fields),
      stranger: (fields) => this.recognise(fields),
    });
  }

  /** Records of any kind found so far. */
  get events(): number {
    return this.found;
  }

  /** From when to when the events are that were found since the last time asked. */
  takeSpans(): ScopeSpan[] {
    return this.counter.spans.take((ref) => this.builder.strings.text(ref));
  }

  /** A file begins. `path`: as dropped, members of archives behind the path of the archive. */
  open(path: string): void {
    this.path = path;
    this.origin = this.builder.origin(originOf(path));
    this.length = this.unusable = 0;
    this.isDigest = this.isNotice = false;
    this.scanner.restart();
  }

  /** The next bytes of the file, unpacked; valid during the call only. */
  piece(bytes: Uint8Array, start: number, end: number): void {
    this.length += end - start;
    this.builder.from(this.origin);
    this.scanner.push(bytes, start, end);
  }

  /** The file ends. `damage`: why unpacking it ended early, in words. */
  close(damage: string | null): void {
    this.builder.from(this.origin);
    const found = this.scanner.finish();
    this.unpacked += this.length;
    const verdict = this.verdict(found, damage);
    if (verdict !== null) return this.skip(this.path, ...verdict);
    this.files.in++;
    this.files.read++;
    this.builder.addUnusable(found.strangers);
    this.unusable += found.strangers;
    const detail = this.remarks(found, damage).join('; ');
    if (detail !== '') this.notes.push({ name: this.path, detail });
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
      notes: this.notes,
      insightRecords: this.insightRecords,
    };
  }

  private count(fields: RecordFields): void {
    this.found++;
    const kind = this.counter.count(fields);
    if (kind === null) this.unusable++;
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
