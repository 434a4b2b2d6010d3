import { expose } from 'comlink';
import type { ParquetSource } from '../../core/read/parquet/parquetFile';
import { readParquet } from '../../core/read/parquet/readParquet';
import type { EventsWanted } from '../../core/read/collectRecords';
import { holdLifeline } from './lifeline';
import { type Reading, ReadingHand } from './readingHand';
import type { SentPart } from './sentPart';
import type { Answer } from './readSoFar';

/** A worker that reads Parquet files; its code is loaded when the first one comes. */
export class ParquetReader {
  readonly #hand = new ReadingHand();
  #bytes = 0;
  #last: Promise<void> = Promise.resolve();

  live(name: string): Promise<void> {
    return holdLifeline(name);
  }

  collect(wanted: readonly EventsWanted[]): void {
    this.#hand.collect(wanted);
  }

  /** Reads one file after the other. A dropped file is a Blob; what came out of an archive, its bytes. */
  async read(path: string, file: Blob | Uint8Array<ArrayBuffer>): Promise<Answer> {
    const { logs, sink } = this.#hand;
    this.#last = this.#last.then(() => readParquet(path, sourceOf(file), sink));
    await this.#last;
    if (file instanceof Blob) this.#bytes += file.size;
    const soFar = { events: logs.events, files: 0, bytes: 0, largeBytes: this.#bytes };
    return { soFar, spans: logs.takeSpans(), parquet: [] };
  }

  soFar(withReads: boolean): SentPart {
    return this.#hand.soFar(withReads);
  }

  /** Hands everything over; the reader is spent. */
  finish(): Reading {
    return this.#hand.finish(this.#bytes, []);
  }

  collected(): ArrayBuffer[] {
    return this.#hand.collected();
  }
}

const sourceOf = (file: Blob | Uint8Array<ArrayBuffer>): ParquetSource =>
  file instanceof Blob
    ? { byteLength: file.size, slice: (start, end) => file.slice(start, end).arrayBuffer() }
    : { byteLength: file.length, slice: (start, end) => file.slice(start, end).buffer };

expose(new ParquetReader());
