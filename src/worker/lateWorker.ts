import type { Endpoint } from 'comlink';

/** What a worker's module with `?worker&inline` holds. */
export type Load = () => Promise<{ readonly default: new () => Worker }>;

/**
 * A worker whose code comes in a file of its own, so that the page stands before it: what is asked meanwhile waits, in
 * order. Nothing is fetched before `begun`.
 */
export class LateWorker implements Endpoint {
  readonly #worker: Promise<Worker>;

  constructor(load: Load, begun: Promise<void> = Promise.resolve()) {
    this.#worker = begun.then(load).then(({ default: Code }) => new Code());
    this.#worker.catch(() => {});
  }

  postMessage(message: unknown, transfer: Transferable[] = []): void {
    this.#then((worker) => worker.postMessage(message, transfer));
  }

  addEventListener(type: string, listener: EventListenerOrEventListenerObject): void {
    this.#then((worker) => worker.addEventListener(type, listener));
  }

  removeEventListener(type: string, listener: EventListenerOrEventListenerObject): void {
    this.#then((worker) => worker.removeEventListener(type, listener));
  }

  /** `listener` learns why it cannot be worked with: it never came, threw, or could not take a message. */
  onError(listener: (reason: unknown) => void): void {
    this.#worker.then((worker) => {
      worker.addEventListener('error', ({ message }) => listener(new Error(message)));
      worker.addEventListener('messageerror', () => listener(new Error('a message was lost')));
    }, listener);
  }

  terminate(): void {
    this.#then((worker) => worker.terminate());
  }

  /** Of one that never comes `onError` tells. */
  #then(use: (worker: Worker) => void): void {
    this.#worker.then(use, () => {});
  }
}
