import { expose, transfer } from 'comlink';
import { type ArchiveMember, spanOf } from '../../core/container/plan';
import { unpack, unpackMember } from '../../core/container/unpack';
import type { EventsWanted } from '../../core/read/collectRecords';
import { LogReader, type LogReport } from '../../core/read/readFile';
import type { FileBytes } from './feed';
import {
  CollectedContents,
  CountedContents,
  type Found,
  type LargeContents,
} from './largeContents';
import { holdLifeline } from './lifeline';
import { SentContents, takeParcels } from './parcels';
import { orReadAgain } from './readAgain';
import { type Reading, ReadingHand } from './readingHand';
import type { Answer, ReadSoFar } from './readSoFar';
import { type SentPart, toSent } from './sentPart';
import { SlicedFile } from './slicedFile';
import { warmUp } from './warmUp';

/**
 * A worker that unpacks files and counts their records; there is one per core. After detection another one reads some of
 * the files once more: told to `collect`, it keeps the records that are wanted and counts nothing.
 */
export class Reader {
  /** Made for the first file: were it made before the reader has practised, the engine would take it for a stranger. */
  #made: ReadingHand | null = null;
  readonly #large = new Map<number, SlicedFile>();
  readonly #reports: LogReport[] = [];
  #files = 0;
  #bytes = 0;
  #memberBytes = 0;
  #largeBytes = 0;
  #largeEvents = 0;

  get #hand(): ReadingHand {
    return (this.#made ??= new ReadingHand());
  }

  /** Gets the code compiled while nothing is to be read; what was counted by the way. */
  async warmUp(): Promise<SentPart> {
    return toSent(await warmUp(() => this.#made === null));
  }

  live(name: string): Promise<void> {
    return holdLifeline(name);
  }

  collect(wanted: readonly EventsWanted[]): void {
    this.#hand.collect(wanted);
  }

  /** Reads whole files, one after the other. */
  async read(files: FileBytes[]): Promise<Answer> {
    const { sink } = this.#hand;
    for (const { path, bytes } of files) {
      const file = new Uint8Array(bytes);
      await orReadAgain(path, file, sink, (sink) => unpack(path, file, sink));
      this.#files++;
      this.#bytes += bytes.byteLength;
      this.#hand.done(bytes);
    }
    return this.#answer(this.#hand.found());
  }

  /** Reads members that lie side by side in an archive, and in `bytes`; those begin at byte `offset` of the archive. */
  async readMembers(
    bytes: ArrayBuffer,
    offset: number,
    members: readonly ArchiveMember[],
  ): Promise<Answer> {
    const { sink } = this.#hand;
    for (const member of members) {
      const { range, path } = member;
      const contents = new Uint8Array(bytes, range.offset - offset, range.length);
      await orReadAgain(path, contents, sink, (sink) => unpackMember(member, contents, sink));
    }
    this.#hand.done(bytes);
    const { from, to } = spanOf(members);
    this.#memberBytes += to - from;
    this.#largeBytes += to - from;
    return this.#answer(this.#hand.found());
  }

  /**
   * A file too large for one message begins; its slices follow in order. Names may repeat, so it goes by a number. `to`:
   * the reader that counts what it unpacks to, null for this one.
   */
  beginLarge(id: number, source: string | ArchiveMember, to: MessagePort | null): void {
    this.#large.set(id, new SlicedFile(source, to ? new SentContents(to) : this.#contents()));
  }

  /** Counts what another reader unpacks and sends through the port. */
  takeLarge(from: MessagePort): void {
    takeParcels(from, this.#contents());
  }

  async readSlice(id: number, slice: ArrayBuffer): Promise<Answer> {
    const { byteLength } = slice;
    const found = await this.#large.get(id)!.push(slice);
    this.#largeBytes += byteLength;
    this.#largeEvents += found.events;
    return this.#answer(found);
  }

  /** `failure`: why its last slices are missing. */
  async endLarge(id: number, failure: string | null): Promise<Answer> {
    const found = await this.#large.get(id)!.finish(failure);
    this.#large.delete(id);
    this.#largeEvents += found.events;
    return this.#answer(found);
  }

  /** A copy of what is counted so far, see `countsSoFar`. */
  soFar(withReads: boolean): SentPart {
    return this.#hand.soFar(withReads);
  }

  /** Hands everything over; the reader is spent. */
  finish(): Reading {
    return this.#hand.finish(this.#bytes + this.#memberBytes, this.#reports);
  }

  /** What was collected for each wish; the reader is spent. */
  collected(): ArrayBuffer[] {
    return this.#hand.collected();
  }

  #contents(): LargeContents {
    const sink = this.#hand.anotherSink();
    return sink instanceof LogReader
      ? new CountedContents(sink, (report) => this.#reports.push(report))
      : new CollectedContents(sink);
  }

  #answer({ spans, parquet }: Pick<Found, 'spans' | 'parquet'>): Answer {
    return transfer(
      { soFar: this.#soFar, spans, parquet },
      parquet.map(({ bytes }) => bytes.buffer),
    );
  }

  get #soFar(): ReadSoFar {
    return {
      events: this.#hand.logs.events + this.#largeEvents,
      files: this.#files,
      bytes: this.#bytes,
      largeBytes: this.#largeBytes,
    };
  }
}

expose(new Reader());
