import type { FileSink, ParquetBytes } from '../../core/container/fileSink';
import type { FileNote } from '../../core/ledger';
import type { CollectingReader } from '../../core/read/collectRecords';
import type { LogReader, LogReport } from '../../core/read/readFile';
import type { ScopeSpan } from '../../core/read/scopeSpans';

/** What was found since the last time asked. */
export interface Found {
  readonly events: number;
  readonly spans: readonly ScopeSpan[];
  /** Parquet files, which another reader is to read. */
  readonly parquet: readonly ParquetBytes[];
}

export const NOTHING_FOUND: Found = { events: 0, spans: [], parquet: [] };

/** Takes what a large file unpacks to. */
export interface LargeContents {
  readonly sink: FileSink;
  /** Settles when there is room for more. */
  room(): Promise<void>;
  found(): Found;
  /** The file was `bytes` long. `failure`: why its last slices are missing. */
  finish(bytes: number, failure: FileNote | null): Promise<void>;
}

/** Counts it; it has its own place in the ledger, since other files may come between. */
export class CountedContents implements LargeContents {
  #told = 0;

  constructor(
    readonly sink: LogReader,
    private readonly report: (report: LogReport) => void,
  ) {}

  async room(): Promise<void> {}

  found(): Found {
    const events = this.sink.events - this.#told;
    this.#told = this.sink.events;
    return { events, spans: this.sink.takeSpans(), parquet: this.sink.takeParquet() };
  }

  async finish(bytes: number, failure: FileNote | null): Promise<void> {
    const report = this.sink.finish(bytes);
    this.report(failure ? { ...report, notes: [...report.notes, failure] } : report);
  }
}

/** Keeps the records that are wanted and counts nothing. */
export class CollectedContents implements LargeContents {
  constructor(readonly sink: CollectingReader) {}

  async room(): Promise<void> {}

  found(): Found {
    return { ...NOTHING_FOUND, parquet: this.sink.takeParquet() };
  }

  async finish(): Promise<void> {}
}
