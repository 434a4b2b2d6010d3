import { transfer } from 'comlink';
import { ActivityBuilder } from '../../core/activity/activityBuilder';
import {
  CollectingReader,
  EventCollection,
  type EventsWanted,
} from '../../core/read/collectRecords';
import type { Found } from './largeContents';
import { LogReader, type LogReport } from '../../core/read/readFile';
import { release, releaseColumns } from './release';
import { type SentPart, toSent, withBuffersOf } from './sentPart';

/** What one reader counted and what it has to say of its files. */
export interface Reading {
  readonly part: SentPart;
  readonly reports: readonly LogReport[];
}

/** A worker's table, or the collection it makes instead when it reads some files once more. */
export class ReadingHand {
  readonly builder = new ActivityBuilder();
  readonly logs = new LogReader(this.builder);
  sink: LogReader | CollectingReader = this.logs;
  #collection: EventCollection | null = null;

  /** From now on keeps the records that are wanted, and counts nothing. */
  collect(wanted: readonly EventsWanted[]): void {
    this.#collection = new EventCollection(wanted);
    this.sink = this.anotherSink();
  }

  /** Bytes that are read. A second reading has time to give them back at once, see `release`. */
  done(bytes: ArrayBuffer): void {
    if (this.#collection) release(bytes);
  }

  /** When the events were, and which Parquet files came, since the last time asked. */
  found(): Pick<Found, 'spans' | 'parquet'> {
    return { spans: this.logs.takeSpans(), parquet: this.sink.takeParquet() };
  }

  /** One for a file that comes in slices between others. */
  anotherSink(): LogReader | CollectingReader {
    return this.#collection ? new CollectingReader(this.#collection) : new LogReader(this.builder);
  }

  /** A copy of what was counted so far. */
  soFar(withReads: boolean): SentPart {
    const part = toSent(this.builder.soFar(withReads, releaseColumns));
    return withBuffersOf(part, [part]);
  }

  /** Hands everything over; it is spent. */
  finish(bytes: number, others: readonly LogReport[]): Reading {
    const part = toSent(this.builder.finish(releaseColumns));
    return withBuffersOf({ part, reports: [this.logs.finish(bytes), ...others] }, [part]);
  }

  /**
   * What was collected for each wish: `CollectedEvents` as JSON in UTF-8, so that the page passes on buffers and nothing
   * else. It is spent.
   */
  collected(): ArrayBuffer[] {
    const encoder = new TextEncoder();
    const found = this.#collection?.finish() ?? [];
    const buffers = found.map((events) => encoder.encode(JSON.stringify(events)).buffer);
    return transfer(buffers, buffers);
  }
}
