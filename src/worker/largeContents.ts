import type { ActivityBuilder } from '../core/activity/activityBuilder';
import type { FileSink } from '../core/container/fileSink';
import type { FileNote } from '../core/ledger';
import { LogReader, type LogReport } from '../core/read/readFile';
import type { ScopeSpan } from '../core/read/scopeSpans';

/** What was found since the last time asked. */
export interface Found {
  readonly events: number;
  readonly spans: readonly ScopeSpan[];
}

export const NOTHING_FOUND: Found = { events: 0, spans: [] };

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
  readonly sink: LogReader;
  #told = 0;

  constructor(
    builder: ActivityBuilder,
    private readonly report: (report: LogReport) => void,
  ) {
    this.sink = new LogReader(builder);
  }

  async room(): Promise<void> {}

  found(): Found {
    const events = this.sink.events - this.#told;
    this.#told = this.sink.events;
    return { events, spans: this.sink.takeSpans() };
  }

  async finish(bytes: number, failure: FileNote | null): Promise<void> {
    const report = this.sink.finish(bytes);
    this.report(failure ? { ...report, notes: [...report.notes, failure] } : report);
  }
}

/** Keeps the records that are wanted and counts nothing. */
export class CollectedContents implements LargeContents {
  constructor(readonly sink: FileSink) {}

  async room(): Promise<void> {}

  found(): Found {
    return NOTHING_FOUND;
  }

  async finish(): Promise<void> {}
}
