import { parseKeyMap } from '../../core/export/redact/keyMap';
import type { Pseudonym } from '../../core/export/redact/redact';
import { importShared } from '../../core/export/shared/importShared';
import type { SharedAnalysis } from '../../core/export/shared/sharedAnalysis';
import { parseForeignJson, RefusedJson } from '../../core/foreignJson';
import { headOf, showsPassedOn, textOf } from './passedOn';

/** A file that somebody passed on. */
export type ReceivedFile =
  | { readonly kind: 'analysis'; readonly analysis: SharedAnalysis }
  | { readonly kind: 'key map'; readonly pseudonyms: readonly Pseudonym[] };

/** As many bytes as `parseForeignJson` takes characters. */
const MOST_BYTES = 64 * 1024 * 1024;

/**
 * A shared analysis or a key map, told by its members; null for anything else, which is for the readers of logs. Throws
 * `RefusedJson` for a file that claims to be one and is not sound.
 */
export async function receiveFile(dropped: Blob): Promise<ReceivedFile | null> {
  const head = await headOf(dropped);
  if (!showsPassedOn(head)) return null;
  if (dropped.size > MOST_BYTES) {
    if (!head.includes('"trailglass')) return null;
    throw new RefusedJson(`The file has ${dropped.size} bytes, more than ${MOST_BYTES}.`);
  }
  const text = await textOf(dropped, MOST_BYTES);
  if (!/"trailglass(?:KeyMap)?"\s*:/.test(text)) return null;
  const members = parseForeignJson(text) as Readonly<Record<string, unknown>>;
  if (members.trailglassKeyMap !== undefined) {
    return { kind: 'key map', pseudonyms: parseKeyMap(text) };
  }
  if (members.trailglass === undefined) return null;
  return { kind: 'analysis', analysis: importShared(text) };
}
