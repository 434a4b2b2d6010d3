import type { EventsWanted } from '../../core/read/collectRecords';
import type { ParquetReader } from './parquetReader';
import type { Answer } from './readSoFar';
import { type Errand, ReaderHand } from './readerHand';

export type ParquetHand = ReaderHand<ParquetReader>;

/** The readers of Parquet files: none, and none of their code, until the first such file comes. */
export class ParquetHands {
  hands: readonly ParquetHand[] = [];
  #wanted: readonly EventsWanted[] | null = null;

  /** `most`: workers at once. */
  constructor(
    private readonly most: number,
    private readonly onBreakdown: (hand: ParquetHand, reason: unknown) => void,
  ) {}

  collect(wanted: readonly EventsWanted[]): void {
    this.#wanted = wanted;
  }

  /** Settles when the file is read. A Blob is a dropped file, bytes came out of an archive. */
  async read(path: string, file: Blob | Uint8Array<ArrayBuffer>, errand: Errand): Promise<Answer> {
    const hand = this.#idlest();
    hand.outstanding++;
    const answer = await hand.answer(hand.remote.read(path, file), errand);
    hand.outstanding--;
    hand.soFar = answer.soFar;
    return answer;
  }

  /** The next file goes to another. */
  dismiss(hand: ParquetHand): void {
    this.hands = this.hands.filter((each) => each !== hand);
  }

  /** Leaves none here. */
  takeAll(): readonly ParquetHand[] {
    const taken = this.hands;
    this.hands = [];
    return taken;
  }

  terminate(): void {
    for (const hand of this.hands) hand.terminate();
  }

  #idlest(): ParquetHand {
    const idle = this.hands.find(({ outstanding }) => outstanding === 0);
    if (idle) return idle;
    if (this.hands.length < this.most) return this.#hire();
    return this.hands.reduce((a, b) => (b.outstanding < a.outstanding ? b : a));
  }

  #hire(): ParquetHand {
    const hand: ParquetHand = new ReaderHand(
      () => import('./parquetReader?worker&inline'),
      this.onBreakdown,
    );
    if (this.#wanted) void hand.remote.collect(this.#wanted);
    this.hands = [...this.hands, hand];
    return hand;
  }
}
