import type { ByteReceiver } from './byteReceiver';
import { crc32 } from './crc32';
import type { Inflater } from './inflate';
import { giveBackInflater, takeInflater } from './inflaterPool';
import { DEFLATED } from './zip';

/** An entry's data on their way to its contents, counted and summed. */
export interface ZipData {
  /** CRC-32 and length of the contents; final after `end`. */
  readonly crc: number;
  readonly size: number;
  /** The data have told their own end; only deflated data do. */
  readonly isComplete: boolean;
  push(bytes: Uint8Array, start: number, end: number): void;
  /** No more data. Returns the bytes behind the data's own end, and what is wrong with them or null. */
  end(): { unread: Uint8Array; damage: string | null };
}

export function zipData(method: number, contents: ByteReceiver): ZipData {
  return method === DEFLATED ? new DeflatedData(contents) : new StoredData(contents);
}

/** What `data` and the entry's header or descriptor disagree about; null when nothing. */
export function verifyZipData(data: ZipData, crc: number, size: number): string | null {
  if (data.size !== size) return `contents are ${data.size} bytes long instead of ${size}`;
  return data.crc === crc ? null : 'contents differ from their CRC-32';
}

class StoredData implements ZipData {
  readonly isComplete = false;
  crc = 0;
  size = 0;

  constructor(private readonly contents: ByteReceiver) {}

  push(bytes: Uint8Array, start: number, end: number): void {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.crc = crc32(this.crc, bytes, view, start, end);
    this.size += end - start;
    this.contents.push(bytes, start, end);
  }

  end(): { unread: Uint8Array; damage: null } {
    return { unread: new Uint8Array(0), damage: null };
  }
}

class DeflatedData implements ZipData {
  crc = 0;
  size = 0;
  isComplete = false;
  private readonly inflater: Inflater;

  constructor(contents: ByteReceiver) {
    this.inflater = takeInflater((bytes, start, end) => contents.push(bytes, start, end));
  }

  push(bytes: Uint8Array, start: number, end: number): void {
    for (let at = start; at < end && !this.isComplete;) {
      at += this.inflater.input.fill(bytes, at, end);
      this.isComplete = this.inflater.run(false) !== 'more';
    }
  }

  end(): { unread: Uint8Array; damage: string | null } {
    const { inflater } = this;
    const { input } = inflater;
    const result = inflater.run(true);
    inflater.flush();
    this.crc = inflater.crc;
    this.size = inflater.size;
    giveBackInflater(inflater);
    return {
      unread: input.bytes.slice(input.position, input.end),
      damage: result === 'done' ? null : inflater.damage,
    };
  }
}
