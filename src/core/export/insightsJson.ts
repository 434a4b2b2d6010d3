import type { Analysis } from '../analysis';
import type { Insight } from '../insights/insight';
import { toInsightsEvents } from '../insights/toInsightsEvents';

/** Version of the member that is Trailglass's own; raised with every change of its shape. */
export const SCHEMA_VERSION = 1;

/**
 * Insights JSON: `Records` holds Start and End records exactly as AWS shapes them, sorted by time; the further member
 * `trailglass` holds what AWS's records have no place for (severity, history mark, explanation, settings, ledger).
 */
export function insightsJson(analysis: Analysis): string {
  const insights = [...analysis.insights].sort(byTimeThenId);
  const { settings, ledger } = analysis;
  return JSON.stringify(
    {
      Records: insights.flatMap(toInsightsEvents),
      trailglass: {
        schemaVersion: SCHEMA_VERSION,
        settings,
        ledger: { files: ledger.files, records: ledger.records },
        insights: insights.map(toOwnMember),
      },
    },
    null,
    2,
  );
}

const byTimeThenId = (a: Insight, b: Insight): number =>
  a.start - b.start || (a.sharedEventID < b.sharedEventID ? -1 : 1);

/** Keyed to its records by `sharedEventID`. */
function toOwnMember(insight: Insight) {
  const { sharedEventID, direction, severity, history, ongoing, coveredBaseline } = insight;
  return {
    sharedEventID,
    direction,
    severity,
    history,
    shortHistory: history !== 'usual',
    ongoing,
    coveredBaseline,
    explanation: insight.explanation,
  };
}
