import type { Endpoint } from 'comlink';

/** What a worker's module with `?worker&inline` holds. */
type Load = () => Promise<{ readonly default: new () => Worker }>;

/**
 * A worker whose code comes in a file of its own, so that the page stands before it: what is asked meanwhile waits, in
 * order. Nothing is fetched before `begun`.
 */
export class LateWorker implements Endpoint {
  readonly #worker: Promise<Worker>;

  constructor(load: Load, begun: Promise<void> = Promise.resolve()) {
    this.#worker = begun.then(load).then(({ default: Code }) => new Code());
  }

  postMessage(message: unknown, transfer: Transferable[] = []): void {
    void this.#worker.then((worker) => worker.postMessage(message, transfer));
  }

  addEventListener(type: string, listener: EventListenerOrEventListenerObject): void {
    void this.#worker.then((worker) => worker.addEventListener(type, listener));
  }

  removeEventListener(type: string, listener: EventListenerOrEventListenerObject): void {
    void this.#worker.then((worker) => worker.removeEventListener(type, listener));
  }

  terminate(): void {
    void this.#worker.then((worker) => worker.terminate());
  }
}
