import type { Analysis } from '../core/analysis';
import { STORES, type Database } from './schema';
import type { AnalysisSummary, Intake } from './stored';

/** Everything stored of one analysis. */
export interface StoredAnalysis {
  readonly summary: AnalysisSummary;
  readonly analysis: Analysis;
  readonly intake: Intake;
}

/** Stores an analysis whole or, when anything fails, not at all. */
export async function putAnalysis(
  database: Database,
  { summary, analysis, intake }: StoredAnalysis,
): Promise<void> {
  const transaction = database.transaction(STORES, 'readwrite');
  await Promise.all([
    transaction.objectStore('summaries').put(summary, summary.id),
    transaction.objectStore('analyses').put(analysis, summary.id),
    transaction.objectStore('intakes').put(intake, summary.id),
    transaction.done,
  ]);
}

/** The summaries of all stored analyses, newest first. */
export async function listAnalyses(database: Database): Promise<AnalysisSummary[]> {
  const summaries = await database.getAll('summaries');
  return summaries.sort((a, b) => b.createdAt - a.createdAt);
}

/** A stored analysis; undefined when there is none of that id. */
export async function getAnalysis(
  database: Database,
  id: string,
): Promise<StoredAnalysis | undefined> {
  const transaction = database.transaction(STORES);
  const [summary, analysis, intake] = await Promise.all([
    transaction.objectStore('summaries').get(id),
    transaction.objectStore('analyses').get(id),
    transaction.objectStore('intakes').get(id),
  ]);
  return summary && analysis && intake && { summary, analysis, intake };
}

/** Replaces what is listed and shown; what the readers counted stays. */
export async function replaceAnalysis(
  database: Database,
  summary: AnalysisSummary,
  analysis: Analysis,
): Promise<void> {
  const transaction = database.transaction(['summaries', 'analyses'], 'readwrite');
  await Promise.all([
    transaction.objectStore('summaries').put(summary, summary.id),
    transaction.objectStore('analyses').put(analysis, summary.id),
    transaction.done,
  ]);
}

export const renameAnalysis = async (
  database: Database,
  id: string,
  name: string,
): Promise<void> => {
  const transaction = database.transaction('summaries', 'readwrite');
  const summary = await transaction.store.get(id);
  if (summary) await transaction.store.put({ ...summary, name }, id);
  await transaction.done;
};

export async function removeAnalysis(database: Database, id: string): Promise<void> {
  const transaction = database.transaction(STORES, 'readwrite');
  await Promise.all([
    ...STORES.map((store) => transaction.objectStore(store).delete(id)),
    transaction.done,
  ]);
}
