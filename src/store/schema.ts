import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { ActivityPart } from '../core/activity/activityPart';
import type { ActivityTable } from '../core/activity/activityTable';
import type { Analysis } from '../core/analysis';
import type { Apart, Column } from './apart';
import type { AnalysisSummary, Intake, Judged, StoredRawEvents } from './stored';

/** Raised with every change of what is stored; FORMAT.md tells each version. */
const VERSION = 6;

export interface TrailglassSchema extends DBSchema {
  /** What the start screen lists; small, so that listing reads nothing else. */
  summaries: { key: string; value: AnalysisSummary };
  /** What the page shows. */
  analyses: { key: string; value: Omit<Analysis, 'table'> & { table: Apart<ActivityTable> } };
  /** What it shows instead, since it was detected again; small beside the table. */
  judged: { key: string; value: Judged };
  /** What the readers counted, kept so that more logs can be added and de-duplicated against it; its parts stand in `parts`. */
  intakes: { key: string; value: Intake };
  /** One each, by the analysis' id and a number: all at once would take as much memory once more while they are written. */
  parts: { key: [string, number]; value: Apart<ActivityPart> };
  /** Large columns of `analyses` and `parts`: the analysis' id, which value, the column's number in it, where the piece begins. */
  columns: { key: [string, string, number, number]; value: Column };
  /** The records an insight rests on, by the analysis' id and the insight's sharedEventID. */
  rawEvents: { key: [string, string]; value: StoredRawEvents };
}

export type Database = IDBPDatabase<TrailglassSchema>;

/** What every analysis has exactly one of, by its id. */
export const STORES: ('summaries' | 'analyses' | 'intakes')[] = [
  'summaries',
  'analyses',
  'intakes',
];

export const ALL_STORES = [...STORES, 'judged', 'parts', 'columns', 'rawEvents'] as const;
export type StoreName = (typeof ALL_STORES)[number];

/** Opens the database, making its stores where they are missing. `name` differs in tests only. */
export const openDatabase = (name = 'trailglass'): Promise<Database> =>
  openDB<TrailglassSchema>(name, VERSION, {
    upgrade(database, oldVersion) {
      if (oldVersion < 1) for (const store of STORES) database.createObjectStore(store);
      if (oldVersion < 2) database.createObjectStore('rawEvents');
      if (oldVersion < 4) database.createObjectStore('judged');
      if (oldVersion < 5) database.createObjectStore('parts');
      if (oldVersion < 6) database.createObjectStore('columns');
    },
  });

/** The keys that begin with these: arrays come after all texts and numbers. */
export const allOf = (...beginning: readonly string[]): IDBKeyRange =>
  IDBKeyRange.bound(beginning, [...beginning, []]);
