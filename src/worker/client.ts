import { wrap, type Remote } from 'comlink';
import type { SeriesKey } from '../core/activity/callSeries';
import type { Minute } from '../core/activity/minute';
import type { ExpectedRange } from '../core/insights/expectedRange';
import type { DetectionSettings } from '../core/insights/settings';
import type { FileReport } from '../core/ledger';
import type { AnalysisSummary } from '../store/stored';
import type { Analyzer, OpenAnalysis } from './analyzer';
import AnalyzerWorker from './analyzer?worker&inline';
import { feed } from './feed';
import { readLarge } from './largeFile';
import { ProgressMeter, type Progress } from './progress';
import { ReaderPool } from './readerPool';
import { SkippedFiles, whyUnreadable } from './skippedFiles';

export type { AnalysisSummary, ExpectedRange, OpenAnalysis, Progress };

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
  readonly settings: DetectionSettings;
  readonly onProgress: (progress: Progress) => void;
  /** Aborting rejects with an `AbortError` at once; nothing stored changes. */
  readonly signal: AbortSignal;
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

/** The page's one client; its workers start at once, so that they are warm when the first file comes. */
export const createClient = (): Client => new WorkerClient();

class WorkerClient implements Client {
  #analyzer = new AnalyzerHand();
  #pool = new ReaderPool();

  async read(files: AsyncIterable<DroppedFile>, options: ReadOptions): Promise<OpenAnalysis> {
    const { signal } = options;
    const aborted = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    });
    signal.throwIfAborted();
    try {
      return await Promise.race([this.#read(files, options), this.#pool.failed, aborted]);
    } finally {
      this.#renewReaders();
      if (signal.aborted) this.#analyzer.restart();
    }
  }

  async #read(
    files: AsyncIterable<DroppedFile>,
    { name, addTo, settings, onProgress }: ReadOptions,
  ): Promise<OpenAnalysis> {
    const pool = this.#pool;
    const skipped = new SkippedFiles();
    const meter = new ProgressMeter(pool, onProgress);
    try {
      await feed(meter.counting(files), {
        group: (group) => pool.group(group),
        large: (path, file) => meter.large(file.size, readLarge(path, file, { pool, skipped })),
        unreadable: (path, error) => {
          meter.unreadable();
          skipped.add(path, 'unreadable', whyUnreadable(error));
        },
      });
      const readings = await pool.finish();
      meter.detecting();
      const reports: FileReport[] = [
        ...readings.flatMap((reading) => reading.reports),
        skipped.report,
      ];
      const intake = { parts: readings.map(({ part }) => part), reports };
      return await this.#analyzer.remote.analyze({ name, addTo, settings, intake });
    } finally {
      meter.stop();
    }
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
    return this.#analyzer.remote.remove(id);
  }

  detect(id: string, settings: DetectionSettings): Promise<OpenAnalysis> {
    return this.#analyzer.remote.detect(id, settings);
  }

  expectedRange(id: string, key: SeriesKey, from: Minute, to: Minute): Promise<ExpectedRange> {
    return this.#analyzer.remote.expectedRange(id, key, from, to);
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
}

/** The analyzer and its worker; restarting ends what it is doing, and what it had not stored is not stored. */
class AnalyzerHand {
  #worker = new AnalyzerWorker();
  remote: Remote<Analyzer> = wrap<Analyzer>(this.#worker);

  restart(): void {
    this.#worker.terminate();
    this.#worker = new AnalyzerWorker();
    this.remote = wrap<Analyzer>(this.#worker);
  }
}
