import { wrap, type Remote } from 'comlink';
import type { EventsWanted } from '../../core/read/collectRecords';
import type { ParquetReader } from './parquetReader';
import type { OnSpans } from './readerPool';
import { NOTHING_READ, type ReadSoFar } from './readSoFar';

interface Hand {
  readonly worker: Worker;
  readonly remote: Remote<ParquetReader>;
  outstanding: number;
  soFar: ReadSoFar;
}

/** The readers of Parquet files: none, and none of their code, until the first such file comes. */
export class ParquetHands {
  readonly hands: Hand[] = [];
  #wanted: readonly EventsWanted[] | null = null;
  #isTerminated = false;

  /** `most`: workers at once. */
  constructor(private readonly most: number) {}

  get soFar(): ReadSoFar {
    const sum = (of: (soFar: ReadSoFar) => number) =>
      this.hands.reduce((total, { soFar }) => total + of(soFar), 0);
    return {
      ...NOTHING_READ,
      events: sum(({ events }) => events),
      largeBytes: sum(({ largeBytes }) => largeBytes),
    };
  }

  collect(wanted: readonly EventsWanted[]): void {
    this.#wanted = wanted;
  }

  /** Settles when the file is read. A Blob is a dropped file, bytes came out of an archive. */
  async read(path: string, file: Blob | Uint8Array<ArrayBuffer>, onSpans: OnSpans): Promise<void> {
    const { default: ParquetWorker } = await import('./parquetReader?worker&inline');
    if (this.#isTerminated) return;
    const hand = this.#idlest(() => new ParquetWorker());
    hand.outstanding++;
    const { soFar, spans } = await hand.remote.read(path, file);
    hand.outstanding--;
    hand.soFar = soFar;
    onSpans(spans);
  }

  terminate(): void {
    this.#isTerminated = true;
    for (const { worker } of this.hands) worker.terminate();
  }

  #idlest(makeWorker: () => Worker): Hand {
    const idle = this.hands.find(({ outstanding }) => outstanding === 0);
    if (idle) return idle;
    if (this.hands.length < this.most) return this.#hire(makeWorker());
    return this.hands.reduce((a, b) => (b.outstanding < a.outstanding ? b : a));
  }

  #hire(worker: Worker): Hand {
    const remote = wrap<ParquetReader>(worker);
    if (this.#wanted) void remote.collect(this.#wanted);
    const hand = { worker, remote, outstanding: 0, soFar: NOTHING_READ };
    this.hands.push(hand);
    return hand;
  }
}
