import { packingOf } from '../../core/container/magic';
import type { FileSink } from '../../core/container/fileSink';
import { LogReader } from '../../core/read/readFile';

/**
 * Reads a file by `read`; where that throws, which is our fault and not the file's, once more with what the browser brings
 * along: DecompressionStream and JSON.parse. What was counted before is not counted again. Settles with the file accounted
 * for, whatever happens.
 */
export async function orReadAgain<Sink extends FileSink>(
  path: string,
  file: Uint8Array<ArrayBuffer>,
  sink: Sink,
  read: (sink: Sink) => void,
): Promise<void> {
  try {
    return read(sink);
  } catch (error) {
    if (!(sink instanceof LogReader)) return;
    const why = error instanceof Error ? error.message : String(error);
    const counted = sink.abandon();
    const plain = await unpacked(file);
    if (plain === null) sink.skip(path, 'unreadable', `reading it broke down: ${why}`);
    else sink.readPlainly(path, plain, counted, why);
  }
}

/** The contents of a plain file or of one in gzip; null for archives, whose members are read one by one elsewhere. */
async function unpacked(file: Uint8Array<ArrayBuffer>): Promise<Uint8Array | null> {
  const packing = packingOf(file, 0, file.length);
  if (packing === 'plain') return file;
  if (packing !== 'gzip') return null;
  const stream = new Blob([file]).stream().pipeThrough(new DecompressionStream('gzip'));
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  try {
    for (const reader = stream.getReader(); ;) {
      const { value, done } = await reader.read();
      if (done) break;
      chunks.push(value);
    }
  } catch {
    if (chunks.length === 0) return null;
  }
  const plain = new Uint8Array(await new Blob(chunks).arrayBuffer());
  return packingOf(plain, 0, plain.length) === 'plain' ? plain : null;
}
