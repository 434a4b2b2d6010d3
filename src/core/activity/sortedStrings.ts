/** Strings in text order (of UTF-16 code units), and by the old number of each its new one. */
export interface Ranked {
  readonly sorted: string[];
  readonly rank: Uint32Array;
}

/** Sorts strings; equal ones stay side by side. */
export function sortStrings(strings: readonly string[]): Ranked {
  const order = Uint32Array.from(strings, (_, ref) => ref);
  order.sort((a, b) => (strings[a] < strings[b] ? -1 : strings[a] > strings[b] ? 1 : 0));
  const rank = new Uint32Array(order.length);
  const sorted: string[] = [];
  for (const ref of order) rank[ref] = sorted.push(strings[ref]) - 1;
  return { sorted, rank };
}

/** One list of the strings of several sorted ones, each once, and by list the new number of each of its strings. */
export function mergeStrings(lists: readonly (readonly string[])[]) {
  const sorted: string[] = [];
  const ranks = lists.map(({ length }) => new Uint32Array(length));
  const next = lists.map(() => 0);
  for (;;) {
    const least = leastOf(lists, next);
    if (least === undefined) return { sorted, ranks };
    lists.forEach((list, i) => {
      while (list[next[i]] === least) ranks[i][next[i]++] = sorted.length;
    });
    sorted.push(least);
  }
}

function leastOf(lists: readonly (readonly string[])[], next: readonly number[]) {
  let least: string | undefined;
  for (let i = 0; i < lists.length; i++) {
    if (next[i] === lists[i].length) continue;
    const text = lists[i][next[i]];
    if (least === undefined || text < least) least = text;
  }
  return least;
}
