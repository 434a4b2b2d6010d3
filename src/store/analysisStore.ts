import type { IDBPTransaction } from 'idb';
import type { Analysis } from '../core/analysis';
import { STORES, type Database, type TrailglassSchema } from './schema';
import type { AnalysisSummary, Intake, Judged } from './stored';

/** Everything stored of one analysis. */
export interface StoredAnalysis {
  readonly summary: AnalysisSummary;
  readonly analysis: Analysis;
  readonly intake: Intake;
}

type StoreName = (typeof STORES)[number] | 'parts' | 'judged' | 'rawEvents';
type Writing = IDBPTransaction<TrailglassSchema, StoreName[], 'readwrite'>;

/**
 * Does all writes or none, one after the other, as each takes memory for what it writes. A value that cannot be cloned fails
 * its own `put` without ending the transaction, so that has to be done by hand.
 */
async function writeAtomically(
  database: Database,
  writes: ((transaction: Writing) => Promise<unknown>)[],
): Promise<void> {
  const transaction = database.transaction(
    [...STORES, 'parts', 'judged', 'rawEvents'],
    'readwrite',
  );
  try {
    for (const write of writes) await write(transaction);
  } catch (error) {
    transaction.abort();
    await transaction.done.catch(() => {});
    throw error;
  }
  await transaction.done;
}

/** Stores an analysis whole or, when anything fails, not at all. */
export const putAnalysis = (
  database: Database,
  { summary, analysis, intake }: StoredAnalysis,
): Promise<void> =>
  writeAtomically(database, [
    (transaction) => transaction.objectStore('summaries').put(summary, summary.id),
    (transaction) => transaction.objectStore('analyses').put(analysis, summary.id),
    (transaction) => transaction.objectStore('intakes').put({ ...intake, parts: [] }, summary.id),
    (transaction) => transaction.objectStore('parts').delete(allOf(summary.id)),
    ...intake.parts.map(
      (part, i) => (transaction: Writing) =>
        transaction.objectStore('parts').put(part, [summary.id, i]),
    ),
    (transaction) => transaction.objectStore('judged').delete(summary.id),
  ]);

/** The summaries of all stored analyses but those removed, newest first. */
export async function listAnalyses(database: Database): Promise<AnalysisSummary[]> {
  const summaries = await database.getAll('summaries');
  return summaries.filter(({ isRemoved }) => !isRemoved).sort((a, b) => b.createdAt - a.createdAt);
}

/** What the page shows of a stored analysis; undefined when there is none of that id. */
export async function getAnalysis(
  database: Database,
  id: string,
): Promise<Pick<StoredAnalysis, 'summary' | 'analysis'> | undefined> {
  const transaction = database.transaction(['summaries', 'analyses', 'judged']);
  const [summary, analysis, judged] = await Promise.all([
    transaction.objectStore('summaries').get(id),
    transaction.objectStore('analyses').get(id),
    transaction.objectStore('judged').get(id),
  ]);
  return summary && !summary.isRemoved && analysis
    ? { summary, analysis: { ...analysis, ...judged } }
    : undefined;
}

/** What the readers counted for a stored analysis; undefined when there is none of that id. */
export async function getIntake(database: Database, id: string): Promise<Intake | undefined> {
  const transaction = database.transaction(['intakes', 'parts']);
  const [intake, parts] = await Promise.all([
    transaction.objectStore('intakes').get(id),
    transaction.objectStore('parts').getAll(allOf(id)),
  ]);
  return intake && { ...intake, parts: [...intake.parts, ...parts] };
}

/** Replaces what is listed and shown; what the readers counted stays. */
export const replaceAnalysis = (
  database: Database,
  { summary, analysis }: Pick<StoredAnalysis, 'summary' | 'analysis'>,
): Promise<void> =>
  writeAtomically(database, [
    (transaction) => transaction.objectStore('summaries').put(summary, summary.id),
    (transaction) => transaction.objectStore('analyses').put(analysis, summary.id),
    (transaction) => transaction.objectStore('judged').delete(summary.id),
  ]);

/** Replaces what the settings decide alone. */
export const putJudged = (
  database: Database,
  { summary, judged }: { readonly summary: AnalysisSummary; readonly judged: Judged },
): Promise<void> =>
  writeAtomically(database, [
    (transaction) => transaction.objectStore('summaries').put(summary, summary.id),
    (transaction) => transaction.objectStore('judged').put(judged, summary.id),
  ]);

export const renameAnalysis = (database: Database, id: string, name: string): Promise<void> =>
  changeSummary(database, id, { name });

/** Out of sight, but all there: `restoreAnalysis` takes it back. */
export const removeAnalysis = (database: Database, id: string): Promise<void> =>
  changeSummary(database, id, { isRemoved: true });

export const restoreAnalysis = (database: Database, id: string): Promise<void> =>
  changeSummary(database, id, { isRemoved: false });

/** Deletes what was removed. */
export async function forgetRemoved(database: Database): Promise<void> {
  const summaries = await database.getAll('summaries');
  for (const { id, isRemoved } of summaries) if (isRemoved) await deleteAnalysis(database, id);
}

async function changeSummary(
  database: Database,
  id: string,
  change: Partial<Pick<AnalysisSummary, 'name' | 'isRemoved'>>,
): Promise<void> {
  const transaction = database.transaction('summaries', 'readwrite');
  const summary = await transaction.store.get(id);
  if (summary) await transaction.store.put({ ...summary, ...change }, id);
  await transaction.done;
}

const deleteAnalysis = (database: Database, id: string): Promise<void> =>
  writeAtomically(database, [
    ...STORES.map((store) => (transaction: Writing) => transaction.objectStore(store).delete(id)),
    (transaction) => transaction.objectStore('judged').delete(id),
    (transaction) => transaction.objectStore('parts').delete(allOf(id)),
    (transaction) => transaction.objectStore('rawEvents').delete(allOf(id)),
  ]);

/** The keys that begin with an id: arrays come after all texts. */
const allOf = (id: string): IDBKeyRange => IDBKeyRange.bound([id], [id, []]);
