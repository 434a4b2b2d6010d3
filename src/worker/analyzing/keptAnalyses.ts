import { columnsOf } from '../../core/activity/activityPart';
import type { Analysis } from '../../core/analysis';
import {
  getAnalysis,
  getIntake,
  putAnalysis,
  putJudged,
  removeAnalysis,
  renameAnalysis,
  replaceAnalysis,
  restoreAnalysis,
} from '../../store/analysisStore';
import type { Database } from '../../store/schema';
import type { AnalysisSummary, Intake, Judged } from '../../store/stored';
import { releaseColumns } from '../reading/release';
import { summaryOf } from './openAnalysis';

/** An analysis that is held in memory. */
export interface Held {
  readonly summary: AnalysisSummary;
  readonly analysis: Analysis;
  /** Kept in memory only where it could not be stored; it is the largest part. */
  readonly unstored?: Intake;
}

/** The analyses of this browser. Holds the one last opened. */
export class KeptAnalyses {
  #held: Held | undefined;
  /** The one whose logs are being read. */
  #soFar: Held | undefined;

  constructor(private readonly database: Promise<Database>) {}

  async get(id: string): Promise<Held> {
    if (this.#soFar?.summary.id === id) return this.#soFar;
    if (this.#held?.summary.id !== id) this.#held = await getAnalysis(await this.database, id);
    if (!this.#held) throw new Error('This analysis is no longer stored in this browser.');
    return this.#held;
  }

  /** The one last opened, where it is this one. */
  held(id: string): Held | undefined {
    return this.#held?.summary.id === id ? this.#held : undefined;
  }

  /** What the readers counted for an analysis. */
  async intakeOf({ summary, unstored }: Held): Promise<Intake> {
    const intake = unstored ?? (await getIntake(await this.database, summary.id));
    return intake ?? { parts: [], reports: [] };
  }

  /** Holds what is found so far in logs that are being read, until an analysis is put. */
  holdSoFar(summary: AnalysisSummary, analysis: Analysis): void {
    this.#soFar = { summary, analysis };
  }

  /** What the readers counted is given up where it could be stored. */
  async put(summary: AnalysisSummary, analysis: Analysis, intake: Intake): Promise<Held> {
    this.#soFar = undefined;
    const stored = await succeeds(putAnalysis, this.database, { summary, analysis, intake });
    if (stored) releaseColumns(intake.parts.flatMap(columnsOf));
    return (this.#held = stored ? { summary, analysis } : { summary, analysis, unstored: intake });
  }

  /** The same logs under another judgement. */
  async replace(before: Held, analysis: Analysis): Promise<Held> {
    const held = { ...before, summary: summaryOf(before.summary, analysis), analysis };
    this.#held = held;
    await succeeds(replaceAnalysis, this.database, held);
    return held;
  }

  /** The same under other settings: only what they decide is written. */
  async rejudge(before: Held, judged: Judged): Promise<Held> {
    const analysis = { ...before.analysis, ...judged };
    const held = { ...before, summary: summaryOf(before.summary, analysis), analysis };
    this.#held = held;
    await succeeds(putJudged, this.database, { summary: held.summary, judged });
    return held;
  }

  async rename(id: string, name: string): Promise<void> {
    await renameAnalysis(await this.database, id, name);
    if (this.#held?.summary.id === id) {
      this.#held = { ...this.#held, summary: { ...this.#held.summary, name } };
    }
  }

  /** It can be restored until the page forgets what was removed. */
  async remove(id: string): Promise<void> {
    await removeAnalysis(await this.database, id);
    if (this.#held?.summary.id === id) this.#held = undefined;
  }

  async restore(id: string): Promise<void> {
    await restoreAnalysis(await this.database, id);
  }

  isUnstored(id: string): boolean {
    return this.#held?.summary.id === id && this.#held.unstored !== undefined;
  }
}

/** Whether a write went through: a full disk or a private window must not cost the person what was found. */
export async function succeeds<T>(
  write: (database: Database, value: T) => Promise<void>,
  database: Promise<Database>,
  value: T,
): Promise<boolean> {
  try {
    await write(await database, value);
    return true;
  } catch (error) {
    console.warn('Not stored:', error);
    return false;
  }
}
