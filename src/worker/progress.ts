import type { DroppedFile } from './client';
import type { ReaderPool } from './readerPool';
import type { UnreadableFiles } from './unreadableFiles';

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

/** The page is told this often, in milliseconds: fast enough to look alive, slow enough to cost nothing. */
const EVERY = 100;

/** Watches a read and tells how far it is. */
export class ProgressMeter {
  #phase: Progress['phase'] = 'reading';
  #found = 0;
  #listed = false;
  readonly #started = performance.now();
  readonly #timer = setInterval(() => this.#tell(), EVERY);

  constructor(
    private readonly pool: ReaderPool,
    private readonly unreadable: UnreadableFiles,
    private readonly onProgress: (progress: Progress) => void,
  ) {
    this.#tell();
  }

  /** The same files, counted as they come. */
  async *counting(files: AsyncIterable<DroppedFile>): AsyncGenerator<DroppedFile> {
    for await (const file of files) {
      this.#found++;
      yield file;
    }
    this.#listed = true;
  }

  detecting(): void {
    this.#phase = 'detecting';
    this.#tell();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #tell(): void {
    const { files, bytes, events } = this.pool.soFar;
    const filesRead = files + this.unreadable.report.files.in;
    const seconds = (performance.now() - this.#started) / 1000;
    const left = (seconds / filesRead) * (this.#found - filesRead);
    this.onProgress({
      phase: this.#phase,
      filesFound: this.#found,
      listed: this.#listed,
      filesRead,
      bytesRead: bytes,
      events,
      eventsPerSecond: seconds > 0 ? events / seconds : 0,
      secondsLeft: this.#listed && filesRead > 0 ? Math.max(0, left) : null,
    });
  }
}
