import type { HourRecords } from './hourRecords';

/** Records, the most deviating first, of equal ones the earlier. Columns. */
export type RankedRecords = Pick<HourRecords, 'hour' | 'deviation'>;

/** Values by rank; `ranked` are their indexes, as `rank` gives them. */
export function inRank(values: Float64Array, ranked: Int32Array): Float64Array {
  const inOrder = new Float64Array(ranked.length);
  for (let i = 0; i < ranked.length; i++) inOrder[i] = values[ranked[i]];
  return inOrder;
}

/** The records of some hours alone. */
export function keepHours(
  { hour, deviation }: RankedRecords,
  isKept: (hour: number) => boolean,
): RankedRecords {
  const kept = { hour: new Int32Array(hour.length), deviation: new Float64Array(hour.length) };
  let count = 0;
  for (let i = 0; i < hour.length; i++) {
    if (!isKept(hour[i])) continue;
    kept.hour[count] = hour[i];
    kept.deviation[count++] = deviation[i];
  }
  return { hour: kept.hour.subarray(0, count), deviation: kept.deviation.subarray(0, count) };
}

/**
 * Indexes of the positive values, the highest first, of equal ones the earlier. A merge sort of its own: half the time of
 * one that calls a comparator.
 */
export function rank(values: Float64Array): Int32Array {
  let ranked: Int32Array = positive(values);
  let merged: Int32Array = new Int32Array(ranked.length);
  for (let run = 1; run < ranked.length; run *= 2) {
    for (let from = 0; from < ranked.length; from += 2 * run)
      mergeRuns(values, ranked, merged, from, run);
    [ranked, merged] = [merged, ranked];
  }
  return ranked;
}

function positive(values: Float64Array): Int32Array {
  const indexes = new Int32Array(values.length);
  let count = 0;
  for (let i = 0; i < values.length; i++) if (values[i] > 0) indexes[count++] = i;
  return indexes.slice(0, count);
}

/** Merges two runs of ranked indexes that follow each other, the first from `from` on. */
function mergeRuns(
  values: Float64Array,
  ranked: Int32Array,
  merged: Int32Array,
  from: number,
  run: number,
): void {
  const middle = Math.min(from + run, ranked.length);
  const to = Math.min(middle + run, ranked.length);
  let left = from;
  let right = middle;
  for (let i = from; i < to; i++) {
    const isLeft = left < middle && (right >= to || values[ranked[left]] >= values[ranked[right]]);
    merged[i] = isLeft ? ranked[left++] : ranked[right++];
  }
}
