import { transfer, wrap, type Remote } from 'comlink';
import { HEAD_BYTES, packingOf } from '../../core/container/magic';
import type { ActivityPart } from '../../core/activity/activityPart';
import type { ArchiveMember } from '../../core/container/plan';
import type { FileBytes } from './feed';
import { STOPPED } from '../../core/ledger';
import type { EventsWanted } from '../../core/read/collectRecords';
import type { ScopeSpan } from '../../core/read/scopeSpans';
import { LateWorker } from '../lateWorker';
import { NOTHING_READ, type Answer, type ReadSoFar } from './readSoFar';
import { ParquetHands } from './parquetHands';
import type { Reader } from './reader';
import type { Reading } from './readingHand';
import { whyUnreadable } from './skippedFiles';

/** Groups on their way to one reader: one being read, one waiting, so that it never idles. */
const CREDITS = 2;
/** More readers than this gain nothing: the browser hands files out no faster. */
const MOST_READERS = 8;
/** A file that goes through one reader comes in slices of this size. */
const SLICE_BYTES = 4 << 20;

/** Learns when the events of a message were. */
export type OnSpans = (spans: readonly ScopeSpan[]) => void;
const unheard: OnSpans = () => {};

interface Hand {
  readonly worker: LateWorker;
  readonly remote: Remote<Reader>;
  outstanding: number;
  soFar: ReadSoFar;
}

/** The readers, one per core: hands each group to the one with the least to do, waits when all are busy. */
export class ReaderPool {
  readonly #hands: Hand[];
  readonly #parquet: ParquetHands;
  #onFree: (() => void)[] = [];
  #largeFiles = 0;
  #isStopped = false;
  /** Files and members that came after `stop`. */
  readonly unread: string[] = [];
  #fail!: (reason: unknown) => void;
  /** Rejects when a reader breaks down; never settles otherwise. */
  readonly failed = new Promise<never>((_, reject) => (this.#fail = reject));

  constructor(most = MOST_READERS) {
    this.failed.catch(() => {});
    const readers = Math.min(most, navigator.hardwareConcurrency || 2);
    this.#hands = Array.from({ length: readers }, hire);
    this.#parquet = new ParquetHands(readers);
  }

  /** Lets the readers practise, so that the first files are read at full speed. */
  warmUp(): void {
    for (const { remote } of this.#hands) void remote.warmUp();
  }

  /** What all readers together have read. */
  get soFar(): ReadSoFar {
    const sum = (of: (soFar: ReadSoFar) => number) =>
      [...this.#hands, this.#parquet].reduce((total, { soFar }) => total + of(soFar), 0);
    return {
      events: sum(({ events }) => events),
      files: sum(({ files }) => files),
      bytes: sum(({ bytes }) => bytes),
      largeBytes: sum(({ largeBytes }) => largeBytes),
    };
  }

  /** Settles when the group is on its way and there is room for another. */
  async group(files: FileBytes[], onSpans = unheard): Promise<void> {
    if (this.#isStopped) return this.leave(files);
    const hand = await this.#free();
    const buffers = files.map(({ bytes }) => bytes);
    void this.#busy(hand, hand.remote.read(transfer(files, buffers)), onSpans);
  }

  /** The same for members of an archive. */
  async members(
    bytes: ArrayBuffer,
    offset: number,
    members: readonly ArchiveMember[],
    onSpans = unheard,
  ): Promise<void> {
    if (this.#isStopped) return this.leave(members);
    const hand = await this.#free();
    const reading = hand.remote.readMembers(transfer(bytes, [bytes]), offset, members);
    void this.#busy(hand, reading, onSpans);
  }

  /**
   * Reads a file, or a member of an archive, of any size a slice at a time: one reader unpacks it, another counts. Tells in
   * words why its last slices could not be read; null when all were. `onSpans` learns behind which byte the events were
   * complete, too.
   */
  async slices(
    source: string | ArchiveMember,
    file: Blob,
    onSpans: (spans: readonly ScopeSpan[], end: number) => void = unheard,
  ): Promise<string | null> {
    if (this.#isStopped) {
      this.leave([typeof source === 'string' ? { path: source } : source]);
      return null;
    }
    const isPacked = await unpacksToMore(file);
    const hand = await this.#free();
    const id = this.#largeFiles++;
    this.#begin(hand, id, source, isPacked);
    const failure = await this.#pass(hand, id, file, onSpans);
    const end = (spans: readonly ScopeSpan[]) => onSpans(spans, file.size);
    await this.#busy(hand, hand.remote.endLarge(id, failure), end);
    return failure;
  }

  #begin(hand: Hand, id: number, source: string | ArchiveMember, isPacked: boolean): void {
    const others = this.#hands.filter((other) => other !== hand);
    if (!isPacked || others.length === 0) {
      hand.remote.beginLarge(id, source, null).catch(this.#fail);
      return;
    }
    const { port1, port2 } = new MessageChannel();
    idlestOf(others)
      .remote.takeLarge(transfer(port1, [port1]))
      .catch(this.#fail);
    hand.remote.beginLarge(id, source, transfer(port2, [port2])).catch(this.#fail);
  }

  /** Reads a dropped Parquet file of any size. */
  parquet(path: string, file: Blob, onSpans = unheard): Promise<void> {
    if (this.#isStopped) {
      this.leave([{ path }]);
      return Promise.resolve();
    }
    return this.#parquet.read(path, file, onSpans);
  }

  /** Hands over slice after slice: while one is unpacked the next one waits at the reader and another is on its way from disk. */
  async #pass(
    hand: Hand,
    id: number,
    file: Blob,
    onSpans: (spans: readonly ScopeSpan[], end: number) => void,
  ): Promise<string | null> {
    const sliceAt = (at: number) => file.slice(at, at + SLICE_BYTES).arrayBuffer();
    let next = sliceAt(0);
    let before = Promise.resolve();
    for (let at = 0; at < file.size; at += SLICE_BYTES) {
      if (this.#isStopped) {
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
      next = sliceAt(at + SLICE_BYTES);
      next.catch(() => {});
      const end = at + slice.byteLength;
      const reading = hand.remote.readSlice(id, transfer(slice, [slice]));
      const busy = this.#busy(hand, reading, (spans) => onSpans(spans, end));
      await before;
      before = busy;
    }
    await before;
    return null;
  }

  /** Makes the readers collect what is wanted instead of counting. */
  async collect(wanted: readonly EventsWanted[]): Promise<void> {
    this.#parquet.collect(wanted);
    await Promise.all(this.#hands.map(({ remote }) => remote.collect(wanted)));
  }

  /** What each reader collected, by wish; they are spent. */
  async collected(): Promise<ArrayBuffer[][]> {
    await this.#idle();
    const all = [...this.#hands, ...this.#parquet.hands];
    return Promise.all(all.map(({ remote }) => remote.collected()));
  }

  /** What the readers counted so far, for a look; they go on. */
  countedSoFar(withReads: boolean): Promise<ActivityPart[]> {
    const all = [...this.#hands, ...this.#parquet.hands];
    return Promise.all(all.map(({ remote }) => remote.soFar(withReads)));
  }

  /** Everything the readers counted. They end with it: what they held makes room for merging it. */
  async finish(): Promise<Reading[]> {
    await this.#idle();
    const all = [...this.#hands, ...this.#parquet.hands];
    const readings = await Promise.all(all.map(({ remote }) => remote.finish()));
    this.terminate();
    return readings;
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
    for (const { worker } of this.#hands) worker.terminate();
    this.#parquet.terminate();
  }

  async #busy(hand: Hand, work: Promise<Answer>, onSpans: OnSpans): Promise<void> {
    hand.outstanding++;
    try {
      const { soFar, spans, parquet } = await work;
      hand.soFar = soFar;
      onSpans(spans);
      for (const { path, bytes } of parquet) await this.#parquet.read(path, bytes, onSpans);
    } catch (reason) {
      this.#fail(reason);
    }
    hand.outstanding--;
    this.#onFree.shift()?.();
  }

  /** Settles when no reader has anything left to do. */
  async #idle(): Promise<void> {
    while (this.#hands.some(({ outstanding }) => outstanding > 0)) {
      await new Promise<void>((resolve) => this.#onFree.push(resolve));
    }
  }

  async #free(): Promise<Hand> {
    for (;;) {
      const idlest = idlestOf(this.#hands);
      if (idlest.outstanding < CREDITS) return idlest;
      await new Promise<void>((resolve) => this.#onFree.push(resolve));
    }
  }
}

/** Whether unpacking is work; what cannot be read shows when it is its turn. */
async function unpacksToMore(file: Blob): Promise<boolean> {
  const head = await file
    .slice(0, HEAD_BYTES)
    .arrayBuffer()
    .catch(() => new ArrayBuffer());
  return packingOf(new Uint8Array(head), 0, head.byteLength) !== 'plain';
}

const idlestOf = (hands: readonly Hand[]): Hand =>
  hands.reduce((a, b) => (b.outstanding < a.outstanding ? b : a));

function hire(): Hand {
  const worker = new LateWorker(() => import('./reader?worker&inline'));
  return {
    worker,
    remote: wrap<Reader>(worker),
    outstanding: 0,
    soFar: NOTHING_READ,
  };
}
