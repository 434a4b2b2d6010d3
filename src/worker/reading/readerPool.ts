import { transfer } from 'comlink';
import type { ParquetBytes } from '../../core/container/fileSink';
import type { ArchiveMember } from '../../core/container/plan';
import type { FileNote } from '../../core/ledger';
import type { ScopeSpan } from '../../core/read/scopeSpans';
import type { FileBytes } from './feed';
import { LargeErrand, type OnLargeSpans } from './largeErrand';
import { type Hand, ReaderCrew } from './readerCrew';
import type { Errand } from './readerHand';
import type { Reading } from './readingHand';
import type { SentPart } from './sentPart';
import type { Answer } from './readSoFar';
import type { MessageSource } from './readSources';

/**
 * What is given to the readers: each group goes to the one with the least to do, and waits when all are busy. What a reader
 * broke down over is `lost`.
 */
export class ReaderPool {
  readonly crew: ReaderCrew;
  /** Their Parquet files are with those who read them. */
  readonly #answered = new WeakSet<MessageSource>();
  /** Files and members that came after `stop`. */
  readonly unread: string[] = [];
  /** Files and members that a reader broke down over, or that could not be read once more. */
  readonly lost: FileNote[] = [];
  #isStopped = false;

  /** `readers`: not more than so many. */
  constructor(readers?: number) {
    this.crew = new ReaderCrew(readers);
  }

  /** Settles when the group is on its way and there is room for another. */
  async group(files: FileBytes[], source: MessageSource): Promise<void> {
    if (this.#isStopped) return this.leave(files);
    const hand = await this.crew.free();
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
    const hand = await this.crew.free();
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

  /** What each reader collected, by wish; they are spent. */
  collected(): Promise<ArrayBuffer[][]> {
    return this.crew.fromAll((hand) => hand.answer(hand.remote.collected()));
  }

  /** What the readers counted so far, for a look; they go on. */
  countedSoFar(withReads: boolean): Promise<SentPart[]> {
    return Promise.all(this.crew.hands.map((hand) => hand.answer(hand.remote.soFar(withReads))));
  }

  /** Everything the readers counted. They end with it: what they held makes room for merging it. */
  finish(): Promise<Reading[]> {
    return this.crew.fromAll((hand) => hand.answer(hand.remote.finish()));
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
    await this.crew.during(async () => {
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
    await this.crew.parquet.read(path, file, errand).then(
      ({ spans }) => onSpans(spans),
      () => {},
    );
  }
}
