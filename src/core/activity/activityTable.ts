/**
 * The one columnar table everything is a cheap pass over: calls per (API, minute, error code, caller).
 *
 * It is canonical: strings, APIs, callers and rows are sorted, so the same logs give the same bytes in whatever
 * order, container or number of readers they came. Reads that succeeded are in it too, but without their callers: Insights
 * counts them only where a person asks for it, and they are most of a trail. All columns are typed arrays: sending it to a worker or storing
 * it is a handful of ArrayBuffers. Immutable once built.
 */

/** An index into `ActivityTable.strings`; 0 is always the empty string and means "absent". */
export type StringRef = number;

/** One row per (recipientAccountId, awsRegion, eventSource, eventName, readOnly, sort). */
export interface Apis {
  readonly recipientAccountId: Uint32Array;
  readonly awsRegion: Uint32Array;
  readonly eventSource: Uint32Array;
  readonly eventName: Uint32Array;
  /** 1 for read APIs, 0 for write APIs. */
  readonly readOnly: Uint8Array;
  /** 0 a call of the API, 1 an event of a service by itself, 2 a sign-in: `EventSort` of cloudtrail/classify. */
  readonly sort: Uint8Array;
}

/** One row per distinct combination of who called and from where; all columns are `StringRef`s. */
export interface Callers {
  /** Role ARN without session name, else ARN, else the service or account that called; see `userIdentityLabel`. */
  readonly userIdentityArn: Uint32Array;
  readonly userAgent: Uint32Array;
  readonly sourceIPAddress: Uint32Array;
  readonly accessKeyId: Uint32Array;
}

export interface ActivityTable {
  readonly strings: readonly string[];
  readonly apis: Apis;
  readonly callers: Callers;
  /** Rows of API `a` are `apiStart[a]` (inclusive) to `apiStart[a + 1]` (exclusive). Length: APIs + 1. */
  readonly apiStart: Uint32Array;
  /** Row columns, sorted by (API, minute, errorCode, caller). `minute` is minutes since the epoch, UTC. */
  readonly minute: Uint32Array;
  /** `StringRef`; 0 where the call succeeded. */
  readonly errorCode: Uint32Array;
  /** Index into `callers`. */
  readonly caller: Uint32Array;
  /** De-duplicated calls in this row, at least 1. */
  readonly calls: Uint32Array;
}

/**
 * The minutes in which one account and Region logged anything at all: events of every kind and reads included.
 * What tells a silent API from missing logs.
 */
export interface Presence {
  readonly recipientAccountId: string;
  readonly awsRegion: string;
  /** Minutes since the epoch, ascending, each once. */
  readonly minute: Uint32Array;
  /** De-duplicated events of any kind in that minute. */
  readonly events: Uint32Array;
}
