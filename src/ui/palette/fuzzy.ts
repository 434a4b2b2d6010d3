/** How well a text answers a query; 0: not at all. */
export type Score = number;

const AT_WORD = 100;
const INSIDE = 60;
const SCATTERED = 30;
/** Later or more scattered letters count less, down to so much. */
const MOST_LOST = 25;

const isLetter = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57);
const isCapital = (code: number): boolean => code >= 65 && code <= 90;

/** Begins a word there: `Put|Parameter`, `us-|east`. */
export function isWordStart(text: string, at: number): boolean {
  if (at === 0) return true;
  const before = text.charCodeAt(at - 1);
  return !isLetter(before) || (isCapital(text.charCodeAt(at)) && !isCapital(before));
}

/** One word of the query, in lower case, against one text. */
function scoreWord(word: string, text: string, lower: string): Score {
  let first = -1;
  for (let at = lower.indexOf(word); at >= 0; at = lower.indexOf(word, at + 1)) {
    if (first < 0) first = at;
    if (isWordStart(text, at)) return AT_WORD - Math.min(MOST_LOST, at);
  }
  if (first >= 0) return INSIDE - Math.min(MOST_LOST, first);
  return scoreScattered(word, text, lower);
}

/** `uii` finds `UpdateInstanceInformation`: letters in their order, the first of them at the start of a word. */
function scoreScattered(word: string, text: string, lower: string): Score {
  let at = lower.indexOf(word[0]);
  while (at >= 0 && !isWordStart(text, at)) at = lower.indexOf(word[0], at + 1);
  if (at < 0) return 0;
  let skipped = 0;
  for (let i = 1; i < word.length; i++) {
    const next = lower.indexOf(word[i], at + 1);
    if (next < 0) return 0;
    if (!isWordStart(text, next)) skipped += next - at - 1;
    at = next;
  }
  return SCATTERED - Math.min(MOST_LOST, skipped);
}

export interface Searchable {
  readonly text: string;
  /** The same in lower case. */
  readonly lower: string;
}

/** What has every word of the query, the best first; what ties keeps its order. Without a query all. */
export function search<Entry extends Searchable>(
  entries: readonly Entry[],
  query: string,
): readonly Entry[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return entries;
  const found: { readonly entry: Entry; readonly score: Score }[] = [];
  for (const entry of entries) {
    let score = 0;
    for (const word of words) {
      const one = scoreWord(word, entry.text, entry.lower);
      score = one === 0 ? -1 : score + one;
      if (score < 0) break;
    }
    if (score > 0) found.push({ entry, score });
  }
  return found.sort((a, b) => b.score - a.score).map(({ entry }) => entry);
}
