import { crc32 } from './crc32';

/** A piece handed on is at most this long: a log file that unpacks to no more arrives in one piece. */
export const PIECE_BYTES = 8 << 20;
/** What a matching distance can reach back (RFC 1951, 2). */
const WINDOW = 32768;
/** The buffer begins with room for the usual log file, and is kept when it has grown. */
const FIRST_BYTES = 1 << 20;
/** Behind `limit` one round of the decoding loop may still write 4 + 258 bytes and copy up to 15 too many. */
const SLACK = 320;
/** Summed while the bytes are still in the second-level cache. */
const CHECK_EVERY = 1 << 19;

/** Receives unpacked bytes; they are valid only during the call. */
export type PieceReceiver = (bytes: Uint8Array, start: number, end: number) => void;

/** Unpacked bytes on their way out: gathered to pieces, summed, and the last 32 kB kept for references back. */
export class OutputWindow {
  bytes = new Uint8Array(FIRST_BYTES + SLACK);
  view = new DataView(this.bytes.buffer);
  /** Next byte to write, and from where on `makeRoom` must be called before writing. */
  written = 0;
  limit = 0;
  /** First byte that the stream may refer to. */
  windowStart = 0;
  /** CRC-32 and length of the stream's bytes up to the last `check`. */
  crc = 0;
  size = 0;
  private delivered = 0;
  private checked = 0;
  private receive: PieceReceiver = () => {};

  /** Forgets everything but the buffer; pieces go to `receive` from now on. */
  reset(receive: PieceReceiver): void {
    this.receive = receive;
    this.written = this.delivered = this.limit = 0;
    this.begin();
  }

  /** Another stream begins; bytes of the one before may still wait for `flush`. */
  begin(): void {
    this.crc = this.size = 0;
    this.windowStart = this.checked = this.written;
  }

  makeRoom(): void {
    this.check();
    if (this.written >= this.bytes.length - SLACK) {
      if (this.bytes.length < PIECE_BYTES) this.grow();
      else this.slide();
    }
    this.limit = Math.min(this.bytes.length - SLACK, this.written + CHECK_EVERY);
  }

  check(): void {
    this.crc = crc32(this.crc, this.bytes, this.view, this.checked, this.written);
    this.size += this.written - this.checked;
    this.checked = this.written;
  }

  /** Hands on what no piece has carried yet. */
  flush(): void {
    this.check();
    if (this.written > this.delivered) this.receive(this.bytes, this.delivered, this.written);
    this.delivered = this.written;
  }

  private grow(): void {
    const larger = new Uint8Array(2 * (this.bytes.length - SLACK) + SLACK);
    larger.set(this.bytes.subarray(0, this.written));
    this.bytes = larger;
    this.view = new DataView(larger.buffer);
  }

  private slide(): void {
    this.flush();
    const kept = Math.min(WINDOW, this.written - this.windowStart);
    this.bytes.copyWithin(0, this.written - kept, this.written);
    this.windowStart = 0;
    this.written = this.delivered = this.checked = kept;
  }
}
