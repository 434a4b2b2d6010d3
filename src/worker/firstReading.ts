import { proxy } from 'comlink';
import { v4 as randomId } from 'uuid';
import { aloneIn } from './aloneIn';
import type { AnalyzerHand } from './analyzerHand';
import type { AnalyzeRequest } from './analyzing/analyzer';
import { takeIn } from './analyzing/handOver';
import { LooksSoFar } from './analyzing/looksSoFar';
import type { OpenAnalysis } from './analyzing/openAnalysis';
import { seemsPassedOn } from './analyzing/passedOn';
import type { DroppedFile, ReadOptions } from './client';
import { ProgressMeter } from './reading/progress';
import { ReaderPool } from './reading/readerPool';
import { readLogs } from './reading/readLogs';
import { ReadSources } from './reading/readSources';
import type { SecondReading } from './reading/secondReading';
import { withBuffersOf } from './reading/sentPart';
import { whenIdle } from './whenIdle';

/** Those of one read; `ended` rejects when it is aborted or they break down, which leaves what was asked of them unanswered. */
interface Readers {
  readonly pool: ReaderPool;
  readonly ended: Promise<never>;
}

/** Reads what is dropped, once: logs through the readers to the analyzer, or an analysis that somebody passed on. */
export class FirstReading {
  /** Those of the read under way, or warm ones for the first. */
  #readers: ReaderPool | null = null;
  #hasRead = false;
  #soFar: string | null = null;

  /** `second`: stands still meanwhile, and then reads the raw events of what was found. */
  constructor(
    private readonly analyzer: AnalyzerHand,
    private readonly second: SecondReading,
  ) {
    whenIdle(() => this.#hireForFirst());
  }

  /** The analysis whose logs are being read for the first time. */
  get soFar(): string | null {
    return this.#soFar;
  }

  #hireForFirst(): void {
    if (this.#hasRead) return;
    this.#readers = new ReaderPool();
    this.#practise(this.#readers).catch(() => {});
  }

  /** The analyzer merges what the readers counted when they practised, unless somebody is faster. */
  async #practise({ crew }: ReaderPool): Promise<void> {
    const parts = await crew.warmUp();
    await this.analyzer.begun;
    if (!this.#hasRead) await this.analyzer.remote.practise(withBuffersOf(parts, parts));
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
    this.second.pause();
    try {
      return await Promise.race([this.#take(files, options, { pool, ended }), ended]);
    } finally {
      this.#dismissReaders();
      if (signal.aborted) this.analyzer.restart();
      this.second.resume();
    }
  }

  /** What somebody passed on comes alone; everything else is logs. */
  async #take(
    files: AsyncIterable<DroppedFile>,
    options: ReadOptions,
    readers: Readers,
  ): Promise<OpenAnalysis> {
    // No file is touched before all that reading needs is there, so that the same can be read later.
    await Promise.all([this.analyzer.ready(), readers.pool.crew.ready()]);
    options.signal.throwIfAborted();
    const { alone, all } = await aloneIn(files);
    const file = await alone?.open().catch(() => undefined);
    const received =
      file && (await seemsPassedOn(file))
        ? await this.analyzer.remote.receive(file, options.name, options.onto ?? null)
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
      const made = await this.analyzer.withDetectors().analyze(
        about,
        withBuffersOf(intake, intake.parts),
        proxy(() => meter.detecting()),
      );
      return takeIn<OpenAnalysis>(made);
    };
    try {
      const analysis = await Promise.race([analyzed(), ended]);
      if (!signal.aborted) this.second.begin(analysis, sources, about.isNew);
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
        await this.analyzer.remote.analyzeSoFar(about, withBuffersOf(parts, parts)),
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
}
