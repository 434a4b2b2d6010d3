import type { EventsWanted } from '../../core/read/collectRecords';
import { isPartLost } from '../partLost';
import { type ParquetHand, ParquetHands } from './parquetHands';
import type { Reader } from './reader';
import { ReaderHand } from './readerHand';
import { moreOf, NOTHING_READ, type ReadSoFar, sumOf } from './readSoFar';
import type { SentPart } from './sentPart';
import { whyUnreadable } from './skippedFiles';

/** Groups on their way to one reader: one being read, one waiting, so that it never idles. */
const CREDITS = 2;
/** More readers than this gain nothing: the browser hands files out no faster. */
const MOST_READERS = 8;
/** When so many readers have broken down, it is not the files. */
const MOST_BREAKDOWNS = 12;

export type Hand = ReaderHand<Reader>;

/** The readers themselves, one per core. Where one breaks down, a fresh one stands in and reads once more what it had read. */
export class ReaderCrew {
  readonly parquet: ParquetHands;
  #hands: Hand[];
  /** Asked for all that they have; nothing more is given to them. */
  readonly #leaving: (Hand | ParquetHand)[] = [];
  #wanted: readonly EventsWanted[] | null = null;
  #onFree: (() => void)[] = [];
  /** Messages and recoveries that are not through. */
  #underway = 0;
  #breakdowns = 0;
  #furthest = NOTHING_READ;
  #fail!: (reason: unknown) => void;
  /** Rejects when readers break down again and again; never settles otherwise. */
  readonly failed = new Promise<never>((_, reject) => (this.#fail = reject));

  constructor(most = MOST_READERS) {
    this.failed.catch(() => {});
    const readers = Math.min(most, navigator.hardwareConcurrency || 2);
    this.#hands = Array.from({ length: readers }, () => this.#hire());
    this.parquet = new ParquetHands(readers, (hand, reason) => {
      this.parquet.dismiss(hand);
      void this.#recover(hand, reason);
    });
  }

  /** Settles when the readers' code is there, or with PartLost. */
  async ready(): Promise<void> {
    await Promise.all(this.#hands.map((hand) => hand.ready()));
  }

  /** Lets the readers practise, so that the first files are read at full speed; what they counted by the way. */
  warmUp(): Promise<SentPart[]> {
    return Promise.all(this.#hands.map(({ remote }) => remote.warmUp()));
  }

  /** What all readers together have read; it never falls. */
  get soFar(): ReadSoFar {
    const hands = [...this.hands, ...this.#leaving].filter(({ isBroken }) => !isBroken);
    return (this.#furthest = moreOf(this.#furthest, sumOf(hands.map(({ soFar }) => soFar))));
  }

  /** Those that read. */
  get hands(): readonly (Hand | ParquetHand)[] {
    return [...this.#hands, ...this.parquet.hands];
  }

  /** Makes the readers, and those that stand in for them, collect what is wanted instead of counting. */
  async collect(wanted: readonly EventsWanted[]): Promise<void> {
    this.#wanted = wanted;
    this.parquet.collect(wanted);
    await Promise.all(this.#hands.map((hand) => hand.answer(hand.remote.collect(wanted))));
  }

  /** The reader with the least to do, once it has room for more. */
  async free(): Promise<Hand> {
    for (;;) {
      const idlest = idlestOf(this.#hands);
      if (idlest.outstanding < CREDITS) return idlest;
      await this.#freed();
    }
  }

  /** The reader to share work with; null where there is no other. */
  besides(hand: Hand): Hand | null {
    const others = this.#hands.filter((other) => other !== hand);
    return others.length > 0 ? idlestOf(others) : null;
  }

  /** Work that nobody leaves before. */
  async during(work: () => Promise<void>): Promise<void> {
    this.#underway++;
    try {
      await work();
    } finally {
      this.#underway--;
      for (const wake of this.#onFree.splice(0)) wake();
    }
  }

  /** Asks each reader once nothing is left to do, and ends it; where one breaks down, a fresh one after it has read the same. */
  async fromAll<T>(ask: (hand: Hand | ParquetHand) => Promise<T>): Promise<T[]> {
    const answers: T[] = [];
    for (;;) {
      while (this.#underway > 0) await this.#freed();
      const hands = [...this.#hands, ...this.parquet.takeAll()];
      if (hands.length === 0) break;
      this.#hands = [];
      this.#leaving.push(...hands);
      const asked = hands.map((hand) => ask(hand).then((answer) => answers.push(answer)));
      await Promise.allSettled(asked);
    }
    this.terminate();
    return answers;
  }

  /** Ends all readers at once, whatever they are doing. */
  terminate(): void {
    for (const hand of [...this.#hands, ...this.#leaving]) hand.terminate();
    this.parquet.terminate();
  }

  /** Of a reader that broke down: what it was at is told so, everything else it was given is read by others. */
  async #recover(hand: Hand | ParquetHand, reason: unknown): Promise<void> {
    if (hand.isAtFault && ++this.#breakdowns > MOST_BREAKDOWNS) return this.#fail(reason);
    const why = `a reader failed while reading it: ${whyUnreadable(reason)}`;
    const { at, others } = hand.errands;
    await this.during(async () => {
      await Promise.all(at.map((errand) => errand.brokeDown(why)));
      for (const errand of others) await errand.again();
    }).catch(this.#fail);
  }

  #freed(): Promise<void> {
    return new Promise((resolve) => this.#onFree.push(resolve));
  }

  #hire(): Hand {
    const hand: Hand = new ReaderHand(
      () => import('./reader?worker&inline'),
      (broken, reason) => {
        // Another would not come either.
        if (isPartLost(reason)) return;
        this.#hands = [...this.#hands.filter((hand) => hand !== broken), this.#hire()];
        void this.#recover(broken, reason);
      },
    );
    if (this.#wanted) hand.remote.collect(this.#wanted).catch(() => {});
    return hand;
  }
}

const idlestOf = (hands: readonly Hand[]): Hand =>
  hands.reduce((a, b) => (b.outstanding < a.outstanding ? b : a));
