import { expose, transfer } from 'comlink';
import { ActivityBuilder } from '../core/activity/activityBuilder';
import { buffersOf, type ActivityPart } from '../core/activity/activityPart';
import type { ArchiveMember } from '../core/container/plan';
import { unpack, unpackMember, Unpacker } from '../core/container/unpack';
import { LogReader, type LogReport } from '../core/read/readFile';
import type { FileBytes } from './feed';
import type { ReadSoFar } from './readSoFar';

/** What one reader counted and what it has to say of its files. */
export interface Reading {
  readonly part: ActivityPart;
  readonly reports: readonly LogReport[];
}

/** A file that comes in slices; it has its own place in the ledger, since other files may come between. */
class LargeFile {
  readonly logs: LogReader;
  readonly #unpacker: Unpacker;
  #bytes = 0;

  constructor(
    private readonly source: string | ArchiveMember,
    builder: ActivityBuilder,
  ) {
    this.logs = new LogReader(builder);
    this.#unpacker = new Unpacker(source, this.logs);
  }

  push(slice: ArrayBuffer): void {
    this.#bytes += slice.byteLength;
    this.#unpacker.push(new Uint8Array(slice));
  }

  finish(failure: string | null): LogReport {
    this.#unpacker.finish();
    const report = this.logs.finish(this.#bytes);
    if (failure === null) return report;
    const name = typeof this.source === 'string' ? this.source : this.source.path;
    return { ...report, notes: [...report.notes, { name, detail: failure }] };
  }
}

/** A worker that unpacks files and counts their records; there is one per core. */
export class Reader {
  readonly #builder = new ActivityBuilder();
  readonly #logs = new LogReader(this.#builder);
  readonly #large = new Map<number, LargeFile>();
  readonly #reports: LogReport[] = [];
  #files = 0;
  #bytes = 0;
  #memberBytes = 0;
  #largeBytes = 0;
  #largeEvents = 0;

  /** Reads whole files, one after the other. */
  read(files: FileBytes[]): ReadSoFar {
    for (const { path, bytes } of files) {
      unpack(path, new Uint8Array(bytes), this.#logs);
      this.#files++;
      this.#bytes += bytes.byteLength;
    }
    return this.#soFar();
  }

  /** Reads members of an archive, whose ranges lie in `bytes`; those begin at byte `offset` of the archive. */
  readMembers(bytes: ArrayBuffer, offset: number, members: readonly ArchiveMember[]): ReadSoFar {
    for (const member of members) {
      const { range } = member;
      unpackMember(member, new Uint8Array(bytes, range.offset - offset, range.length), this.#logs);
    }
    this.#memberBytes += bytes.byteLength;
    this.#largeBytes += bytes.byteLength;
    return this.#soFar();
  }

  /** A file too large for one message begins; its slices follow in order. Names may repeat, so it goes by a number. */
  beginLarge(id: number, source: string | ArchiveMember): ReadSoFar {
    this.#large.set(id, new LargeFile(source, this.#builder));
    return this.#soFar();
  }

  readSlice(id: number, slice: ArrayBuffer): ReadSoFar {
    const { byteLength } = slice;
    const file = this.#large.get(id)!;
    const before = file.logs.events;
    file.push(slice);
    this.#largeBytes += byteLength;
    this.#largeEvents += file.logs.events - before;
    return this.#soFar();
  }

  /** `failure`: why its last slices are missing. */
  endLarge(id: number, failure: string | null): ReadSoFar {
    this.#reports.push(this.#large.get(id)!.finish(failure));
    this.#large.delete(id);
    return this.#soFar();
  }

  /** Hands everything over; the reader is spent. */
  finish(): Reading {
    const part = this.#builder.finish();
    const reports = [this.#logs.finish(this.#bytes + this.#memberBytes), ...this.#reports];
    return transfer({ part, reports }, buffersOf(part) as ArrayBuffer[]);
  }

  #soFar(): ReadSoFar {
    return {
      events: this.#logs.events + this.#largeEvents,
      files: this.#files,
      bytes: this.#bytes,
      largeBytes: this.#largeBytes,
    };
  }
}

expose(new Reader());
