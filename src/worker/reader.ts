import { expose, transfer } from 'comlink';
import { ActivityBuilder } from '../core/activity/activityBuilder';
import { buffersOf, type ActivityPart } from '../core/activity/activityPart';
import type { ArchiveMember } from '../core/container/plan';
import type { FileSink } from '../core/container/fileSink';
import { unpack, unpackMember, Unpacker } from '../core/container/unpack';
import { CollectingReader, EventCollection, type EventsWanted } from '../core/read/collectRecords';
import { LogReader, type LogReport } from '../core/read/readFile';
import type { FileBytes } from './feed';
import type { Answer } from './readSoFar';
import { warmUp } from './warmUp';

/** What one reader counted and what it has to say of its files. */
export interface Reading {
  readonly part: ActivityPart;
  readonly reports: readonly LogReport[];
}

/** A file that comes in slices; it has its own place in the ledger, since other files may come between. */
class LargeFile {
  readonly #unpacker: Unpacker;
  #bytes = 0;

  /** `logs`: counts what the file holds; null where its records are collected instead. */
  constructor(
    private readonly source: string | ArchiveMember,
    readonly logs: LogReader | null,
    sink: FileSink,
  ) {
    this.#unpacker = new Unpacker(source, sink);
  }

  get events(): number {
    return this.logs?.events ?? 0;
  }

  push(slice: ArrayBuffer): void {
    this.#bytes += slice.byteLength;
    this.#unpacker.push(new Uint8Array(slice));
  }

  finish(failure: string | null): LogReport[] {
    this.#unpacker.finish();
    if (this.logs === null) return [];
    const report = this.logs.finish(this.#bytes);
    if (failure === null) return [report];
    const name = typeof this.source === 'string' ? this.source : this.source.path;
    return [{ ...report, notes: [...report.notes, { name, detail: failure }] }];
  }
}

/**
 * A worker that unpacks files and counts their records; there is one per core. After detection another one reads some of
 * the files once more: told to `collect`, it keeps the records that are wanted and counts nothing.
 */
export class Reader {
  readonly #builder = new ActivityBuilder();
  readonly #logs = new LogReader(this.#builder);
  readonly #large = new Map<number, LargeFile>();
  readonly #reports: LogReport[] = [];
  #collection: EventCollection | null = null;
  #sink: FileSink = this.#logs;
  #files = 0;
  #bytes = 0;
  #memberBytes = 0;
  #largeBytes = 0;
  #largeEvents = 0;

  /** Gets the code compiled while nothing is to be read. */
  warmUp(): Promise<void> {
    return warmUp(() => this.#files + this.#largeBytes + this.#large.size === 0);
  }

  collect(wanted: readonly EventsWanted[]): void {
    this.#collection = new EventCollection(wanted);
    this.#sink = new CollectingReader(this.#collection);
  }

  /** Reads whole files, one after the other. */
  read(files: FileBytes[]): Answer {
    for (const { path, bytes } of files) {
      unpack(path, new Uint8Array(bytes), this.#sink);
      this.#files++;
      this.#bytes += bytes.byteLength;
    }
    return this.#answer(this.#logs);
  }

  /** Reads members of an archive, whose ranges lie in `bytes`; those begin at byte `offset` of the archive. */
  readMembers(bytes: ArrayBuffer, offset: number, members: readonly ArchiveMember[]): Answer {
    for (const member of members) {
      const { range } = member;
      unpackMember(member, new Uint8Array(bytes, range.offset - offset, range.length), this.#sink);
    }
    this.#memberBytes += bytes.byteLength;
    this.#largeBytes += bytes.byteLength;
    return this.#answer(this.#logs);
  }

  /** A file too large for one message begins; its slices follow in order. Names may repeat, so it goes by a number. */
  beginLarge(id: number, source: string | ArchiveMember): Answer {
    this.#large.set(id, this.#largeFile(source));
    return this.#answer(this.#logs);
  }

  readSlice(id: number, slice: ArrayBuffer): Answer {
    const { byteLength } = slice;
    const file = this.#large.get(id)!;
    const before = file.events;
    file.push(slice);
    this.#largeBytes += byteLength;
    this.#largeEvents += file.events - before;
    return this.#answer(file.logs);
  }

  /** `failure`: why its last slices are missing. */
  endLarge(id: number, failure: string | null): Answer {
    const file = this.#large.get(id)!;
    this.#reports.push(...file.finish(failure));
    this.#large.delete(id);
    return this.#answer(file.logs);
  }

  /** Hands everything over; the reader is spent. */
  finish(): Reading {
    const part = this.#builder.finish();
    const reports = [this.#logs.finish(this.#bytes + this.#memberBytes), ...this.#reports];
    return transfer({ part, reports }, buffersOf(part));
  }

  /**
   * What was collected for each wish: `CollectedEvents` as JSON in UTF-8, so that the page passes on buffers and nothing
   * else. The reader is spent.
   */
  collected(): ArrayBuffer[] {
    const encoder = new TextEncoder();
    const found = this.#collection?.finish() ?? [];
    const buffers = found.map((events) => encoder.encode(JSON.stringify(events)).buffer);
    return transfer(buffers, buffers);
  }

  #largeFile(source: string | ArchiveMember): LargeFile {
    if (this.#collection)
      return new LargeFile(source, null, new CollectingReader(this.#collection));
    const logs = new LogReader(this.#builder);
    return new LargeFile(source, logs, logs);
  }

  #answer(logs: LogReader | null): Answer {
    const soFar = {
      events: this.#logs.events + this.#largeEvents,
      files: this.#files,
      bytes: this.#bytes,
      largeBytes: this.#largeBytes,
    };
    return { soFar, spans: logs?.takeSpans() ?? [] };
  }
}

expose(new Reader());
