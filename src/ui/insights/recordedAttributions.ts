import type { Attribution } from '../../core/cloudtrail/insightsEvent';
import type { AttributionTable, Share } from './attributionTables';

/** What AWS recorded of who and what called, where the logs do not tell: its top values, shares of the whole rate. */
export const recordedAttributions = (
  attributions: readonly Attribution[],
  rates: { readonly insight: number; readonly baseline: number },
): AttributionTable[] =>
  attributions.map(({ attribute, insight, baseline }) => {
    const outside = new Map(baseline.map(({ value, average }) => [value, average]));
    const values = new Map([...baseline, ...insight].map(({ value }) => [value, 0]));
    for (const { value, average } of insight) values.set(value, average);
    return {
      attribute,
      rows: [...values]
        .sort(([, a], [, b]) => b - a)
        .map(([value, average]) => ({
          value,
          inside: shareOf(average, rates.insight),
          outside: shareOf(outside.get(value) ?? 0, rates.baseline),
          firstSeen: false,
        })),
    };
  });

const shareOf = (average: number, whole: number): Share => ({
  average,
  share: whole > 0 ? Math.min(1, average / whole) : 0,
});
