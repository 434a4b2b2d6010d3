import type { DroppedFile } from '../client';
import type { ReaderCrew } from './readerCrew';

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
  /** Share of the bytes that is read, 0 to 1; null until the list is complete. */
  readonly fraction: number | null;
}

/** The page is told this often, in milliseconds: fast enough to look alive, slow enough to cost nothing. */
const EVERY = 100;

/** Watches a read and tells how far it is. */
export class ProgressMeter {
  #phase: Progress['phase'] = 'reading';
  #found = 0;
  #listed = false;
  /** Files that did not come whole: large ones begun and ended, their bytes, and those that could not be read. */
  readonly #large = { begun: 0, ended: 0, bytes: 0 };
  #unreadable = 0;
  #furthest = 0;
  readonly #started = performance.now();
  readonly #timer = setInterval(() => this.#tell(), EVERY);

  constructor(
    private readonly crew: ReaderCrew,
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

  unreadable(): void {
    this.#unreadable++;
  }

  /** A large file of so many bytes is read by `work`. */
  async large(bytes: number, work: Promise<void>): Promise<void> {
    this.#large.begun++;
    this.#large.bytes += bytes;
    await work;
    this.#large.ended++;
  }

  detecting(): void {
    this.#phase = 'detecting';
    this.#tell();
  }

  /** Null until the list is complete and a rate is known. */
  get secondsLeft(): number | null {
    const fraction = this.#listed ? this.#fraction() : null;
    return fraction ? (this.#seconds / fraction) * (1 - fraction) : null;
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  get #seconds(): number {
    return (performance.now() - this.#started) / 1000;
  }

  #tell(): void {
    const { files, bytes, largeBytes, events } = this.crew.soFar;
    const seconds = this.#seconds;
    const fraction = this.#listed ? this.#fraction() : null;
    this.onProgress({
      phase: this.#phase,
      filesFound: this.#found,
      listed: this.#listed,
      filesRead: files + this.#large.ended + this.#unreadable,
      bytesRead: bytes + largeBytes,
      events,
      eventsPerSecond: seconds > 0 ? events / seconds : 0,
      secondsLeft: this.secondsLeft,
      fraction,
    });
  }

  /** By bytes; small files, whose sizes are not asked for, are taken to be like those already read. Never goes back. */
  #fraction(): number {
    const { files, bytes, largeBytes } = this.crew.soFar;
    const small = this.#found - this.#large.begun - this.#unreadable;
    const expected = (files > 0 ? (bytes / files) * small : small) + this.#large.bytes;
    const fraction = expected > 0 ? Math.min(1, (bytes + largeBytes) / expected) : 1;
    return (this.#furthest = Math.max(this.#furthest, fraction));
  }
}
