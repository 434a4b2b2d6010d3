import { wrap, type Remote } from 'comlink';
import { LateWorker, type Load } from '../lateWorker';
import { lifelineEnds } from './lifeline';
import { NOTHING_READ, type ReadSoFar } from './readSoFar';

/** Something that a reader was given to read. */
export interface Errand {
  /** The reader that had read it is gone, and with it what it counted: reads it once more. */
  again(): Promise<void>;
  /** A reader broke down over it. `why`: in words. */
  brokeDown(why: string): Promise<void>;
}

interface Message {
  readonly errand: Errand | null;
  readonly reject: (reason: unknown) => void;
}

let readers = 0;

/** One reader, and what it was given to read: the page knows it, so that nothing is lost with the reader. */
export class ReaderHand<R extends { live(name: string): Promise<void> }> {
  readonly remote: Remote<R>;
  soFar: ReadSoFar = NOTHING_READ;
  /** Messages on their way to it and back. */
  outstanding = 0;
  readonly #worker: LateWorker;
  readonly #errands = new Set<Errand>();
  /** Those of which more messages come. */
  readonly #open = new Set<Errand>();
  /** Not answered yet, in the order in which they were sent. */
  readonly #messages = new Set<Message>();
  readonly #end = new AbortController();
  #breakdown: { readonly reason: unknown } | null = null;
  /** It broke down by itself, not because one that it shared work with did. */
  isAtFault = true;

  constructor(
    load: Load,
    private readonly onBreakdown: (hand: ReaderHand<R>, reason: unknown) => void,
  ) {
    this.#worker = new LateWorker(load);
    this.#worker.onError((reason) => this.breakDown(reason));
    this.remote = wrap<R>(this.#worker);
    this.#watch().catch(() => {});
  }

  /** Settles when its code is there, or with PartLost. */
  ready(): Promise<void> {
    return this.#worker.ready();
  }

  /** An errand of several messages. */
  begin(errand: Errand): void {
    this.#errands.add(errand);
    this.#open.add(errand);
  }

  end(errand: Errand): void {
    this.#open.delete(errand);
  }

  /** Waits for the answer to a message; rejects when the reader breaks down before. */
  answer<T>(asked: Promise<T>, errand: Errand | null = null): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.#breakdown) return reject(this.#breakdown.reason as Error);
      const message = { errand, reject };
      if (errand) this.#errands.add(errand);
      this.#messages.add(message);
      asked.then(
        (answer) => {
          this.#messages.delete(message);
          resolve(answer);
        },
        (reason: unknown) => this.breakDown(reason),
      );
    });
  }

  get isBroken(): boolean {
    return this.#breakdown !== null;
  }

  /** What it was at, and what it only had or was still to read. */
  get errands(): { readonly at: readonly Errand[]; readonly others: readonly Errand[] } {
    const at = new Set<Errand>();
    if (this.isAtFault) {
      const [first] = this.#messages;
      for (const errand of this.#open) at.add(errand);
      if (first?.errand) at.add(first.errand);
    }
    return { at: [...at], others: [...this.#errands].filter((errand) => !at.has(errand)) };
  }

  breakDown(reason: unknown, isAtFault = true): void {
    if (this.#breakdown || this.#end.signal.aborted) return;
    this.#breakdown = { reason };
    this.isAtFault = isAtFault;
    this.terminate();
    this.onBreakdown(this, reason);
    for (const { reject } of this.#messages) reject(reason);
  }

  terminate(): void {
    this.#end.abort();
    this.#worker.terminate();
  }

  async #watch(): Promise<void> {
    const name = `reader ${readers++} of ${performance.timeOrigin} ${performance.now()}`;
    await this.remote.live(name);
    await lifelineEnds(name, this.#end.signal);
    this.breakDown(new Error('its worker ended'));
  }
}
