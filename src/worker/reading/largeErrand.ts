import { transfer } from 'comlink';
import type { ParquetBytes } from '../../core/container/fileSink';
import { HEAD_BYTES, packingOf } from '../../core/container/magic';
import type { ArchiveMember } from '../../core/container/plan';
import { STOPPED } from '../../core/ledger';
import type { ScopeSpan } from '../../core/read/scopeSpans';
import type { Errand } from './readerHand';
import type { Hand } from './readerCrew';
import type { ReaderPool } from './readerPool';
import type { Answer } from './readSoFar';
import { whyUnreadable } from './skippedFiles';

/** A file that goes through one reader comes in slices of this size. */
const SLICE_BYTES = 4 << 20;

/** Learns when events were, and behind which byte they were complete. */
export type OnLargeSpans = (spans: readonly ScopeSpan[], end: number) => void;

let largeFiles = 0;

/**
 * A file, or a member of an archive, of any size, read a slice at a time: one reader unpacks it, another counts. Where one
 * of them breaks down, both give way to fresh ones, who begin anew; where these do, too, it is read as far as it is known
 * to do no harm.
 */
export class LargeErrand implements Errand {
  readonly #path: string;
  #hands: readonly Hand[] = [];
  #breakdowns = 0;
  #why = '';
  #isRead = false;
  /** Slices up to this byte are read. */
  #known = 0;
  /** Parquet files that were found in it, and handed on, so far; and by this try. */
  #parquet = 0;
  #parquetAgain = 0;

  constructor(
    private readonly pool: ReaderPool,
    private readonly source: string | ArchiveMember,
    private readonly file: Blob,
    private readonly onSpans: OnLargeSpans,
  ) {
    this.#path = typeof source === 'string' ? source : source.path;
  }

  /** Tells in words why its last slices could not be read; null when all were. */
  async read(): Promise<string | null> {
    this.#isRead = false;
    for (;;) {
      const end = this.#harmlessUpTo();
      if (end === 0) {
        this.pool.lost.push({ name: this.#path, detail: this.#why });
        return this.#why;
      }
      const failure = end === null ? null : `from byte ${end} on: ${this.#why}`;
      try {
        return await this.#try(end ?? this.file.size, failure);
      } catch (reason) {
        if (!this.#hands.some(({ isBroken }) => isBroken)) throw reason;
      }
    }
  }

  async again(): Promise<void> {
    if (this.#isRead) await this.read();
  }

  async brokeDown(why: string): Promise<void> {
    this.#breakdowns++;
    this.#why = why;
    for (const hand of this.#hands) hand.breakDown(new Error('beside another'), false);
  }

  /** Null is all of it. What is unpacked waits at the other reader, at most a slice's worth. */
  #harmlessUpTo(): number | null {
    if (this.#breakdowns < 2) return null;
    return this.#breakdowns === 2 ? Math.max(0, this.#known - SLICE_BYTES) : 0;
  }

  async #try(end: number, failure: string | null): Promise<string | null> {
    const first = this.#slice(0, end);
    const isPacked = await first.then(unpacksToMore, () => false);
    const hand = await this.pool.crew.free();
    const counter = isPacked ? this.pool.crew.besides(hand) : null;
    const id = largeFiles++;
    this.#hands = counter ? [hand, counter] : [hand];
    this.#known = this.#parquetAgain = 0;
    for (const each of this.#hands) each.begin(this);
    this.#begin(id, hand, counter);
    const why = (await this.#pass(hand, id, first, end)) ?? failure;
    await this.#exchange(hand, hand.remote.endLarge(id, why), end);
    for (const each of this.#hands) each.end(this);
    this.#isRead = true;
    return why;
  }

  #begin(id: number, hand: Hand, counter: Hand | null): void {
    const begun = (asked: Promise<void>, by: Hand) => void by.answer(asked, this).catch(() => {});
    if (counter === null) return begun(hand.remote.beginLarge(id, this.source, null), hand);
    const { port1, port2 } = new MessageChannel();
    begun(counter.remote.takeLarge(transfer(port1, [port1])), counter);
    begun(hand.remote.beginLarge(id, this.source, transfer(port2, [port2])), hand);
  }

  /** Hands over slice after slice: while one is unpacked the next one waits at the reader and another is on its way from disk. */
  async #pass(
    hand: Hand,
    id: number,
    first: Promise<ArrayBuffer>,
    end: number,
  ): Promise<string | null> {
    let next = first;
    let before = Promise.resolve();
    for (let at = 0; at < end; at += SLICE_BYTES) {
      if (this.pool.isStopped) {
        await before;
        return `from byte ${at} on: ${STOPPED}`;
      }
      let slice: ArrayBuffer;
      try {
        slice = await next;
      } catch (error) {
        await before;
        return `from byte ${at} on: ${whyUnreadable(error)}`;
      }
      next = this.#slice(at + SLICE_BYTES, end);
      next.catch(() => {});
      const upTo = at + slice.byteLength;
      const reading = hand.remote.readSlice(id, transfer(slice, [slice]));
      const exchanged = this.#exchange(hand, reading, upTo);
      exchanged.catch(() => {});
      await before;
      before = exchanged;
    }
    await before;
    return null;
  }

  #slice(at: number, end: number): Promise<ArrayBuffer> {
    return this.file.slice(at, Math.min(end, at + SLICE_BYTES)).arrayBuffer();
  }

  async #exchange(hand: Hand, asked: Promise<Answer>, end: number): Promise<void> {
    const note = (spans: readonly ScopeSpan[]) => this.onSpans(spans, end);
    await this.pool.exchange(hand, this, asked, (answer) => this.#take(answer), note);
    this.#known = end;
  }

  /** A further try finds the same Parquet files in the same order. */
  #take({ parquet }: Answer): readonly ParquetBytes[] {
    const known = Math.max(0, Math.min(parquet.length, this.#parquet - this.#parquetAgain));
    this.#parquetAgain += parquet.length;
    this.#parquet = Math.max(this.#parquet, this.#parquetAgain);
    return parquet.slice(known);
  }
}

/** Whether unpacking is work. */
const unpacksToMore = (first: ArrayBuffer): boolean =>
  packingOf(new Uint8Array(first), 0, Math.min(HEAD_BYTES, first.byteLength)) !== 'plain';
