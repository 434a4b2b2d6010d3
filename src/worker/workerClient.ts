import { proxy } from 'comlink';
import type { SeriesKey } from '../core/activity/callSeries';
import type { Minute } from '../core/activity/minute';
import type { ExportChoice } from '../core/export/prepareExport';
import type { ExpectedRange } from '../core/insights/expectedRange';
import type { MinuteExplanation } from '../core/insights/explainMinute';
import type { DetectionSettings } from '../core/insights/settings';
import type { AnalysisSummary } from '../store/stored';
import type { Detected } from './analyzing/analyzer';
import { AnalyzerHand } from './analyzerHand';
import { FirstReading } from './firstReading';
import { atFirstSign } from './firstSign';
import type { Client, DetectOptions, DroppedFile, ReadOptions } from './client';
import type { ExportPreview } from './analyzing/exportPreview';
import { takeIn, type HandedOver } from './analyzing/handOver';
import type { OpenAnalysis } from './analyzing/openAnalysis';
import type { RawEventsListener, RawEventsState } from './analyzing/rawEvents';
import { EarlierAnalyses } from './analyzing/earlierAnalyses';
import { SecondReading } from './reading/secondReading';
import { whenIdle } from './whenIdle';

/** The page's door, with the workers behind it. */
export class WorkerClient implements Client {
  readonly #analyzer = new AnalyzerHand();
  readonly #earlier = new EarlierAnalyses();
  readonly #removed = new Set<string>();
  readonly #listeners = new Set<RawEventsListener>();
  readonly #second = new SecondReading(
    () => this.#analyzer.remote,
    (id) => this.#listeners.forEach((listener) => listener(id)),
  );
  readonly #first = new FirstReading(this.#analyzer, this.#second);

  constructor() {
    atFirstSign(() => this.#analyzer.start());
  }

  async read(files: AsyncIterable<DroppedFile>, options: ReadOptions): Promise<OpenAnalysis> {
    const read = await this.#first.read(files, options);
    whenIdle(() => this.#learn(read.id));
    return read;
  }

  list(): Promise<AnalysisSummary[]> {
    return this.#earlier.list();
  }

  async open(id: string): Promise<OpenAnalysis> {
    const opened = await takeIn<OpenAnalysis>(await this.#analyzer.remote.open(id));
    whenIdle(() => this.#learn(id));
    return opened;
  }

  /** Nobody waits for it: what goes wrong is told to who detects. */
  #learn(id: string): void {
    this.#analyzer
      .withDetectors()
      .learn(id)
      .catch(() => {});
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
    if (id === this.#first.soFar) return { state: 'reading', fraction: 0 };
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
