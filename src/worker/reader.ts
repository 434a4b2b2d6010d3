import { expose, transfer } from 'comlink';
import { ActivityBuilder } from '../core/activity/activityBuilder';
import { buffersOf, type ActivityPart } from '../core/activity/activityPart';
import type { ArchiveMember } from '../core/container/plan';
import type { FileSink } from '../core/container/fileSink';
import { unpack, unpackMember } from '../core/container/unpack';
import { CollectingReader, EventCollection, type EventsWanted } from '../core/read/collectRecords';
import { LogReader, type LogReport } from '../core/read/readFile';
import type { FileBytes } from './feed';
import { CollectedContents, CountedContents, type LargeContents } from './largeContents';
import { SentContents, takeParcels } from './parcels';
import type { Answer, ReadSoFar } from './readSoFar';
import { release } from './release';
import { SlicedFile } from './slicedFile';
import { warmUp } from './warmUp';

/** What one reader counted and what it has to say of its files. */
export interface Reading {
  readonly part: ActivityPart;
  readonly reports: readonly LogReport[];
}

/**
 * A worker that unpacks files and counts their records; there is one per core. After detection another one reads some of
 * the files once more: told to `collect`, it keeps the records that are wanted and counts nothing.
 */
export class Reader {
  readonly #builder = new ActivityBuilder();
  readonly #logs = new LogReader(this.#builder);
  readonly #large = new Map<number, SlicedFile>();
  readonly #reports: LogReport[] = [];
  #collection: EventCollection | null = null;
  #sink: FileSink = this.#logs;
  #isIdle = true;
  #files = 0;
  #bytes = 0;
  #memberBytes = 0;
  #largeBytes = 0;
  #largeEvents = 0;

  /** Gets the code compiled while nothing is to be read. */
  warmUp(): Promise<void> {
    return warmUp(() => this.#isIdle);
  }

  collect(wanted: readonly EventsWanted[]): void {
    this.#collection = new EventCollection(wanted);
    this.#sink = new CollectingReader(this.#collection);
  }

  /** Reads whole files, one after the other. */
  read(files: FileBytes[]): Answer {
    this.#isIdle = false;
    for (const { path, bytes } of files) {
      unpack(path, new Uint8Array(bytes), this.#sink);
      this.#files++;
      this.#bytes += bytes.byteLength;
      release(bytes);
    }
    return { soFar: this.#soFar, spans: this.#logs.takeSpans() };
  }

  /** Reads members of an archive, whose ranges lie in `bytes`; those begin at byte `offset` of the archive. */
  readMembers(bytes: ArrayBuffer, offset: number, members: readonly ArchiveMember[]): Answer {
    this.#isIdle = false;
    for (const member of members) {
      const { range } = member;
      unpackMember(member, new Uint8Array(bytes, range.offset - offset, range.length), this.#sink);
    }
    this.#memberBytes += bytes.byteLength;
    this.#largeBytes += bytes.byteLength;
    release(bytes);
    return { soFar: this.#soFar, spans: this.#logs.takeSpans() };
  }

  /**
   * A file too large for one message begins; its slices follow in order. Names may repeat, so it goes by a number. `to`:
   * the reader that counts what it unpacks to, null for this one.
   */
  beginLarge(id: number, source: string | ArchiveMember, to: MessagePort | null): void {
    this.#isIdle = false;
    this.#large.set(id, new SlicedFile(source, to ? new SentContents(to) : this.#contents()));
  }

  /** Counts what another reader unpacks and sends through the port. */
  takeLarge(from: MessagePort): void {
    this.#isIdle = false;
    takeParcels(from, this.#contents());
  }

  async readSlice(id: number, slice: ArrayBuffer): Promise<Answer> {
    const { byteLength } = slice;
    const { events, spans } = await this.#large.get(id)!.push(slice);
    this.#largeBytes += byteLength;
    release(slice);
    this.#largeEvents += events;
    return { soFar: this.#soFar, spans };
  }

  /** `failure`: why its last slices are missing. */
  async endLarge(id: number, failure: string | null): Promise<Answer> {
    const { events, spans } = await this.#large.get(id)!.finish(failure);
    this.#large.delete(id);
    this.#largeEvents += events;
    return { soFar: this.#soFar, spans };
  }

  /** A copy of what is counted so far, see `countsSoFar`. */
  soFar(withReads: boolean): ActivityPart {
    const part = this.#builder.soFar(withReads);
    return transfer(part, buffersOf(part));
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

  #contents(): LargeContents {
    return this.#collection
      ? new CollectedContents(new CollectingReader(this.#collection))
      : new CountedContents(this.#builder, (report) => this.#reports.push(report));
  }

  get #soFar(): ReadSoFar {
    return {
      events: this.#logs.events + this.#largeEvents,
      files: this.#files,
      bytes: this.#bytes,
      largeBytes: this.#largeBytes,
    };
  }
}

expose(new Reader());
