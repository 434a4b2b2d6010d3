import * as v from 'valibot';
import type { Analysis } from '../../analysis';
import { checked, parseForeignJson } from '../../foreignJson';
import { KnownValues } from './knownValues';
import { mapAnalysis } from './mapAnalysis';
import type { Pseudonym } from './redact';
import { VALUE_CLASSES } from './values';

/** Version of the key map's own file; see FORMAT.md. */
const KEY_MAP_VERSION = 1;

const text = v.pipe(
  v.string(),
  v.minLength(1, 'some text'),
  v.maxLength(4_000_000, 'at most 4 MB'),
);

const KeyMap = v.strictObject({
  trailglassKeyMap: v.literal(KEY_MAP_VERSION),
  pseudonyms: v.array(
    v.strictObject({ valueClass: v.picklist(VALUE_CLASSES), value: text, pseudonym: text }),
  ),
});

/** Whoever has this file can read the redacted export in clear. */
export const keyMapJson = (pseudonyms: readonly Pseudonym[]): string =>
  `{\n"trailglassKeyMap": ${KEY_MAP_VERSION},\n"pseudonyms": [\n${pseudonyms
    .map((each) => JSON.stringify(each))
    .join(',\n')}\n]\n}\n`;

/** Throws `RefusedJson` for anything but a key map. */
export const parseKeyMap = (json: string): Pseudonym[] =>
  checked(KeyMap, parseForeignJson(json), '').pseudonyms;

/** A redacted analysis read in clear: values in place of their pseudonyms, ids as they were. */
export function restore<A extends Analysis>(analysis: A, pseudonyms: readonly Pseudonym[]): A {
  const known = new KnownValues(pseudonyms.map(({ pseudonym, value }) => [pseudonym, value]));
  const text = (redacted: string) => known.replaceIn(redacted);
  return mapAnalysis(analysis, {
    value: (_, value) => text(value),
    text,
    record: (json) => restoreRecord(json, text),
  });
}

function restoreRecord(json: string, text: (redacted: string) => string): string {
  let record: unknown;
  try {
    record = parseForeignJson(json);
  } catch {
    return text(json);
  }
  return JSON.stringify(restoreValue(record, text));
}

/** Pseudonyms are told by themselves, wherever they stand: values, names of members, numbers. */
function restoreValue(value: unknown, text: (redacted: string) => string): unknown {
  if (typeof value === 'string') return text(value);
  if (typeof value === 'number') return value > 9999 ? Number(text(String(value))) : value;
  if (Array.isArray(value)) return value.map((item) => restoreValue(item, text));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]: [string, unknown]) => {
      const isQuoted = name === 'CloudTrailEvent' && typeof member === 'string';
      return [text(name), isQuoted ? restoreRecord(member, text) : restoreValue(member, text)];
    }),
  );
}
