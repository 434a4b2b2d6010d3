import type { UnreadableReason } from '../../core/container/byteReceiver';
import type { FileSink, ParquetBytes } from '../../core/container/fileSink';
import type { FileNote } from '../../core/ledger';
import type { ScopeSpan } from '../../core/read/scopeSpans';
import type { Found, LargeContents } from './largeContents';

/**
 * Inflating a stream is serial work and so is scanning a file, and they take about as long. So one reader unpacks a large file
 * and sends what comes out, in parcels, to another that scans and counts it: of 1.8 s of CPU time for 500 MB of JSON lines
 * the busier one has 1.3.
 */

/** What a `FileSink` is told; pieces lie in the parcel's bytes. */
type Step =
  | { readonly tell: 'open'; readonly path: string }
  | { readonly tell: 'piece'; readonly start: number; readonly end: number }
  | { readonly tell: 'close'; readonly damage: string | null }
  | {
      readonly tell: 'skip';
      readonly path: string;
      readonly reason: UnreadableReason;
      readonly detail: string;
    };

interface Parcel {
  readonly bytes: ArrayBuffer;
  readonly steps: readonly Step[];
  /** In the last parcel of a file. */
  readonly end?: { readonly bytes: number; readonly failure: FileNote | null };
}

/** The answer to a parcel; its buffer comes back for the next one. */
type Receipt = { readonly bytes: ArrayBuffer; readonly found: Found } | { readonly error: unknown };

const PARCEL_BYTES = 1 << 20;
/** Parcels on their way: enough that neither reader waits for a message, few enough to stay in the cache. */
const CREDITS = 8;

/** Parquet files stay at the unpacking end: neither reader reads them. */
const nothingYet = () => ({
  events: 0,
  spans: [] as ScopeSpan[],
  parquet: [] as ParquetBytes[],
});

/** The unpacking end. */
export class SentContents implements LargeContents {
  readonly sink: FileSink = {
    open: (path) => this.#steps.push({ tell: 'open', path }),
    piece: (bytes, start, end) => this.#piece(bytes, start, end),
    close: (damage) => this.#steps.push({ tell: 'close', damage }),
    parquet: (path, bytes) => this.#found.parquet.push({ path, bytes }),
    skip: (path, reason, detail) => this.#steps.push({ tell: 'skip', path, reason, detail }),
  };
  readonly #spare: ArrayBuffer[] = [];
  #bytes = new Uint8Array(PARCEL_BYTES);
  #fill = 0;
  #steps: Step[] = [];
  #underway = 0;
  #found = nothingYet();
  #failure: { readonly error: unknown } | null = null;
  #onReceipt = (): void => {};

  constructor(private readonly port: MessagePort) {
    port.onmessage = ({ data }: MessageEvent<Receipt>) => this.#receive(data);
  }

  room(): Promise<void> {
    return this.#fewerThan(CREDITS);
  }

  found(): Found {
    const found = this.#found;
    this.#found = nothingYet();
    return found;
  }

  async finish(bytes: number, failure: FileNote | null): Promise<void> {
    this.#send({ bytes, failure });
    await this.#fewerThan(1);
    this.port.close();
  }

  #piece(bytes: Uint8Array, start: number, end: number): void {
    for (let at = start; at < end;) {
      const taken = Math.min(end - at, PARCEL_BYTES - this.#fill);
      this.#bytes.set(bytes.subarray(at, at + taken), this.#fill);
      this.#steps.push({ tell: 'piece', start: this.#fill, end: this.#fill + taken });
      this.#fill += taken;
      at += taken;
      if (this.#fill === PARCEL_BYTES) this.#send();
    }
  }

  #send(end?: Parcel['end']): void {
    const { buffer } = this.#bytes;
    const parcel: Parcel = { bytes: buffer, steps: this.#steps, end };
    this.port.postMessage(parcel, [buffer]);
    this.#underway++;
    this.#bytes = new Uint8Array(this.#spare.pop() ?? new ArrayBuffer(PARCEL_BYTES));
    this.#steps = [];
    this.#fill = 0;
  }

  #receive(receipt: Receipt): void {
    this.#underway--;
    if ('error' in receipt) this.#failure = receipt;
    else {
      if (this.#spare.length < CREDITS) this.#spare.push(receipt.bytes);
      this.#found.events += receipt.found.events;
      this.#found.spans.push(...receipt.found.spans);
    }
    this.#onReceipt();
  }

  /** Throws what went wrong at the other end. */
  async #fewerThan(parcels: number): Promise<void> {
    while (this.#underway >= parcels && this.#failure === null) {
      await new Promise<void>((resolve) => (this.#onReceipt = resolve));
    }
    if (this.#failure !== null) throw this.#failure.error;
  }
}

/** The scanning end: passes on to `contents` what comes through the port. */
export function takeParcels(port: MessagePort, contents: LargeContents): void {
  port.onmessage = async ({ data: { bytes, steps, end } }: MessageEvent<Parcel>) => {
    try {
      const whole = new Uint8Array(bytes);
      for (const step of steps) take(step, whole, contents.sink);
      if (end) await contents.finish(end.bytes, end.failure);
      port.postMessage({ bytes, found: contents.found() } satisfies Receipt, [bytes]);
    } catch (error) {
      port.postMessage({ error } satisfies Receipt);
    }
  };
}

function take(step: Step, bytes: Uint8Array, sink: FileSink): void {
  if (step.tell === 'open') sink.open(step.path);
  else if (step.tell === 'piece') sink.piece(bytes, step.start, step.end);
  else if (step.tell === 'close') sink.close(step.damage);
  else sink.skip(step.path, step.reason, step.detail);
}
