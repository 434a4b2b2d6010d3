import type { ArchiveMember } from '../../core/container/plan';
import { Unpacker } from '../../core/container/unpack';
import { type Found, type LargeContents, NOTHING_FOUND } from './largeContents';

/** Unpacked so much at a time: DEFLATE makes at most a thousand times as much of it, usually half a megabyte. */
const STEP_BYTES = 64 << 10;

/** A file, or a member of an archive, that comes in slices. */
export class SlicedFile {
  readonly #unpacker: Unpacker;
  #bytes = 0;
  #turn: Promise<Found> = Promise.resolve(NOTHING_FOUND);

  constructor(
    private readonly source: string | ArchiveMember,
    private readonly contents: LargeContents,
  ) {
    this.#unpacker = new Unpacker(source, contents.sink);
  }

  /** Slices are taken in the order they come, the next one when there is room for what it unpacks to. */
  push(slice: ArrayBuffer): Promise<Found> {
    return (this.#turn = this.#turn.then(() => this.#read(slice)));
  }

  /** `failure`: why its last slices are missing. */
  async finish(failure: string | null): Promise<Found> {
    this.#unpacker.finish();
    const name = typeof this.source === 'string' ? this.source : this.source.path;
    await this.contents.finish(this.#bytes, failure === null ? null : { name, detail: failure });
    return this.contents.found();
  }

  async #read(slice: ArrayBuffer): Promise<Found> {
    for (let at = 0; at < slice.byteLength; at += STEP_BYTES) {
      const length = Math.min(STEP_BYTES, slice.byteLength - at);
      this.#unpacker.push(new Uint8Array(slice, at, length));
      await this.contents.room();
    }
    this.#bytes += slice.byteLength;
    return this.contents.found();
  }
}
