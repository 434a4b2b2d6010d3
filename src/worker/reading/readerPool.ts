import { transfer } from 'comlink';
import type { ActivityPart } from '../../core/activity/activityPart';
import type { ParquetBytes } from '../../core/container/fileSink';
import type { ArchiveMember } from '../../core/container/plan';
import type { FileNote } from '../../core/ledger';
import type { EventsWanted } from '../../core/read/collectRecords';
import type { ScopeSpan } from '../../core/read/scopeSpans';
import type { FileBytes } from './feed';
import { type ParquetHand, ParquetHands } from './parquetHands';
import type { Reader } from './reader';
import { isPartLost } from '../partLost';
import { type Errand, ReaderHand } from './readerHand';
import type { Reading } from './readingHand';
import { type Answer, moreOf, NOTHING_READ, type ReadSoFar, sumOf } from './readSoFar';
import type { MessageSource } from './readSources';
import { LargeErrand, type OnLargeSpans } from './largeErrand';
import { whyUnreadable } from './skippedFiles';

/** Groups on their way to one reader: one being read, one waiting, so that it never idles. */
const CREDITS = 2;
/** More readers than this gain nothing: the browser hands files out no faster. */
const MOST_READERS = 8;
/** When so many readers have broken down, it is not the files. */
const MOST_BREAKDOWNS = 12;

export type Hand = ReaderHand<Reader>;

/**
 * The readers, one per core: hands each group to the one with the least to do, waits when all are busy. Where a reader breaks
 * down, a fresh one reads once more what it had read; what it broke down over is `lost`.
 */
export class ReaderPool {
  #hands: Hand[];
  /** Asked for all that they have; nothing more is given to them. */
  readonly #leaving: (Hand | ParquetHand)[] = [];
  readonly #parquet: ParquetHands;
  #wanted: readonly EventsWanted[] | null = null;
  #onFree: (() => void)[] = [];
  /** Messages and recoveries that are not through. */
  #underway = 0;
  #breakdowns = 0;
  #isStopped = false;
  #furthest = NOTHING_READ;
  /** Their Parquet files are with those who read them. */
  readonly #answered = new WeakSet<MessageSource>();
  /** Files and members that came after `stop`. */
  readonly unread: string[] = [];
  /** Files and members that a reader broke down over, or that could not be read once more. */
  readonly lost: FileNote[] = [];
  #fail!: (reason: unknown) => void;
  /** Rejects when readers break down again and again; never settles otherwise. */
  readonly failed = new Promise<never>((_, reject) => (this.#fail = reject));

  constructor(most = MOST_READERS) {
    this.failed.catch(() => {});
    const readers = Math.min(most, navigator.hardwareConcurrency || 2);
    this.#hands = Array.from({ length: readers }, () => this.#hire());
    this.#parquet = new ParquetHands(readers, (hand, reason) => {
      this.#parquet.dismiss(hand);
      void this.#recover(hand, reason);
    });
  }

  /** Settles when the readers' code is there, or with PartLost. */
  async ready(): Promise<void> {
    await Promise.all(this.#hands.map((hand) => hand.ready()));
  }

  /** Lets the readers practise, so that the first files are read at full speed. */
  warmUp(): void {
    for (const { remote } of this.#hands) remote.warmUp().catch(() => {});
  }

  /** What all readers together have read; it never falls. */
  get soFar(): ReadSoFar {
    const hands = [...this.#hands, ...this.#parquet.hands, ...this.#leaving];
    const now = sumOf(hands.filter(({ isBroken }) => !isBroken).map(({ soFar }) => soFar));
    return (this.#furthest = moreOf(this.#furthest, now));
  }

  /** Settles when the group is on its way and there is room for another. */
  async group(files: FileBytes[], source: MessageSource): Promise<void> {
    if (this.#isStopped) return this.leave(files);
    const hand = await this.free();
    const buffers = files.map(({ bytes }) => bytes);
    this.#give(hand, source, hand.remote.read(transfer(files, buffers)));
  }

  /** The same for members of an archive. */
  async members(
    bytes: ArrayBuffer,
    offset: number,
    members: readonly ArchiveMember[],
    source: MessageSource,
  ): Promise<void> {
    if (this.#isStopped) return this.leave(members);
    const hand = await this.free();
    this.#give(hand, source, hand.remote.readMembers(transfer(bytes, [bytes]), offset, members));
  }

  /** Reads a file, or a member of an archive, of any size a slice at a time, see `LargeErrand`. */
  async slices(
    source: string | ArchiveMember,
    file: Blob,
    onSpans: OnLargeSpans = () => {},
  ): Promise<string | null> {
    if (!this.#isStopped) return new LargeErrand(this, source, file, onSpans).read();
    this.leave([typeof source === 'string' ? { path: source } : source]);
    return null;
  }

  /** Reads a dropped Parquet file of any size. */
  async parquet(path: string, file: Blob, source: MessageSource): Promise<void> {
    if (this.#isStopped) return this.leave([{ path }]);
    await this.#readParquet(path, file, this.#errandOf(source), (spans) => source.note(spans));
  }

  /** Makes the readers collect what is wanted instead of counting. */
  async collect(wanted: readonly EventsWanted[]): Promise<void> {
    this.#wanted = wanted;
    this.#parquet.collect(wanted);
    await Promise.all(this.#hands.map((hand) => hand.answer(hand.remote.collect(wanted))));
  }

  /** What each reader collected, by wish; they are spent. */
  collected(): Promise<ArrayBuffer[][]> {
    return this.#fromAll((hand) => hand.answer(hand.remote.collected()));
  }

  /** What the readers counted so far, for a look; they go on. */
  countedSoFar(withReads: boolean): Promise<ActivityPart[]> {
    const all = [...this.#hands, ...this.#parquet.hands];
    return Promise.all(all.map((hand) => hand.answer(hand.remote.soFar(withReads))));
  }

  /** Everything the readers counted. They end with it: what they held makes room for merging it. */
  finish(): Promise<Reading[]> {
    return this.#fromAll((hand) => hand.answer(hand.remote.finish()));
  }

  /** Nothing more is read: files on their way to a reader are the last. */
  stop(): void {
    this.#isStopped = true;
  }

  get isStopped(): boolean {
    return this.#isStopped;
  }

  /** Notes files that come after `stop`. */
  leave(files: readonly { readonly path: string }[]): void {
    for (const { path } of files) this.unread.push(path);
  }

  /** Ends all readers at once, whatever they are doing. */
  terminate(): void {
    for (const hand of [...this.#hands, ...this.#leaving]) hand.terminate();
    this.#parquet.terminate();
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

  /**
   * Waits for the answer to a message; rejects when the reader breaks down. `take` returns the Parquet files in it that
   * nobody reads yet.
   */
  async exchange(
    hand: Hand,
    errand: Errand,
    asked: Promise<Answer>,
    take: (answer: Answer) => readonly ParquetBytes[],
    onSpans: (spans: readonly ScopeSpan[]) => void,
  ): Promise<void> {
    hand.outstanding++;
    await this.#during(async () => {
      try {
        const answer = await hand.answer(asked, errand);
        hand.soFar = answer.soFar;
        onSpans(answer.spans);
        for (const { path, bytes } of take(answer))
          await this.#readParquet(path, bytes, this.#onceOnly(path), onSpans);
      } finally {
        hand.outstanding--;
      }
    });
  }

  #give(hand: Hand, source: MessageSource, asked: Promise<Answer>): void {
    const take = ({ parquet }: Answer) => {
      if (this.#answered.has(source)) return [];
      this.#answered.add(source);
      return parquet;
    };
    const note = (spans: readonly ScopeSpan[]) => source.note(spans);
    this.exchange(hand, this.#errandOf(source), asked, take, note).catch(() => {});
  }

  /** What breaks a reader down is read one by one, so that in the end a single file is to blame. */
  #errandOf(source: MessageSource): Errand {
    return {
      again: async () => void this.lost.push(...(await source.readAgain(this, []))),
      brokeDown: async (detail) => {
        const [name, ...others] = source.names;
        if (others.length === 0) this.lost.push({ name, detail });
        else for (const part of source.parts()) this.lost.push(...(await part.readAgain(this, [])));
      },
    };
  }

  /** Parquet files out of archives are not at hand any more. */
  #onceOnly(name: string): Errand {
    const brokeDown = async (detail: string) => void this.lost.push({ name, detail });
    return { again: () => brokeDown('the reader that had read it failed'), brokeDown };
  }

  async #readParquet(
    path: string,
    file: Blob | Uint8Array<ArrayBuffer>,
    errand: Errand,
    onSpans: (spans: readonly ScopeSpan[]) => void,
  ): Promise<void> {
    await this.#parquet.read(path, file, errand).then(
      ({ spans }) => onSpans(spans),
      () => {},
    );
  }

  /** Of a reader that broke down: what it was at is told so, everything else it was given is read by others. */
  async #recover(hand: Hand | ParquetHand, reason: unknown): Promise<void> {
    if (hand.isAtFault && ++this.#breakdowns > MOST_BREAKDOWNS) return this.#fail(reason);
    const why = `a reader failed while reading it: ${whyUnreadable(reason)}`;
    const { at, others } = hand.errands;
    await this.#during(async () => {
      await Promise.all(at.map((errand) => errand.brokeDown(why)));
      for (const errand of others) await errand.again();
    }).catch(this.#fail);
  }

  async #during(work: () => Promise<void>): Promise<void> {
    this.#underway++;
    try {
      await work();
    } finally {
      this.#underway--;
      for (const wake of this.#onFree.splice(0)) wake();
    }
  }

  #freed(): Promise<void> {
    return new Promise((resolve) => this.#onFree.push(resolve));
  }

  /** Asks each reader once nothing is left to do; where one breaks down, a fresh one after it has read the same. */
  async #fromAll<T>(ask: (hand: Hand | ParquetHand) => Promise<T>): Promise<T[]> {
    const answers: T[] = [];
    for (;;) {
      while (this.#underway > 0) await this.#freed();
      const hands = [...this.#hands, ...this.#parquet.takeAll()];
      if (hands.length === 0) break;
      this.#hands = [];
      this.#leaving.push(...hands);
      const asked = hands.map((hand) => ask(hand).then((answer) => answers.push(answer)));
      await Promise.allSettled(asked);
    }
    this.terminate();
    return answers;
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
