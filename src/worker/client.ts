import type { Analysis } from '../core/analysis';
import type { SeriesKey } from '../core/activity/callSeries';
import type { Minute } from '../core/activity/minute';
import type { DetectionSettings } from '../core/insights/settings';

/** A file a person gave us, opened only when its turn comes: touching a `File`'s size costs 0.3 ms each in Chromium. */
export interface DroppedFile {
  /** `folder/sub/name.json.gz`; the bare name for a single file. */
  readonly path: string;
  readonly open: () => Promise<File>;
}

export interface Progress {
  readonly phase: 'reading' | 'detecting';
  /** Files found so far; final once `listed` is true. */
  readonly filesFound: number;
  readonly listed: boolean;
  readonly filesRead: number;
  readonly bytesRead: number;
  readonly events: number;
  readonly eventsPerSecond: number;
  /** Null until the list is complete and a rate is known. */
  readonly secondsLeft: number | null;
}

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
}

/** An analysis on the page, with the name and id it is stored under. */
export interface OpenAnalysis extends Analysis {
  readonly id: string;
  readonly name: string;
}

export interface ReadOptions {
  readonly name: string;
  /** Add to this stored analysis (its events take part in de-duplication) instead of starting a new one. */
  readonly addTo?: string;
  readonly settings: DetectionSettings;
  readonly onProgress: (progress: Progress) => void;
  /** Aborting rejects with an `AbortError` at once; nothing stored changes. */
  readonly signal: AbortSignal;
}

/** Per minute from `from`: what the series would normally do, and the count that would flag it. */
export interface ExpectedRange {
  readonly level: Float64Array;
  readonly upper: Float64Array;
}

/** The page's only door to the workers. */
export interface Client {
  read(files: AsyncIterable<DroppedFile>, options: ReadOptions): Promise<OpenAnalysis>;
  list(): Promise<AnalysisSummary[]>;
  open(id: string): Promise<OpenAnalysis>;
  rename(id: string, name: string): Promise<void>;
  remove(id: string): Promise<void>;
  /** Detects again with other settings and stores the result. */
  detect(id: string, settings: DetectionSettings): Promise<OpenAnalysis>;
  expectedRange(id: string, key: SeriesKey, from: Minute, to: Minute): Promise<ExpectedRange>;
  insightsJson(id: string): Promise<Blob>;
  minuteCountsCsv(id: string): Promise<Blob>;
  ledgerJson(id: string): Promise<Blob>;
}
