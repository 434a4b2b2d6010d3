import { createHash } from 'node:crypto';
import type { Counts } from './measurement';

/** Reduces the lines of an exported minute-counts CSV, without its header, in any order. */
export function countsOf(lines: readonly string[]): Counts {
  const sorted = lines.filter((line) => line !== '').sort();
  return {
    rows: sorted.length,
    calls: sorted.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(',') + 1)), 0),
    sha256: createHash('sha256').update(sorted.join('\n')).digest('hex').slice(0, 16),
  };
}
