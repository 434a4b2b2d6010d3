/** The value at share `q` (0–1) of the values, lower neighbour; sorts in place. NaN of no values. */
export function quantile(values: Float64Array, q: number): number {
  values.sort();
  return values[Math.min(values.length - 1, Math.floor(q * values.length))];
}

/** The mean of the first `count` values without the lowest and highest share `trim`; sorts these in place. */
export function trimmedMean(values: Float64Array, count: number, trim: number): number {
  sortFirst(values, count);
  const cut = Math.floor(trim * count);
  let sum = 0;
  for (let i = cut; i < count - cut; i++) sum += values[i];
  return sum / (count - 2 * cut);
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
