import type { Progress } from '../worker/client';
import type { Intake } from './intake/walkDropped';

/** One read under way. */
export interface Reading {
  readonly name: string;
  readonly stop: AbortController;
  readonly enough: AbortController;
  /** Told to read no further, and bringing to an end what is read. */
  readonly isEnding: boolean;
}

/** Reads one intake after the other: what comes while a read goes on waits for its turn. */
export class Readings {
  readonly #read: (intake: Intake, reading: Reading) => Promise<void>;

  progress = $state.raw<Progress | null>(null);
  waiting = $state.raw<readonly Intake[]>([]);
  #now = $state.raw<Reading | null>(null);

  /** `read` ends without an error, however the reading ends. */
  constructor(read: (intake: Intake, reading: Reading) => Promise<void>) {
    this.#read = read;
  }

  get now(): Reading | null {
    return this.#now;
  }

  /** Ends when nothing waits any more; at once where a read goes on. */
  async add(intake: Intake): Promise<void> {
    this.waiting = [...this.waiting, intake];
    if (this.#now) return;
    while (this.waiting.length > 0) await this.#readNext();
  }

  /** Reads no further: what is read by now is all there is. */
  end(): void {
    if (!this.#now) return;
    this.waiting = [];
    this.#now.enough.abort();
    this.#now = { ...this.#now, isEnding: true };
  }

  /** Stops reading at once, forgets what waits. */
  cancel(): void {
    this.waiting = [];
    this.#now?.stop.abort();
  }

  async #readNext(): Promise<void> {
    const [intake, ...rest] = this.waiting;
    const stop = new AbortController();
    const enough = new AbortController();
    this.waiting = rest;
    this.#now = { name: intake.name, stop, enough, isEnding: false };
    this.progress = null;
    await this.#read(intake, this.#now);
    this.#now = null;
  }
}
