import type { Analysis } from '../core/analysis';
import type { Minute } from '../core/activity/minute';
import type { FileNote, FileReport } from '../core/ledger';
import type { ActivityPart } from '../core/activity/activityPart';
import type { EventsWanted } from '../core/read/collectRecords';
import type { LogReport } from '../core/read/readFile';

/** What the start screen lists of a stored analysis. */
export interface AnalysisSummary {
  readonly id: string;
  readonly name: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly events: number;
  readonly insights: number;
  /** First and last complete minute of the logs; null when they hold no event. */
  readonly start: Minute | null;
  readonly end: Minute | null;
  /** Removed by a person who may still take that back; `forgetRemoved` ends that. */
  readonly isRemoved?: boolean;
}

/** What the readers counted, before merging: more logs can be added to it. */
export interface Intake {
  readonly parts: readonly ActivityPart[];
  readonly reports: readonly (FileReport | LogReport)[];
}

/** The raw events of one insight's minutes. */
export interface StoredRawEvents extends EventsWanted {
  /** `CollectedEvents` as JSON, gzip. */
  readonly packed: ArrayBuffer;
  /** Logs that could not be read once more, and why. */
  readonly unreadable: readonly FileNote[];
}

/** What detecting again changes of an analysis. */
export type Judged = Pick<Analysis, 'settings' | 'insights'>;
