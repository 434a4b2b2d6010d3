import { proxy, transfer } from 'comlink';
import { v4 as randomId } from 'uuid';
import { buffersOf } from '../core/activity/activityPart';
import type { SeriesKey } from '../core/activity/callSeries';
import type { Minute } from '../core/activity/minute';
import type { ExportChoice } from '../core/export/prepareExport';
import type { ExpectedRange } from '../core/insights/expectedRange';
import type { MinuteExplanation } from '../core/insights/explainMinute';
import type { DetectionSettings } from '../core/insights/settings';
import type { AnalysisSummary } from '../store/stored';
import type { AnalyzeRequest, Detected } from './analyzing/analyzer';
import { AnalyzerHand } from './analyzerHand';
import { aloneIn } from './aloneIn';
import { atFirstSign } from './firstSign';
import type { Client, DetectOptions, DroppedFile, ReadOptions } from './client';
import type { ExportPreview } from './analyzing/exportPreview';
import { takeIn, type HandedOver } from './analyzing/handOver';
import { LooksSoFar } from './analyzing/looksSoFar';
import type { OpenAnalysis } from './analyzing/openAnalysis';
import { ProgressMeter } from './reading/progress';
import type { RawEventsListener, RawEventsState } from './analyzing/rawEvents';
import { ReaderPool } from './reading/readerPool';
import { EarlierAnalyses } from './analyzing/earlierAnalyses';
import { seemsPassedOn } from './analyzing/passedOn';
import { readLogs } from './reading/readLogs';
import { ReadSources } from './reading/readSources';
import { SecondReading } from './reading/secondReading';
import { whenIdle } from './whenIdle';

/** Those of one read; `ended` rejects when it is aborted or they break down, which leaves what was asked of them unanswered. */
interface Readers {
  readonly pool: ReaderPool;
  readonly ended: Promise<never>;
}

/** The page's door, with the workers behind it. */
export class WorkerClient implements Client {
  readonly #analyzer = new AnalyzerHand();
  readonly #earlier = new EarlierAnalyses();
  /** Those of the read under way, or warm ones for the first. */
  #readers: ReaderPool | null = null;
  #hasRead = false;
  /** The analysis whose logs are being read for the first time. */
  #soFar: string | null = null;
  readonly #removed = new Set<string>();
  readonly #listeners = new Set<RawEventsListener>();
  readonly #second = new SecondReading(
    () => this.#analyzer.remote,
    (id) => this.#listeners.forEach((listener) => listener(id)),
  );

  constructor() {
    whenIdle(() => this.#hireForFirst());
    atFirstSign(() => this.#analyzer.start());
  }

  #hireForFirst(): void {
    if (this.#hasRead) return;
    this.#readers = new ReaderPool();
    this.#readers.crew.warmUp();
  }

  async read(files: AsyncIterable<DroppedFile>, options: ReadOptions): Promise<OpenAnalysis> {
    const { signal } = options;
    signal.throwIfAborted();
    this.#hasRead = true;
    const pool = (this.#readers ??= new ReaderPool());
    const aborted = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    });
    const ended = Promise.race([pool.crew.failed, aborted]);
    this.#second.pause();
    try {
      return await Promise.race([this.#take(files, options, { pool, ended }), ended]);
    } finally {
      this.#dismissReaders();
      if (signal.aborted) this.#analyzer.restart();
      this.#second.resume();
    }
  }

  /** What somebody passed on comes alone; everything else is logs. */
  async #take(
    files: AsyncIterable<DroppedFile>,
    options: ReadOptions,
    readers: Readers,
  ): Promise<OpenAnalysis> {
    // No file is touched before all that reading needs is there, so that the same can be read later.
    await Promise.all([this.#analyzer.ready(), readers.pool.crew.ready()]);
    options.signal.throwIfAborted();
    const { alone, all } = await aloneIn(files);
    const file = await alone?.open().catch(() => undefined);
    const received =
      file && (await seemsPassedOn(file))
        ? await this.#analyzer.remote.receive(file, options.name, options.onto ?? null)
        : null;
    options.signal.throwIfAborted();
    return received ? takeIn<OpenAnalysis>(received) : this.#read(all, options, readers);
  }

  async #read(
    files: AsyncIterable<DroppedFile>,
    { name, addTo, settings, onProgress, onSoFar, signal, enough }: ReadOptions,
    { pool, ended }: Readers,
  ): Promise<OpenAnalysis> {
    const sources = new ReadSources();
    const meter = new ProgressMeter(pool.crew, onProgress);
    const about = { id: addTo ?? randomId(), name, isNew: addTo === undefined, settings };
    const looks = about.isNew && onSoFar ? this.#lookSoFar(about, pool, meter, onSoFar) : null;
    const analyzed = async () => {
      const intake = await readLogs({ name, files, pool, meter, sources, enough });
      looks?.stop();
      const made = await this.#analyzer.withDetectors().analyze(
        about,
        transfer(intake, intake.parts.flatMap(buffersOf)),
        proxy(() => meter.detecting()),
      );
      return takeIn<OpenAnalysis>(made);
    };
    try {
      const analysis = await Promise.race([analyzed(), ended]);
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
    pool: ReaderPool,
    meter: ProgressMeter,
    show: (analysis: OpenAnalysis) => void,
  ): LooksSoFar {
    this.#soFar = about.id;
    const look = async () => {
      const parts = await pool.countedSoFar(about.settings.readEvents);
      return takeIn<OpenAnalysis>(
        await this.#analyzer.remote.analyzeSoFar(about, transfer(parts, parts.flatMap(buffersOf))),
      );
    };
    return new LooksSoFar({ secondsLeft: () => meter.secondsLeft, look, show });
  }

  /**
   * After every read: their memory is given back at once, and one that is cancelled stops in mid-file. Fresh ones come with
   * the next read: idle, they would take 30 MB while the logs are judged and stored.
   */
  #dismissReaders(): void {
    this.#readers?.crew.terminate();
    this.#readers = null;
  }

  list(): Promise<AnalysisSummary[]> {
    return this.#earlier.list();
  }

  async open(id: string): Promise<OpenAnalysis> {
    return takeIn<OpenAnalysis>(await this.#analyzer.remote.open(id));
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
    return this.#earlier.forgetRemoved();
  }

  async detect(
    id: string,
    settings: DetectionSettings,
    { first, onSoFar, signal }: DetectOptions,
  ): Promise<Detected | null> {
    const remote = this.#analyzer.withDetectors();
    const stop = () => void remote.stopDetecting();
    signal.addEventListener('abort', stop, { once: true });
    const tell = async (soFar: HandedOver<Detected>, share: number) =>
      onSoFar(await takeIn<Detected>(soFar), share);
    const answer = await remote.detect(id, settings, first, proxy(tell));
    const detected = answer && (await takeIn<Detected>(answer));
    signal.removeEventListener('abort', stop);
    if (detected) this.#second.refresh(detected);
    return detected;
  }

  expectedRange(
    id: string,
    key: SeriesKey,
    from: Minute,
    to: Minute,
    exactly = false,
  ): Promise<ExpectedRange> {
    return this.#analyzer.remote.expectedRange(id, key, from, to, exactly);
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
