import { expose, transfer } from 'comlink';
import { ActivityBuilder } from '../core/activity/activityBuilder';
import { buffersOf, type ActivityPart } from '../core/activity/activityPart';
import { unpack, Unpacker } from '../core/container/unpack';
import { LogReader, type LogReport } from '../core/read/readFile';
import type { FileBytes } from './feed';

/** What one reader counted and what it has to say of its files. */
export interface Reading {
  readonly part: ActivityPart;
  readonly reports: readonly LogReport[];
}

/** How far one reader is: files and bytes as dropped, events of any kind. */
export interface ReadSoFar {
  readonly files: number;
  readonly bytes: number;
  readonly events: number;
}

/** A file that comes in slices; it has its own place in the ledger, since other files may come between. */
class LargeFile {
  readonly logs: LogReader;
  readonly #unpacker: Unpacker;
  #bytes = 0;

  constructor(
    private readonly path: string,
    builder: ActivityBuilder,
  ) {
    this.logs = new LogReader(builder);
    this.#unpacker = new Unpacker(path, this.logs);
  }

  push(slice: ArrayBuffer): void {
    this.#bytes += slice.byteLength;
    this.#unpacker.push(new Uint8Array(slice));
  }

  finish(failure: string | null): LogReport {
    this.#unpacker.finish();
    const report = this.logs.finish(this.#bytes);
    if (failure === null) return report;
    return { ...report, notes: [...report.notes, { name: this.path, detail: failure }] };
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
  /** Bytes and events of finished and unfinished large files. */
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

  /** A file too large for one message begins; its slices follow in order. Names may repeat, so it goes by a number. */
  beginLarge(id: number, path: string): ReadSoFar {
    this.#large.set(id, new LargeFile(path, this.#builder));
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
    this.#files++;
    return this.#soFar();
  }

  /** Hands everything over; the reader is spent. */
  finish(): Reading {
    const part = this.#builder.finish();
    const reports = [this.#logs.finish(this.#bytes), ...this.#reports];
    return transfer({ part, reports }, buffersOf(part) as ArrayBuffer[]);
  }

  #soFar(): ReadSoFar {
    return {
      files: this.#files,
      bytes: this.#bytes + this.#largeBytes,
      events: this.#logs.events + this.#largeEvents,
    };
  }
}

expose(new Reader());
