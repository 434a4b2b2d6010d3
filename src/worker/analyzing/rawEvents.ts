import type { Minute } from '../../core/activity/minute';
import type { FileNote } from '../../core/ledger';
import type { CollectedEvents, EventsWanted } from '../../core/read/collectRecords';

/** The records of an insight's minutes [from, to), each as the JSON text it had in its file, earliest first. */
export interface RawEvents {
  readonly from: Minute;
  readonly to: Minute;
  /** Of the insight's series, and how many more of them the logs hold in these minutes. */
  readonly events: readonly string[];
  readonly eventsLeftOut: number;
  /** Other events of the same account and Region. */
  readonly others: readonly string[];
  readonly othersLeftOut: number;
  /** Logs that could not be read once more, and why. */
  readonly unreadable: readonly FileNote[];
}

/** What there is of an insight's raw events. */
export type RawEventsState =
  | ({ readonly state: 'there' } & RawEvents)
  /** The logs are being read once more; `fraction` 0 to 1. */
  | { readonly state: 'reading'; readonly fraction: number }
  /** `reason`: in words, where something went wrong; null when the logs are merely not at hand. */
  | { readonly state: 'not kept'; readonly reason: string | null };

/** Tells of the second reading of the logs of one analysis: something came, or it went on. */
export type RawEventsListener = (analysisId: string) => void;

/** What the readers collected for one insight, to be kept. */
export interface CollectedFor {
  readonly sharedEventID: string;
  readonly wanted: EventsWanted;
  /** `CollectedEvents` as JSON in UTF-8, one a reader. */
  readonly parts: readonly ArrayBuffer[];
  readonly unreadable: readonly FileNote[];
}

export const decodeCollected = (part: ArrayBuffer): CollectedEvents =>
  JSON.parse(new TextDecoder().decode(part)) as CollectedEvents;
