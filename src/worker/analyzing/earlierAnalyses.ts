import { forgetRemoved, listAnalyses } from '../../store/analysisStore';
import { openDatabase, type Database } from '../../store/schema';
import type { AnalysisSummary } from '../../store/stored';

/** The list of the stored analyses. The page reads it by itself: the start screen stands before the analyzer is there. */
export class EarlierAnalyses {
  #opened: Promise<Database> | undefined;

  async list(): Promise<AnalysisSummary[]> {
    return listAnalyses(await this.#database);
  }

  async forgetRemoved(): Promise<void> {
    await forgetRemoved(await this.#database);
  }

  get #database(): Promise<Database> {
    return (this.#opened ??= openDatabase());
  }
}
