import { NOWHERE } from './byteReceiver';
import type { ByteReceiver, MemberReceiver, UnreadableReason } from './byteReceiver';
import type { Delivery } from './fileSink';
import { GzipReader } from './gzip';
import { HEAD_BYTES, packingOf } from './magic';
import { TarReader } from './tarReader';
import { ZipReader } from './zipReader';

/**
 * One file whose packing is not known yet: its first 512 bytes decide whether it is unpacked further or delivered as it is.
 * The dropped file is one, and so is what comes out of every container.
 */
export class Layer implements ByteReceiver {
  private head: Uint8Array | null = null;
  private headFill = 0;
  private inner: ByteReceiver | null = null;

  /** `depth`: containers around it. */
  constructor(
    private readonly path: string,
    private readonly delivery: Delivery,
    private readonly depth: number,
  ) {}

  push(bytes: Uint8Array, start: number, end: number): void {
    this.pass(bytes, start, end);
    if (this.depth > 0) this.delivery.unpack(end - start);
  }

  finish(damage: string | null): void {
    (this.inner ?? this.beginWithHead()).finish(damage);
  }

  private pass(bytes: Uint8Array, start: number, end: number): void {
    if (this.inner !== null) {
      this.inner.push(bytes, start, end);
      return;
    }
    if (this.headFill === 0 && end - start >= HEAD_BYTES) {
      this.inner = this.begin(bytes, start, end);
      this.inner.push(bytes, start, end);
      return;
    }
    this.head ??= new Uint8Array(HEAD_BYTES);
    const taken = Math.min(HEAD_BYTES - this.headFill, end - start);
    this.head.set(bytes.subarray(start, start + taken), this.headFill);
    this.headFill += taken;
    if (this.headFill < HEAD_BYTES) return;
    this.beginWithHead().push(bytes, start + taken, end);
  }

  private beginWithHead(): ByteReceiver {
    const head = this.head ?? new Uint8Array(0);
    this.inner = this.begin(head, 0, this.headFill);
    this.inner.push(head, 0, this.headFill);
    return this.inner;
  }

  private begin(bytes: Uint8Array, start: number, end: number): ByteReceiver {
    const packing = packingOf(bytes, start, end);
    if (packing === 'plain') return new PlainFile(this.path, this.delivery);
    if (packing === 'parquet') return new ParquetBytes(this.path, this.delivery);
    if (typeof packing === 'object') return this.skipped('not a log file', packing.foreign);
    if (this.depth >= this.delivery.limits.depth) {
      return this.skipped('too large', `containers nested more than ${this.depth} deep`);
    }
    const { path, delivery, depth } = this;
    if (packing === 'gzip') return new GzipReader(new Layer(path, delivery, depth + 1));
    const members = new Members(path, delivery, depth + 1);
    return packing === 'tar' ? new TarReader(members) : new ZipReader(members);
  }

  private skipped(reason: UnreadableReason, detail: string): ByteReceiver {
    this.delivery.skip(this.path, reason, detail);
    return NOWHERE;
  }
}

/** Contents that are no container. */
class PlainFile implements ByteReceiver {
  constructor(
    path: string,
    private readonly delivery: Delivery,
  ) {
    delivery.open(path);
  }

  push(bytes: Uint8Array, start: number, end: number): void {
    if (end > start) this.delivery.piece(bytes, start, end);
  }

  finish(damage: string | null): void {
    this.delivery.close(damage);
  }
}

/** Larger ones are read in parts when they are dropped as they are, which inside a packing they cannot be. */
const LARGEST_PARQUET = 1 << 28;

/** A Parquet file, which is read from its end on. */
class ParquetBytes implements ByteReceiver {
  private bytes = new Uint8Array(1 << 16);
  private length = 0;

  constructor(
    private readonly path: string,
    private readonly delivery: Delivery,
  ) {}

  push(bytes: Uint8Array, start: number, end: number): void {
    const length = this.length + end - start;
    if (length <= LARGEST_PARQUET) {
      if (length > this.bytes.length) this.grow(length);
      this.bytes.set(bytes.subarray(start, end), this.length);
    }
    this.length = length;
  }

  finish(damage: string | null): void {
    if (damage !== null) return this.delivery.skip(this.path, 'damaged', damage);
    if (this.length > LARGEST_PARQUET) return this.delivery.skip(this.path, 'too large', UNPACK_IT);
    this.delivery.parquet(this.path, this.bytes.slice(0, this.length));
  }

  private grow(length: number): void {
    const grown = new Uint8Array(Math.max(length, 2 * this.bytes.length));
    grown.set(this.bytes.subarray(0, this.length));
    this.bytes = grown;
  }
}

const UNPACK_IT = 'a Parquet file of more than 256 MB inside an archive; unpack it first';

/** The members of the archive `path`, each a file whose packing is not known yet. */
export class Members implements MemberReceiver {
  private count = 0;

  constructor(
    private readonly path: string,
    private readonly delivery: Delivery,
    private readonly depth: number,
  ) {}

  member(name: string): ByteReceiver {
    this.count++;
    return new Layer(memberPath(this.path, name), this.delivery, this.depth);
  }

  skip(name: string, reason: UnreadableReason, detail: string): void {
    this.count++;
    this.delivery.skip(memberPath(this.path, name), reason, detail);
  }

  /** The archive ended; one without a single file is accounted for itself. */
  end(): void {
    if (this.count === 0) this.delivery.skip(this.path, 'not a log file', EMPTY_ARCHIVE);
  }
}

export const EMPTY_ARCHIVE = 'an archive without files';

/** `archive/name`; the archive's own path for a place in it that has no name. */
export function memberPath(archive: string, name: string): string {
  return name === '' ? archive : `${archive}/${name.replace(/^(\.?\/)+/, '')}`;
}
