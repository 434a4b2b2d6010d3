/** The value at share `q` (0–1) of the values, lower neighbour; reorders them. NaN of no values. */
export function quantile(values: Float64Array, q: number): number {
  if (values.length === 0) return NaN;
  return selectRank(values, Math.min(values.length - 1, Math.floor(q * values.length)));
}

/** The mean of the first `count` values without the lowest and highest share `trim`; sorts these in place. */
export function trimmedMean(values: Float64Array, count: number, trim: number): number {
  sortFirst(values, count);
  const cut = Math.floor(trim * count);
  let sum = 0;
  for (let i = cut; i < count - cut; i++) sum += values[i];
  return sum / (count - 2 * cut);
}

/** The median of the first `count` values, of two the higher; sorts these in place. */
export function upperMedian(values: Float64Array, count: number): number {
  sortFirst(values, count);
  return values[count >> 1];
}

/** Insertion sort: for the few values of a neighbourhood faster than any other. */
function sortFirst(values: Float64Array, count: number): void {
  for (let i = 1; i < count; i++) {
    const value = values[i];
    let j = i - 1;
    while (j >= 0 && values[j] > value) {
      values[j + 1] = values[j];
      j--;
    }
    values[j + 1] = value;
  }
}

/** The value that would stand at `rank` (from 0) if the values were sorted; reorders them (quickselect). */
export function selectRank(values: Float64Array, rank: number): number {
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const pivot = values[(low + high) >>> 1];
    let i = low - 1;
    let j = high + 1;
    for (;;) {
      do i++;
      while (values[i] < pivot);
      do j--;
      while (values[j] > pivot);
      if (i >= j) break;
      const swapped = values[i];
      values[i] = values[j];
      values[j] = swapped;
    }
    if (rank <= j) high = j;
    else low = j + 1;
  }
  return values[rank];
}

/** How many of the ascending values are below `value`. */
export function lowerBound(values: Int32Array, value: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
