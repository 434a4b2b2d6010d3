import * as v from 'valibot';

/** JSON from elsewhere that is not taken in. The message names the path and the value, for people. */
export class RefusedJson extends Error {
  override readonly name = 'RefusedJson';
}

/** The largest file of ours measured has 3 million characters; a browser holds this much several times over. */
const MOST_CHARACTERS = 64 * 1024 * 1024;
/** An Insights record is seven levels deep, request parameters seldom twenty. */
const DEEPEST = 64;
/** An insight has about 40 objects and lists. Without this bound, 64 MB of `[]` would take gigabytes of memory. */
const MOST_CONTAINERS = 2_000_000;

const PROTOTYPE_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Parses JSON that anybody may have written: bounded in size, depth and number of objects before it is parsed at all,
 * without keys that reach for prototypes and without numbers beyond the range of numbers. Throws `RefusedJson`.
 */
export function parseForeignJson(text: string): unknown {
  if (text.length > MOST_CHARACTERS) {
    throw new RefusedJson(`The file has ${text.length} characters, more than ${MOST_CHARACTERS}.`);
  }
  refuseBombs(text);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new RefusedJson(`Not JSON: ${error instanceof Error ? error.message : 'unreadable'}`);
  }
  refuseTraps(value, '');
  return value;
}

/** Counts brackets outside of strings; JSON.parse itself would build whatever they ask for. */
function refuseBombs(text: string): void {
  let depth = 0;
  let containers = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22) at = endOfString(text, at);
    else if (code === 0x5b || code === 0x7b) {
      if (++depth > DEEPEST) throw new RefusedJson(`Nested deeper than ${DEEPEST} levels.`);
      if (++containers > MOST_CONTAINERS) {
        throw new RefusedJson(`Holds more than ${MOST_CONTAINERS} objects and lists.`);
      }
    } else if (code === 0x5d || code === 0x7d) depth--;
  }
}

/** Position of the quote that ends the string beginning at `start`; the end of the text where none does. */
function endOfString(text: string, start: number): number {
  let quote = start;
  for (;;) {
    quote = text.indexOf('"', quote + 1);
    if (quote < 0) return text.length;
    let before = quote - 1;
    while (text.charCodeAt(before) === 0x5c) before--;
    if ((quote - before) % 2 === 1) return quote;
  }
}

function refuseTraps(value: unknown, path: string): void {
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new RefusedJson(`${path || 'The value'}: a number beyond the range of numbers.`);
  }
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    value.forEach((item, index) => {
      if (typeof item !== 'string') refuseTraps(item, `${path}[${index}]`);
    });
    return;
  }
  for (const [key, member] of Object.entries(value)) {
    const inner = memberPath(path, key);
    if (PROTOTYPE_KEYS.has(key))
      throw new RefusedJson(`${inner}: a member of this name is refused.`);
    refuseTraps(member, inner);
  }
}

const memberPath = (path: string, key: string): string => {
  const name = /^[\w-]{1,64}$/.test(key) ? key : JSON.stringify(key.slice(0, 64));
  return path === '' ? name : `${path}.${name}`;
};

/**
 * A value as its schema describes it; throws `RefusedJson` with the first member that does not fit, its path below
 * `root`, what was expected and what was found.
 */
export function checked<S extends v.GenericSchema>(
  schema: S,
  value: unknown,
  root: string,
): v.InferOutput<S> {
  const result = v.safeParse(schema, value, { abortEarly: true });
  if (result.success) return result.output;
  const [issue] = result.issues;
  const path = (issue.path ?? []).reduce(
    (outer, { key }) =>
      typeof key === 'number' ? `${outer}[${key}]` : memberPath(outer, String(key)),
    root,
  );
  const found = isUnknownMember(issue) ? issue.path?.at(-1)?.value : issue.input;
  throw new RefusedJson(
    `${path || 'The value'}: expected ${expectedBy(issue)}, found ${shown(found)}.`,
  );
}

const isUnknownMember = ({ type, expected }: v.BaseIssue<unknown>): boolean =>
  type === 'strict_object' && expected === 'never';

/** Schemas say what they expect; the checks piped to them carry it as their message. */
function expectedBy(issue: v.BaseIssue<unknown>): string {
  if (isUnknownMember(issue)) return 'no member of this name';
  return issue.kind === 'schema' ? (issue.expected ?? issue.message) : issue.message;
}

const LONGEST_SHOWN = 80;

/** A refused value in a message: short, on one line, whatever it is. */
export function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(typeof value === 'object' ? summaryOf(value) : value);
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
}

const summaryOf = (value: object | null): unknown =>
  Array.isArray(value)
    ? `a list of ${value.length}`
    : value && `an object with ${Object.keys(value).slice(0, 4).join(', ') || 'no members'}`;
