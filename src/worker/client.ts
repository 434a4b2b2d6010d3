import { proxy, transfer, wrap, type Remote } from 'comlink';
import { v4 as randomId } from 'uuid';
import { buffersOf } from '../core/activity/activityPart';
import type { SeriesKey } from '../core/activity/callSeries';
import type { Minute } from '../core/activity/minute';
import type { ExportChoice, ExportForm } from '../core/export/exportForms';
import type { ExpectedRange } from '../core/insights/expectedRange';
import type { MinuteExplanation } from '../core/insights/explainMinute';
import type { DetectionSettings } from '../core/insights/settings';
import type { AnalysisSummary } from '../store/stored';
import type { AnalyzeRequest, Analyzer, Detected } from './analyzer';
import { aloneIn } from './aloneIn';
import { Detectors } from './detectors';
import type { ExportPreview, ValuesLeaving } from './exportPreview';
import { LateWorker } from './lateWorker';
import { LooksSoFar } from './looksSoFar';
import type { OpenAnalysis } from './openAnalysis';
import { ProgressMeter, type Progress } from './progress';
import type { RawEventsListener, RawEventsState } from './rawEvents';
import { ReaderPool } from './readerPool';
import { readLogs } from './readLogs';
import { ReadSources } from './readSources';
import { SecondReading } from './secondReading';

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
  expectedRange(id: string, key: SeriesKey, from: Minute, to: Minute): Promise<ExpectedRange>;
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

/** The page's one client; its workers start at once, so that they are warm when the first file comes. */
export const createClient = (): Client => new WorkerClient();

class WorkerClient implements Client {
  #analyzer = new AnalyzerHand();
  #pool = new ReaderPool();
  /** The analysis whose logs are being read for the first time. */
  #soFar: string | null = null;
  readonly #removed = new Set<string>();
  readonly #listeners = new Set<RawEventsListener>();
  readonly #second = new SecondReading(
    () => this.#analyzer.remote,
    (id) => this.#listeners.forEach((listener) => listener(id)),
  );

  constructor() {
    this.#pool.warmUp();
  }

  async read(files: AsyncIterable<DroppedFile>, options: ReadOptions): Promise<OpenAnalysis> {
    const { signal } = options;
    const aborted = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    });
    signal.throwIfAborted();
    this.#second.pause();
    try {
      return await Promise.race([this.#take(files, options), this.#pool.failed, aborted]);
    } finally {
      this.#renewReaders();
      if (signal.aborted) this.#analyzer.restart();
      this.#second.resume();
    }
  }

  /** What somebody passed on comes alone; everything else is logs. */
  async #take(files: AsyncIterable<DroppedFile>, options: ReadOptions): Promise<OpenAnalysis> {
    const { alone, all } = await aloneIn(files);
    const file = await alone?.open().catch(() => undefined);
    const received =
      file && (await this.#analyzer.remote.receive(file, options.name, options.onto ?? null));
    return received ?? this.#read(all, options);
  }

  async #read(
    files: AsyncIterable<DroppedFile>,
    { name, addTo, settings, onProgress, onSoFar, signal, enough }: ReadOptions,
  ): Promise<OpenAnalysis> {
    const pool = this.#pool;
    const sources = new ReadSources();
    const meter = new ProgressMeter(pool, onProgress);
    const about = { id: addTo ?? randomId(), name, isNew: addTo === undefined, settings };
    const looks = about.isNew && onSoFar ? this.#lookSoFar(about, meter, onSoFar) : null;
    try {
      const intake = await readLogs({ name, files, pool, meter, sources, enough });
      looks?.stop();
      const analysis = await this.#analyzer.withDetectors().analyze(
        about,
        transfer(intake, intake.parts.flatMap(buffersOf)),
        proxy(() => meter.detecting()),
      );
      if (!signal.aborted) this.#second.begin(analysis, sources, about.isNew);
      return analysis;
    } finally {
      looks?.stop();
      meter.stop();
      this.#soFar = null;
    }
  }

  #lookSoFar(
    about: AnalyzeRequest,
    meter: ProgressMeter,
    show: (analysis: OpenAnalysis) => void,
  ): LooksSoFar {
    const pool = this.#pool;
    this.#soFar = about.id;
    const look = async () => {
      const parts = await pool.countedSoFar(about.settings.readEvents);
      return this.#analyzer.remote.analyzeSoFar(about, transfer(parts, parts.flatMap(buffersOf)));
    };
    return new LooksSoFar({ secondsLeft: () => meter.secondsLeft, look, show });
  }

  /** Fresh readers after every read: their memory is given back at once, and a cancelled one stops in mid-file. */
  #renewReaders(): void {
    this.#pool.terminate();
    this.#pool = new ReaderPool();
  }

  list(): Promise<AnalysisSummary[]> {
    return this.#analyzer.remote.list();
  }

  open(id: string): Promise<OpenAnalysis> {
    return this.#analyzer.remote.open(id);
  }

  rename(id: string, name: string): Promise<void> {
    return this.#analyzer.remote.rename(id, name);
  }

  remove(id: string): Promise<void> {
    this.#removed.add(id);
    return this.#analyzer.remote.remove(id);
  }

  restore(id: string): Promise<void> {
    this.#removed.delete(id);
    return this.#analyzer.remote.restore(id);
  }

  forgetRemoved(): Promise<void> {
    for (const id of this.#removed) this.#second.forget(id);
    this.#removed.clear();
    return this.#analyzer.remote.forgetRemoved();
  }

  async detect(
    id: string,
    settings: DetectionSettings,
    { first, onSoFar, signal }: DetectOptions,
  ): Promise<Detected | null> {
    const remote = this.#analyzer.withDetectors();
    const stop = () => void remote.stopDetecting();
    signal.addEventListener('abort', stop, { once: true });
    const detected = await remote.detect(id, settings, first, proxy(onSoFar));
    signal.removeEventListener('abort', stop);
    if (detected) this.#second.refresh(detected);
    return detected;
  }

  expectedRange(id: string, key: SeriesKey, from: Minute, to: Minute): Promise<ExpectedRange> {
    return this.#analyzer.remote.expectedRange(id, key, from, to);
  }

  explainMinute(id: string, key: SeriesKey, minute: Minute): Promise<MinuteExplanation> {
    return this.#analyzer.remote.explainMinute(id, key, minute);
  }

  async rawEvents(id: string, sharedEventID: string): Promise<RawEventsState> {
    if (id === this.#soFar) return { state: 'reading', fraction: 0 };
    const fraction = this.#second.fractionOf(id, sharedEventID);
    if (fraction !== null) return { state: 'reading', fraction };
    if (this.#second.ask(id, sharedEventID)) return { state: 'reading', fraction: 0 };
    const kept = await this.#analyzer.remote.rawEvents(id, sharedEventID);
    const reason = this.#second.failureOf(id, sharedEventID);
    return kept ? { state: 'there', ...kept } : { state: 'not kept', reason };
  }

  onRawEvents(listener: RawEventsListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  insightsJson(id: string): Promise<Blob> {
    return this.#analyzer.remote.insightsJson(id);
  }

  minuteCountsCsv(id: string): Promise<Blob> {
    return this.#analyzer.remote.minuteCountsCsv(id);
  }

  ledgerJson(id: string): Promise<Blob> {
    return this.#analyzer.remote.ledgerJson(id);
  }

  previewExport(id: string, choice: ExportChoice): Promise<ExportPreview> {
    return this.#analyzer.remote.previewExport(id, choice);
  }

  exportAs(id: string, choice: ExportChoice): Promise<Blob> {
    return this.#analyzer.remote.exportAs(id, choice);
  }

  keyMap(id: string, choice: ExportChoice): Promise<Blob> {
    return this.#analyzer.remote.keyMap(id, choice);
  }
}

const analyzerWorker = () => new LateWorker(() => import('./analyzer?worker&inline'));

/** The analyzer and its worker; restarting ends what it is doing, and what it had not stored is not stored. */
class AnalyzerHand {
  #worker = analyzerWorker();
  readonly #detectors = new Detectors();
  remote: Remote<Analyzer> = wrap<Analyzer>(this.#worker);

  /** With help in detecting: detectors start when there is something to judge. */
  withDetectors(): Remote<Analyzer> {
    const ports = this.#detectors.start();
    if (ports.length > 0) void this.remote.employ(transfer(ports, ports));
    return this.remote;
  }

  restart(): void {
    this.#worker.terminate();
    this.#detectors.terminate();
    this.#worker = analyzerWorker();
    this.remote = wrap<Analyzer>(this.#worker);
  }
}
