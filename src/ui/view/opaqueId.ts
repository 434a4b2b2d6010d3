import type { Insight } from '../../core/insights/insight';
import { inSlices } from '../parts/turns';

/**
 * A short name for an id, which tells nothing of it: 53 bits of FNV-1a over both, so that thousands of insights share none
 * (a chance of 10⁻⁸ for 10,000).
 */
export function opaqueId(analysis: string, id: string): string {
  let high = 0x811c9dc5;
  let low = 0xcbf29ce4;
  for (const code of new TextEncoder().encode(`${analysis} ${id}`)) {
    high = Math.imul(high ^ code, 0x01000193);
    low = Math.imul(low ^ code ^ (high >>> 24), 0x85ebca6b);
  }
  return ((high >>> 11) * 0x1_0000_0000 + (low >>> 0)).toString(36);
}

const known = new WeakMap<Insight, string>();

/** The name of an insight of an analysis; made once, for whatever is chosen is looked for among all. */
export function insightId(analysis: string, insight: Insight): string {
  const made = known.get(insight) ?? opaqueId(analysis, insight.sharedEventID);
  known.set(insight, made);
  return made;
}

/** Makes them over as many tasks as it takes. */
export const prepareInsightIds = (analysis: string, insights: readonly Insight[]): Promise<void> =>
  inSlices(insights, (insight) => insightId(analysis, insight));
