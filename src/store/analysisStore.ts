import type { IDBPTransaction } from 'idb';
import type { ActivityPart } from '../core/activity/activityPart';
import type { ActivityTable } from '../core/activity/activityTable';
import type { Analysis } from '../core/analysis';
import { getColumns, putColumns } from './columnsStore';
import {
  ALL_STORES,
  allOf,
  STORES,
  type Database,
  type StoreName,
  type TrailglassSchema,
} from './schema';
import type { AnalysisSummary, Intake, Judged } from './stored';

/** Everything stored of one analysis. */
export interface StoredAnalysis {
  readonly summary: AnalysisSummary;
  readonly analysis: Analysis;
  readonly intake: Intake;
}

type Writing = IDBPTransaction<TrailglassSchema, StoreName[], 'readwrite'>;

/**
 * Does all writes or none, one after the other, as each takes memory for what it writes. A value that cannot be cloned fails
 * its own `put` without ending the transaction, so that has to be done by hand.
 */
async function writeAtomically(
  database: Database,
  writes: ((transaction: Writing) => Promise<unknown>)[],
): Promise<void> {
  const transaction = database.transaction([...ALL_STORES], 'readwrite');
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
    (transaction) => transaction.objectStore('columns').delete(allOf(summary.id)),
    (transaction) => writeShown(transaction, summary.id, analysis),
    (transaction) => transaction.objectStore('intakes').put({ ...intake, parts: [] }, summary.id),
    (transaction) => transaction.objectStore('parts').delete(allOf(summary.id)),
    ...intake.parts.map((part, i) => async (transaction: Writing) => {
      const columns = transaction.objectStore('columns');
      const rest = await putColumns(columns, partOf(summary.id, i), part);
      await transaction.objectStore('parts').put(rest, [summary.id, i]);
    }),
  ]);

/** In place of all that was shown before. */
async function writeShown(transaction: Writing, id: string, analysis: Analysis): Promise<void> {
  const table = await putColumns(transaction.objectStore('columns'), tableOf(id), analysis.table);
  await transaction.objectStore('analyses').put({ ...analysis, table }, id);
  await transaction.objectStore('judged').delete(id);
}

const tableOf = (id: string) => [id, 'table'] as const;
const partOf = (id: string, number: number) => [id, `part ${number}`] as const;

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
  const transaction = database.transaction([...ALL_STORES]);
  const [summary, analysis, judged] = await Promise.all([
    transaction.objectStore('summaries').get(id),
    transaction.objectStore('analyses').get(id),
    transaction.objectStore('judged').get(id),
  ]);
  if (!summary || summary.isRemoved || !analysis) return undefined;
  const columns = transaction.objectStore('columns');
  const table = await getColumns<ActivityTable>(columns, tableOf(id), analysis.table);
  return { summary, analysis: { ...analysis, table, ...judged } };
}

/** What the readers counted for a stored analysis; undefined when there is none of that id. */
export async function getIntake(database: Database, id: string): Promise<Intake | undefined> {
  const transaction = database.transaction([...ALL_STORES]);
  const [intake, numbers] = await Promise.all([
    transaction.objectStore('intakes').get(id),
    transaction.objectStore('parts').getAllKeys(allOf(id)),
  ]);
  if (!intake) return undefined;
  const parts = [...intake.parts];
  for (const [, number] of numbers) {
    const rest = (await transaction.objectStore('parts').get([id, number]))!;
    const columns = transaction.objectStore('columns');
    parts.push(await getColumns<ActivityPart>(columns, partOf(id, number), rest));
  }
  return { ...intake, parts };
}

/** Replaces what is listed and shown; what the readers counted stays. */
export const replaceAnalysis = (
  database: Database,
  { summary, analysis }: Pick<StoredAnalysis, 'summary' | 'analysis'>,
): Promise<void> =>
  writeAtomically(database, [
    (transaction) => transaction.objectStore('summaries').put(summary, summary.id),
    (transaction) => writeShown(transaction, summary.id, analysis),
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
    (transaction) => transaction.objectStore('columns').delete(allOf(id)),
    (transaction) => transaction.objectStore('rawEvents').delete(allOf(id)),
  ]);
