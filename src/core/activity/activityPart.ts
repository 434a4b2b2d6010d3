import type { OriginsPart } from './origins';

/**
 * What one reader hands over: strings, and columns of typed arrays whose buffers can be transferred. Numbers of strings,
 * APIs, callers and groups are its own; `mergeActivity` makes them common. Sorted as `sortPart` does, unless stored before.
 */
export interface ActivityPart {
  /** In text order, the empty one first. Two may be equal: their bytes were not, but no UTF-8 either. */
  readonly strings: string[];
  /** By `ApiColumn`. */
  readonly apis: Uint32Array[];
  /** userIdentityArn, userAgent, sourceIPAddress, accessKeyId. */
  readonly callers: Uint32Array[];
  /** By `GroupColumn`. */
  readonly groups: Uint32Array[];
  /** De-duplicated calls of each group; 0 where a better record of the same event moved its call elsewhere. */
  readonly calls: Uint32Array;
  /** Where every event with an eventID is counted. */
  readonly ids: {
    readonly high: Int32Array;
    readonly low: Int32Array;
    readonly group: Uint32Array;
    /** Numbers of `origins.sets`; empty where all are 0. */
    readonly origins?: Uint16Array;
  };
  /** Absent in parts that were stored before origins were kept. */
  readonly origins?: OriginsPart;
  readonly duplicates: number;
  readonly unusable: number;
}

/** All but the strings. */
export const columnsOf = ({
  apis,
  callers,
  groups,
  calls,
  ids,
}: Omit<ActivityPart, 'strings'>): ArrayBufferView[] => [
  ...apis,
  ...callers,
  ...groups,
  calls,
  ...Object.values(ids),
];
