import { RefusedJson, shown } from '../../foreignJson';

/** The year 2350: beyond it times are not times, and lists of minutes would be without end. */
export const LAST_MINUTE = 200_000_000;

/** Twenty years of minutes: CloudTrail began in 2013. */
export const LONGEST_SPAN = 10_520_000;

/** A list of whole numbers from 0 to `most` as a column; throws `RefusedJson` with the place of the first that is none. */
export function toColumn(values: readonly unknown[], most: number, path: string): Uint32Array {
  return Uint32Array.from(values, (value, index) => {
    if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most) {
      return value;
    }
    throw refusal(path, index, `a whole number from 0 to ${most}`, value);
  });
}

/** A list of numbers of 0 or more; null stands for Infinity where that is allowed. */
export function toRates(
  values: readonly unknown[],
  nullMeansInfinity: boolean,
  path: string,
): Float64Array {
  return Float64Array.from(values, (value, index) => {
    if (typeof value === 'number' && value >= 0) return value;
    if (value === null && nullMeansInfinity) return Infinity;
    throw refusal(path, index, 'a number of 0 or more', value);
  });
}

export const refusal = (path: string, index: number, expected: string, found: unknown) =>
  new RefusedJson(`${path}[${index}]: expected ${expected}, found ${shown(found)}.`);

/** Columns of one table have one length. */
export function refuseUnequal(columns: Readonly<Record<string, readonly unknown[]>>, path: string) {
  const [[first, { length }], ...rest] = Object.entries(columns);
  for (const [name, column] of rest) {
    if (column.length === length) continue;
    throw new RefusedJson(
      `${path}.${name}: expected ${length} entries as in ${first}, found ${column.length}.`,
    );
  }
}
