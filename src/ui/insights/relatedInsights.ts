import type { Analysis } from '../../core/analysis';
import type { Coverage } from '../../core/activity/coverage';
import type { SeriesKey } from '../../core/activity/callSeries';
import type { Insight } from '../../core/insights/insight';

const sameKey = (a: SeriesKey, b: SeriesKey): boolean =>
  a.recipientAccountId === b.recipientAccountId &&
  a.awsRegion === b.awsRegion &&
  a.eventSource === b.eventSource &&
  a.eventName === b.eventName &&
  a.errorCode === b.errorCode;

type OfSeries = Pick<Insight, 'key' | 'insightType'>;

/** Whether two insights are of the same API and the same type, as AWS's console groups them beside the graph. */
export const sameSeries = (a: OfSeries, b: OfSeries): boolean =>
  a.insightType === b.insightType && sameKey(a.key, b.key);

/** An insight among those of another look at the same logs, which may have moved its start. */
export const sameInsight = (among: readonly Insight[], insight: Insight): Insight | undefined =>
  among.find(({ sharedEventID }) => sharedEventID === insight.sharedEventID) ??
  among.find(
    (other) => other.start < insight.end && insight.start < other.end && sameSeries(other, insight),
  );

/** Where the logs of a series' account and Region reach. */
export const coverageOf = (
  { coverage }: Pick<Analysis, 'coverage'>,
  key: SeriesKey,
): Coverage | undefined =>
  coverage.find(
    ({ recipientAccountId, awsRegion }) =>
      recipientAccountId === key.recipientAccountId && awsRegion === key.awsRegion,
  );
