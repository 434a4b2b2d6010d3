import type { UnreadableReason } from './byteReceiver';

/** A Parquet file as it came out of its packing. */
export interface ParquetBytes {
  readonly path: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/**
 * Takes the files inside what was dropped, one after the other. Every file and every archive entry but directories is
 * told exactly once, by `open` … `close`, by `parquet` or by `skip`; damage of an archive itself is told by `skip` with the archive's own path.
 */
export interface FileSink {
  /** A file begins. Its path, outermost container first: `outer.tar/AWSLogs/…/x.json.gz`. */
  open(path: string): void;
  /** bytes[start, end) of its fully unpacked contents come next; valid only during the call. */
  piece(bytes: Uint8Array, start: number, end: number): void;
  /** The file ended. `damage` tells in words, with byte offsets, what is missing or wrong; the pieces so far are still good. */
  close(damage: string | null): void;
  /** A Parquet file, whole, since it is read from its end on. The bytes are the receiver's to keep. */
  parquet(path: string, bytes: Uint8Array<ArrayBuffer>): void;
  /** A file that cannot be read at all, or a damaged place in the archive `path`. */
  skip(path: string, reason: UnreadableReason, detail: string): void;
}

/** How much one dropped file may unpack to, all layers counted. */
export interface UnpackLimits {
  /** Containers inside one another. */
  readonly depth: number;
  /** Unpacked bytes whatever the file's size, and more per byte of the file. */
  readonly bytes: number;
  readonly bytesPerByte: number;
}

/**
 * DEFLATE never exceeds 1,032 : 1, so nothing compressed once is ever refused, however dull the log; a file compressed several times
 * over may still reach 4 GiB. Only bombs do more.
 */
export const UNPACK_LIMITS: UnpackLimits = { depth: 6, bytes: 2 ** 32, bytesPerByte: 1100 };

/** Thrown through all layers when a file unpacks to more than it may; caught by the unpacker that began it. */
export class TooLarge extends Error {}

/** What all layers of one dropped file share: the sink, and how much has been unpacked. */
export class Delivery {
  openPath: string | null = null;
  private allowed: number;
  private unpacked = 0;

  constructor(
    private readonly sink: FileSink,
    readonly limits: UnpackLimits,
  ) {
    this.allowed = limits.bytes;
  }

  /** So many bytes of the dropped file came in. */
  take(count: number): void {
    this.allowed += count * this.limits.bytesPerByte;
  }

  /** So many bytes came out of a layer. */
  unpack(count: number): void {
    this.unpacked += count;
    if (this.unpacked > this.allowed) {
      throw new TooLarge(`stopped after ${this.unpacked} unpacked bytes: no log packs so well`);
    }
  }

  open(path: string): void {
    this.openPath = path;
    this.sink.open(path);
  }

  piece(bytes: Uint8Array, start: number, end: number): void {
    this.sink.piece(bytes, start, end);
  }

  close(damage: string | null): void {
    this.openPath = null;
    this.sink.close(damage);
  }

  parquet(path: string, bytes: Uint8Array<ArrayBuffer>): void {
    this.sink.parquet(path, bytes);
  }

  skip(path: string, reason: UnreadableReason, detail: string): void {
    this.sink.skip(path, reason, detail);
  }
}
