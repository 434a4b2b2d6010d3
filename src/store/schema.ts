import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { Analysis } from '../core/analysis';
import type { AnalysisSummary, Intake } from './stored';

/** Raised with every change of what is stored; FORMAT.md tells each version. */
const VERSION = 1;

export interface TrailglassSchema extends DBSchema {
  /** What the start screen lists; small, so that listing reads nothing else. */
  summaries: { key: string; value: AnalysisSummary };
  /** What the page shows. */
  analyses: { key: string; value: Analysis };
  /** What the readers counted, kept so that more logs can be added and de-duplicated against it. */
  intakes: { key: string; value: Intake };
}

export type Database = IDBPDatabase<TrailglassSchema>;

export const STORES: ('summaries' | 'analyses' | 'intakes')[] = [
  'summaries',
  'analyses',
  'intakes',
];

/** Opens the database, making its stores where they are missing. `name` differs in tests only. */
export const openDatabase = (name = 'trailglass'): Promise<Database> =>
  openDB<TrailglassSchema>(name, VERSION, {
    upgrade(database) {
      for (const store of STORES) database.createObjectStore(store);
    },
  });
