import { transferHandlers, type Endpoint } from 'comlink';
import { PartLost } from './partLost';

/** What a worker's module with `?worker&inline` holds. */
export type Load = () => Promise<{ readonly default: new () => Worker }>;

type Listener = EventListenerOrEventListenerObject;

/**
 * A worker whose code comes in a file of its own, so that the page stands before it: what is asked meanwhile waits, in
 * order. Nothing is fetched before `begun`. Where the code cannot be had, every question is answered with that.
 */
export class LateWorker implements Endpoint {
  readonly #worker: Promise<Worker>;
  readonly #listeners: Listener[] = [];
  /** Its code could not be had. */
  isLost = false;

  constructor(load: Load, begun: Promise<void> = Promise.resolve()) {
    this.#worker = begun.then(load).then(
      ({ default: Code }) => new Code(),
      (reason) => {
        this.isLost = true;
        throw new PartLost(reason);
      },
    );
    this.#worker.catch(() => {});
  }

  /** Settles when its code is there, or with PartLost. */
  async ready(): Promise<void> {
    await this.#worker;
  }

  postMessage(message: unknown, transfer: Transferable[] = []): void {
    this.#worker.then(
      (worker) => worker.postMessage(message, transfer),
      (reason) => this.#answer(message as { id?: string }, reason),
    );
  }

  addEventListener(type: string, listener: Listener): void {
    if (type === 'message') this.#listeners.push(listener);
    this.#then((worker) => worker.addEventListener(type, listener));
  }

  removeEventListener(type: string, listener: Listener): void {
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

  /** Of one that never comes `onError` and every answer tell. */
  #then(use: (worker: Worker) => void): void {
    this.#worker.then(use, () => {});
  }

  /** As the worker would answer that had thrown it. */
  #answer({ id }: { id?: string }, reason: unknown): void {
    const [value] = transferHandlers.get('throw')!.serialize({ value: reason });
    const answer = new MessageEvent('message', {
      data: { id, type: 'HANDLER', name: 'throw', value },
    });
    for (const listener of this.#listeners)
      if (typeof listener === 'function') listener(answer);
      else listener.handleEvent(answer);
  }
}
