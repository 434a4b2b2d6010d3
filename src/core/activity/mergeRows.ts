import { leaveToCollector } from './release';
import { gathered, replaced, sortedRows } from './sortRows';

/** Rows of whole numbers, column by column. */
type Columns = readonly Uint32Array[];

/** The rows of several lists, sorted and each once; by list the new number of each of its rows. */
export interface MergedRows {
  readonly columns: Uint32Array[];
  readonly numbers: Uint32Array[];
}

/**
 * Makes one list of several. Lists that are sorted, the first column first, are walked side by side, which takes a third of
 * the time of looking every row up; others are sorted before.
 */
export function mergeRows(
  lists: readonly Columns[],
  width: number,
  release = leaveToCollector,
): MergedRows {
  const sorted = lists.map((list) => sortedRows(list));
  const { columns, numbers } = mergeSorted(
    sorted.map((list) => list.columns),
    width,
  );
  const inOrderGiven = (list: Uint32Array, rank: Uint32Array | null) =>
    rank === null ? list : replaced(list, gathered(list, rank), release);
  return { columns, numbers: numbers.map((list, i) => inOrderGiven(list, sorted[i].rank)) };
}

function mergeSorted(lists: readonly Columns[], width: number): MergedRows {
  const rows = lists.reduce((sum, [column]) => sum + column.length, 0);
  const columns = Array.from({ length: width }, () => new Uint32Array(rows));
  const numbers = lists.map(([column]) => new Uint32Array(column.length));
  const next = new Uint32Array(lists.length);
  let last = -1;
  for (let i = leastOf(lists, next); i >= 0; i = leastOf(lists, next)) {
    const list = lists[i];
    const row = next[i]++;
    if (last < 0 || compare(columns, last, list, row) !== 0) {
      last++;
      for (let column = 0; column < width; column++) columns[column][last] = list[column][row];
    }
    numbers[i][row] = last;
  }
  return { columns: columns.map((column) => column.subarray(0, last + 1)), numbers };
}

/** The list whose next row comes first; -1 when all are at their end. */
function leastOf(lists: readonly Columns[], next: Uint32Array): number {
  let least = -1;
  for (let i = 0; i < lists.length; i++) {
    if (next[i] === lists[i][0].length) continue;
    if (least < 0 || compare(lists[i], next[i], lists[least], next[least]) < 0) least = i;
  }
  return least;
}

function compare(a: Columns, rowOfA: number, b: Columns, rowOfB: number): number {
  for (let column = 0; column < a.length; column++) {
    const difference = a[column][rowOfA] - b[column][rowOfB];
    if (difference !== 0) return difference;
  }
  return 0;
}
