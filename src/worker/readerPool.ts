import { transfer, wrap, type Remote } from 'comlink';
import type { FileBytes } from './feed';
import type { Reader, Reading, ReadSoFar } from './reader';
import { whyUnreadable } from './unreadableFiles';
import ReaderWorker from './reader?worker&inline';

/** Groups on their way to one reader: one being read, one waiting, so that it never idles. */
const CREDITS = 2;
/** More readers than this gain nothing: the browser hands files out no faster. */
const MOST_READERS = 8;
const SLICE_BYTES = 16 << 20;

interface Hand {
  readonly worker: Worker;
  readonly remote: Remote<Reader>;
  outstanding: number;
  soFar: ReadSoFar;
}

/** The readers, one per core: hands each group to the one with the least to do, waits when all are busy. */
export class ReaderPool {
  readonly #hands: Hand[];
  #onFree: (() => void)[] = [];
  #largeFiles = 0;
  #fail!: (reason: unknown) => void;
  /** Rejects when a reader breaks down; never settles otherwise. */
  readonly failed = new Promise<never>((_, reject) => (this.#fail = reject));

  constructor() {
    this.failed.catch(() => {});
    const cores = Math.min(MOST_READERS, navigator.hardwareConcurrency || 2);
    this.#hands = Array.from({ length: cores }, hire);
  }

  /** What all readers together have read. */
  get soFar(): ReadSoFar {
    return this.#hands.reduce(
      (sum, { soFar }) => ({
        files: sum.files + soFar.files,
        bytes: sum.bytes + soFar.bytes,
        events: sum.events + soFar.events,
      }),
      { files: 0, bytes: 0, events: 0 },
    );
  }

  /** Settles when the group is on its way and there is room for another. */
  async group(files: FileBytes[]): Promise<void> {
    const hand = await this.#free();
    const buffers = files.map(({ bytes }) => bytes);
    void this.#busy(hand, hand.remote.read(transfer(files, buffers)));
  }

  /** Reads a file of any size through one reader, a slice at a time. */
  async large(path: string, file: File): Promise<void> {
    const hand = await this.#free();
    const id = this.#largeFiles++;
    await this.#busy(hand, hand.remote.beginLarge(id, path));
    const failure = await this.#slices(hand, id, file);
    await this.#busy(hand, hand.remote.endLarge(id, failure));
  }

  /** Hands over slice after slice; tells in words why the last ones could not be read. */
  async #slices(hand: Hand, id: number, file: File): Promise<string | null> {
    for (let at = 0; at < file.size; at += SLICE_BYTES) {
      let slice: ArrayBuffer;
      try {
        slice = await file.slice(at, at + SLICE_BYTES).arrayBuffer();
      } catch (error) {
        return `from byte ${at} on: ${whyUnreadable(error)}`;
      }
      await this.#busy(hand, hand.remote.readSlice(id, transfer(slice, [slice])));
    }
    return null;
  }

  /** Everything the readers counted; they are spent. */
  finish(): Promise<Reading[]> {
    return Promise.all(this.#hands.map(({ remote }) => remote.finish()));
  }

  /** Ends all readers at once, whatever they are doing. */
  terminate(): void {
    for (const { worker } of this.#hands) worker.terminate();
  }

  async #busy(hand: Hand, work: Promise<ReadSoFar>): Promise<void> {
    hand.outstanding++;
    try {
      hand.soFar = await work;
    } catch (reason) {
      this.#fail(reason);
    }
    hand.outstanding--;
    this.#onFree.shift()?.();
  }

  async #free(): Promise<Hand> {
    for (;;) {
      const idlest = this.#hands.reduce((a, b) => (b.outstanding < a.outstanding ? b : a));
      if (idlest.outstanding < CREDITS) return idlest;
      await new Promise<void>((resolve) => this.#onFree.push(resolve));
    }
  }
}

function hire(): Hand {
  const worker = new ReaderWorker();
  return {
    worker,
    remote: wrap<Reader>(worker),
    outstanding: 0,
    soFar: { files: 0, bytes: 0, events: 0 },
  };
}
