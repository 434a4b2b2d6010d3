import type { SeriesKey } from '../core/activity/callSeries';
import type { Minute } from '../core/activity/minute';
import type { ExportForm } from '../core/export/exportForms';
import type { ExportChoice } from '../core/export/prepareExport';
import type { ExpectedRange } from '../core/insights/expectedRange';
import type { MinuteExplanation } from '../core/insights/explainMinute';
import type { DetectionSettings } from '../core/insights/settings';
import type { AnalysisSummary } from '../store/stored';
import type { Detected } from './analyzing/analyzer';
import type { ExportPreview, ValuesLeaving } from './analyzing/exportPreview';
import type { OpenAnalysis } from './analyzing/openAnalysis';
import type { Progress } from './reading/progress';
import type { RawEventsListener, RawEventsState } from './analyzing/rawEvents';
import { atFirstSign } from './firstSign';
import { isPartLost, PART_LOST } from './partLost';
import { WorkerClient } from './workerClient';

export { atFirstSign, isPartLost, PART_LOST };

export type {
  AnalysisSummary,
  Detected,
  ExpectedRange,
  ExportChoice,
  ExportForm,
  ExportPreview,
  MinuteExplanation,
  OpenAnalysis,
  Progress,
  RawEventsState,
  ValuesLeaving,
};

/** A file a person gave us, opened only when its turn comes: touching a `File`'s size costs 0.3 ms each in Chromium. */
export interface DroppedFile {
  /** `folder/sub/name.json.gz`; the bare name for a single file. */
  readonly path: string;
  readonly open: () => Promise<File>;
}

export interface ReadOptions {
  readonly name: string;
  /** Add to this stored analysis (its events take part in de-duplication) instead of starting a new one. */
  readonly addTo?: string;
  /** The analysis that is open: a key map dropped alone reads it in clear. */
  readonly onto?: string;
  readonly settings: DetectionSettings;
  readonly onProgress: (progress: Progress) => void;
  /** A new analysis as far as its logs are read, under the id it will have; now and then where reading takes long. */
  readonly onSoFar?: (analysis: OpenAnalysis) => void;
  /** Aborting rejects with an `AbortError` at once; nothing stored changes. */
  readonly signal: AbortSignal;
  /** Aborting ends reading early: the analysis is of what is read by then, and its ledger says so. */
  readonly enough?: AbortSignal;
}

export interface DetectOptions {
  /** Series that are judged before all others: those in sight. */
  readonly first: readonly SeriesKey[];
  /** What is found when detecting takes long; where series are not judged yet, what the settings before gave. */
  readonly onSoFar: (detected: Detected, share: number) => void;
  readonly signal: AbortSignal;
}

/** The page's only door to the workers. */
export interface Client {
  read(files: AsyncIterable<DroppedFile>, options: ReadOptions): Promise<OpenAnalysis>;
  list(): Promise<AnalysisSummary[]>;
  open(id: string): Promise<OpenAnalysis>;
  rename(id: string, name: string): Promise<void>;
  /** Until `forgetRemoved` it can be restored. */
  remove(id: string): Promise<void>;
  restore(id: string): Promise<void>;
  /** Deletes for good what was removed. */
  forgetRemoved(): Promise<void>;
  /**
   * Detects again with other settings and stores the result. A newer wish, or aborting, ends it with null and stores
   * nothing.
   */
  detect(id: string, settings: DetectionSettings, options: DetectOptions): Promise<Detected | null>;
  /**
   * What was normal in each minute of [from, to). `exactly`: with limits as `explainMinute` tells them, of as many of the
   * first minutes as are known in a moment.
   */
  expectedRange(
    id: string,
    key: SeriesKey,
    from: Minute,
    to: Minute,
    exactly?: boolean,
  ): Promise<ExpectedRange>;
  /** How near a minute came to an insight. */
  explainMinute(id: string, key: SeriesKey, minute: Minute): Promise<MinuteExplanation>;
  /**
   * The raw events behind an insight. They are read once more from the logs after `read` has answered, those of the least
   * severe insights only when asked for here.
   */
  rawEvents(id: string, sharedEventID: string): Promise<RawEventsState>;
  /** Tells whenever `rawEvents` has another answer for some insight of an analysis; returns how to stop that. */
  onRawEvents(listener: RawEventsListener): () => void;
  insightsJson(id: string): Promise<Blob>;
  minuteCountsCsv(id: string): Promise<Blob>;
  ledgerJson(id: string): Promise<Blob>;
  /** Which values an export would let out, class by class, and what they become. */
  previewExport(id: string, choice: ExportChoice): Promise<ExportPreview>;
  exportAs(id: string, choice: ExportChoice): Promise<Blob>;
  /** What reads the export of the same choice in clear again. */
  keyMap(id: string, choice: ExportChoice): Promise<Blob>;
}

/**
 * The page's one client. Its readers start at once, so that they are warm when the first file comes; the analyzer, two
 * fifths of the page's script, when somebody shows to be there.
 */
export const createClient = (): Client => new WorkerClient();
