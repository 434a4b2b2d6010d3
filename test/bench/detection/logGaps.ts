import { detect, gapsOf } from './adapter';
import { cleanShare, type Length } from './generator';

/** Minutes within which a window belongs to a log gap. */
const NEAR_MINUTES = 2;

/** How many log gaps there are in the clean series of a split, and how many of them cause an insight at `severity`. */
export function measureLogGaps(
  split: string,
  lengths: readonly Length[],
  severity: number,
): { gaps: number; causing: number } {
  let gaps = 0;
  let causing = 0;
  for (const { counts, start, mask } of cleanShare(split, lengths, 1, ['loggap'])) {
    const windows = detect(counts, { t0: start, mask }).filter(({ score }) => score >= severity);
    const edges = mask === null ? [] : gapsOf(mask);
    for (let g = 0; g < edges.length; g += 2) {
      const from = edges[g] - NEAR_MINUTES;
      const to = edges[g + 1] + NEAR_MINUTES;
      gaps++;
      if (windows.some(({ s, e }) => s < to && e > from)) causing++;
    }
  }
  return { gaps, causing };
}
