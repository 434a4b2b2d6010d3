import { unpack, Unpacker } from '../../../src/core/container/unpack';
import { RecordingSink } from './recordingSink';

export function unpacked(bytes: Uint8Array, path = 'in'): RecordingSink {
  const sink = new RecordingSink();
  unpack(path, bytes, sink);
  return sink;
}

/** The same bytes through an Unpacker in chunks of the given lengths, repeated. */
export function unpackedInChunks(bytes: Uint8Array, lengths: number[], path = 'in'): RecordingSink {
  const sink = new RecordingSink();
  const unpacker = new Unpacker(path, sink);
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const next = Math.min(bytes.length, at + lengths[i % lengths.length]);
    unpacker.push(bytes.subarray(at, next));
    at = next;
  }
  unpacker.finish();
  return sink;
}
