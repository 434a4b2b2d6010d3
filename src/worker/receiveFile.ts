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
export async function receiveFile(file: Blob): Promise<ReceivedFile | null> {
  const head = await file.slice(0, HEAD_BYTES).text();
  if (!/^\s*\{/.test(head) || !/"insightDetails"|"trailglass(?:KeyMap)?"/.test(head)) return null;
  if (file.size > MOST_BYTES) {
    if (!head.includes('"trailglass')) return null;
    throw new RefusedJson(`The file has ${file.size} bytes, more than ${MOST_BYTES}.`);
  }
  const text = await file.text();
  if (!/"trailglass(?:KeyMap)?"\s*:/.test(text)) return null;
  const members = parseForeignJson(text) as Readonly<Record<string, unknown>>;
  if (members.trailglassKeyMap !== undefined) {
    return { kind: 'key map', pseudonyms: parseKeyMap(text) };
  }
  if (members.trailglass === undefined) return null;
  return { kind: 'analysis', analysis: importShared(text) };
}
