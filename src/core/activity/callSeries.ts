import type { ActivityTable } from './activityTable';

/** What Insights analyses as one series. With an `errorCode` it is an error series, without one a call series. */
export interface SeriesKey {
  readonly recipientAccountId: string;
  readonly awsRegion: string;
  readonly eventSource: string;
  readonly eventName: string;
  readonly errorCode?: string;
}

/** Calls (or errors of one code) per minute of one series; minutes without any are left out. */
export interface CallSeries {
  readonly key: SeriesKey;
  /** Minutes since the epoch, UTC, ascending, each once. */
  readonly minute: Uint32Array;
  /** Calls in that minute, at least 1. */
  readonly calls: Uint32Array;
}

/** Every call series (write APIs) and every error series (write and read APIs, by error code) of a table, in key order. */
export declare function allCallSeries(table: ActivityTable): CallSeries[];
