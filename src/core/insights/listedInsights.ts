import { compareInsights, type FoundByBoth } from './compareInsights';
import type { Insight } from './insight';
import { recordedEnd, type RecordedInsight, type RecordedStatistics } from './recordedInsights';
import type { InsightStatistics } from '../cloudtrail/insightsEvent';

/** Who found an insight, where the logs hold Insights events that AWS itself recorded. */
export type Found =
  | ({ readonly by: 'both' } & Omit<FoundByBoth, 'ours'>)
  | { readonly by: 'AWS'; readonly recorded: RecordedInsight }
  | { readonly by: 'Trailglass' };

/** An insight as it is listed: one of ours, or one that AWS alone recorded. */
export interface ListedInsight extends Insight {
  /** Absent where the logs hold none of AWS's Insights events. */
  readonly found?: Found;
}

/** Ours in their order with what AWS recorded of them, then those that AWS alone recorded, by time. */
export function listedInsights(
  ours: readonly Insight[],
  recorded: readonly RecordedInsight[],
): readonly ListedInsight[] {
  if (recorded.length === 0) return ours;
  const { both, onlyAws } = compareInsights(ours, recorded);
  const foundOf = new Map<Insight, Found>(
    both.map(({ ours: insight, ...differences }) => [insight, { by: 'both', ...differences }]),
  );
  return [
    ...ours.map((insight) => ({
      ...insight,
      found: foundOf.get(insight) ?? ({ by: 'Trailglass' } as const),
    })),
    ...withOwnIds(onlyAws.map(toListed), new Set(ours.map(({ sharedEventID }) => sharedEventID))),
  ];
}

/** AWS's ids are its own within an account and Region only; the list goes by id alone. */
const withOwnIds = (listed: readonly ListedInsight[], taken: Set<string>): ListedInsight[] =>
  listed.map((insight) => {
    let { sharedEventID } = insight;
    for (let n = 2; taken.has(sharedEventID); n++) sharedEventID = `${insight.sharedEventID}-${n}`;
    taken.add(sharedEventID);
    return { ...insight, sharedEventID };
  });

/** AWS's records tell no severity and give no reasons: 0 and nothing stand in their places. */
function toListed(recorded: RecordedInsight): ListedInsight {
  const { start, key, insightType, sharedEventID, attributions } = recorded;
  const end = recordedEnd(recorded);
  const statistics = statisticsOf(recorded.statistics, end - start);
  const { baseline, insight } = statistics;
  const minutes = end - start;
  return {
    start,
    end,
    direction: insight.average < baseline.average ? 'below' : 'above',
    severity: 0,
    history: 'usual',
    ongoing: recorded.end === null,
    explanation: {
      rule: 'record',
      from: start,
      to: end,
      observed: Math.round(insight.average * minutes),
      expected: baseline.average * minutes,
      limit: Infinity,
      comparedHours: 0,
      peakMinute: start,
      peakCalls: Math.round(insight.average),
    },
    sharedEventID,
    key,
    insightType,
    statistics,
    startStatistics: statistics,
    attributions,
    startAttributions: attributions,
    coveredBaseline: statistics.baselineDuration,
    found: { by: 'AWS', recorded },
  };
}

const statisticsOf = (recorded: RecordedStatistics, minutes: number): InsightStatistics => ({
  baseline: { average: recorded.baselineAverage },
  insight: { average: recorded.insightAverage },
  insightDuration: recorded.insightDuration ?? minutes,
  baselineDuration: recorded.baselineDuration ?? 0,
});
