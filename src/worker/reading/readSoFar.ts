import type { ParquetBytes } from '../../core/container/fileSink';
import type { ScopeSpan } from '../../core/read/scopeSpans';

/** How far one reader is: events of any kind, bytes as dropped. */
export interface ReadSoFar {
  readonly events: number;
  /** Files that came whole, and their bytes. */
  readonly files: number;
  readonly bytes: number;
  /** Bytes of archives and of files that came in slices. */
  readonly largeBytes: number;
}

export const NOTHING_READ: ReadSoFar = { events: 0, files: 0, bytes: 0, largeBytes: 0 };

/** What several readers have read together. */
export const sumOf = (all: readonly ReadSoFar[]): ReadSoFar =>
  all.reduce((sum, each) => eachFigure((figure) => sum[figure] + each[figure]), NOTHING_READ);

/** The larger of each figure. */
export const moreOf = (a: ReadSoFar, b: ReadSoFar): ReadSoFar =>
  eachFigure((figure) => Math.max(a[figure], b[figure]));

const eachFigure = (of: (figure: keyof ReadSoFar) => number): ReadSoFar => ({
  events: of('events'),
  files: of('files'),
  bytes: of('bytes'),
  largeBytes: of('largeBytes'),
});

/** What a reader says to every message: how far it is, and when the events were that the message held. */
export interface Answer {
  readonly soFar: ReadSoFar;
  readonly spans: readonly ScopeSpan[];
  /** Parquet files that the message held, for a reader that can read them. */
  readonly parquet: readonly ParquetBytes[];
}
