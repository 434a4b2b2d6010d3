import { parseKeyMap } from '../core/export/redact/keyMap';
import type { Pseudonym } from '../core/export/redact/redact';
import { importShared } from '../core/export/shared/importShared';
import type { SharedAnalysis } from '../core/export/shared/sharedAnalysis';
import { parseForeignJson, RefusedJson } from '../core/foreignJson';

/** A file that somebody passed on. */
export type ReceivedFile =
  | { readonly kind: 'analysis'; readonly analysis: SharedAnalysis }
  | { readonly kind: 'key map'; readonly pseudonyms: readonly Pseudonym[] };

/** As many bytes as `parseForeignJson` takes characters. */
const MOST_BYTES = 64 * 1024 * 1024;
/** A shared file shows itself in its first record, or right behind its empty list of records. */
const HEAD_BYTES = 64 * 1024;

/**
 * A shared analysis or a key map, told by its members; null for anything else, which is for the readers of logs. Throws
 * `RefusedJson` for a file that claims to be one and is not sound.
 */
export async function receiveFile(dropped: Blob): Promise<ReceivedFile | null> {
  const isPacked = await isGzip(dropped);
  const head = isPacked
    ? await unpackedText(dropped, HEAD_BYTES)
    : await dropped.slice(0, HEAD_BYTES).text();
  if (!/^\s*\{/.test(head) || !/"insightDetails"|"trailglass(?:KeyMap)?"/.test(head)) return null;
  if (dropped.size > MOST_BYTES) {
    if (!head.includes('"trailglass')) return null;
    throw new RefusedJson(`The file has ${dropped.size} bytes, more than ${MOST_BYTES}.`);
  }
  const text = isPacked ? await unpackedText(dropped, MOST_BYTES) : await dropped.text();
  if (!/"trailglass(?:KeyMap)?"\s*:/.test(text)) return null;
  const members = parseForeignJson(text) as Readonly<Record<string, unknown>>;
  if (members.trailglassKeyMap !== undefined) {
    return { kind: 'key map', pseudonyms: parseKeyMap(text) };
  }
  if (members.trailglass === undefined) return null;
  return { kind: 'analysis', analysis: importShared(text) };
}

async function isGzip(file: Blob): Promise<boolean> {
  const [first, second] = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  return first === 0x1f && second === 0x8b;
}

/** The first bytes of what is packed, as far as it can be unpacked; a file of logs is for the readers, who say what is wrong. */
async function unpackedText(file: Blob, most: number): Promise<string> {
  const reader = file.stream().pipeThrough(new DecompressionStream('gzip')).getReader();
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  try {
    for (let length = 0; length < most;) {
      const { value, done } = await reader.read();
      if (done) break;
      chunks.push(value);
      length += value.length;
    }
    await reader.cancel();
  } catch {
    return '';
  }
  return new Blob(chunks).text();
}
