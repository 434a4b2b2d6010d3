import { isDataEvent, isReadVerb } from './oldRecords';

/** What an event is to Insights, which counts management events alone. */
export type EventKind =
  | 'write management'
  | 'read management'
  | 'data'
  /** Network-activity and aggregated events. */
  | 'other'
  | 'insight';

/** The members that decide, as they stand in the record; undefined when absent. */
export interface Decisive {
  readonly eventSource: string;
  readonly eventName: string;
  readonly eventCategory?: string;
  readonly eventType?: string;
  readonly managementEvent?: boolean;
  readonly readOnly?: boolean;
}

/** What made an event: a call of an API, a service by itself (`AwsServiceEvent`), or a person signing in to a console. */
export const EventSort = { apiCall: 0, serviceEvent: 1, signIn: 2 } as const;
export type EventSort = (typeof EventSort)[keyof typeof EventSort];

export interface Classified {
  readonly kind: EventKind;
  readonly sort: EventSort;
  /** The record does not say what it is (versions before 1.07): event source and verb decided. */
  readonly byFallback: boolean;
}

/** Told by category, in any letter case: exports and `lookup-events` write `insight` where records write `Insight`. */
const CATEGORY_KINDS: ReadonlyMap<string, EventKind | 'management'> = new Map([
  ['management', 'management'],
  ['data', 'data'],
  ['networkactivity', 'other'],
  ['aggregated', 'other'],
  ['insight', 'insight'],
]);

/** Told by type: `AwsVpceEvents` in AWS's text, `AwsVpceEvent` in its samples. */
const TYPE_KINDS: ReadonlyMap<string, EventKind> = new Map([
  ['AwsCloudTrailInsight', 'insight'],
  ['AwsVpceEvent', 'other'],
  ['AwsVpceEvents', 'other'],
  ['AwsAggregatedEvent', 'other'],
]);

const SORTS: ReadonlyMap<string, EventSort> = new Map([
  ['AwsServiceEvent', EventSort.serviceEvent],
  ['AwsConsoleSignIn', EventSort.signIn],
  ['AwsConsoleAction', EventSort.signIn],
]);

/**
 * The kind of an event: `eventCategory`, else `eventType`, else `managementEvent` (all since 1.06 or 1.07); where none of
 * them tells, everything is management but known data events. Read or write by `readOnly`, else by the verb.
 */
export function classify(record: Decisive): Classified {
  const told =
    TYPE_KINDS.get(record.eventType ?? '') ??
    CATEGORY_KINDS.get((record.eventCategory ?? '').toLowerCase()) ??
    toldByManagementEvent(record.managementEvent);
  const kind = told ?? (isDataEvent(record.eventSource, record.eventName) ? 'data' : 'management');
  const sort = SORTS.get(record.eventType ?? '') ?? EventSort.apiCall;
  if (kind !== 'management') return { kind, sort, byFallback: told === undefined };
  const readOnly = record.readOnly ?? isReadVerb(record.eventName);
  return {
    kind: readOnly ? 'read management' : 'write management',
    sort,
    byFallback: told === undefined || record.readOnly === undefined,
  };
}

const toldByManagementEvent = (managementEvent?: boolean) =>
  managementEvent === undefined ? undefined : managementEvent ? 'management' : 'data';
