import { v5 as uuidOf } from 'uuid';
import type { SeriesKey } from '../activity/callSeries';
import { formatMinute, type Minute } from '../activity/minute';
import type {
  Attribution,
  InsightsEvent,
  InsightState,
  InsightStatistics,
  InsightType,
} from '../cloudtrail/insightsEvent';
import type { Insight } from './insight';

/** The version of the newest documented samples, the first with `sourceEventCategory` (2024-12). */
const EVENT_VERSION = '1.09';

/** Our own UUID namespace (RFC 9562 version 5): ids are derived from content, so the same logs give the same bytes. */
const NAMESPACE = '5f0c3a52-6d0e-5b8e-9a64-7a1d0c7b2f11';

/** The id that Start and End of one insight share. */
export const sharedEventIDOf = (key: SeriesKey, insightType: InsightType, start: Minute): string =>
  uuidOf(
    JSON.stringify([
      key.recipientAccountId,
      key.awsRegion,
      insightType,
      key.eventSource,
      key.eventName,
      key.errorCode ?? null,
      start,
    ]),
    NAMESPACE,
  );

/** The records AWS would have written: Start with its five-minute window and, unless still ongoing, End. */
export function toInsightsEvents(insight: Insight): InsightsEvent[] {
  const start = toInsightsEvent(insight, 'Start', insight.start, {
    statistics: insight.startStatistics,
    attributions: [...insight.startAttributions],
  });
  if (insight.ongoing) return [start];
  const end = toInsightsEvent(insight, 'End', insight.end, {
    statistics: insight.statistics,
    attributions: [...insight.attributions],
  });
  return [start, end];
}

function toInsightsEvent(
  insight: Insight,
  state: InsightState,
  minute: Minute,
  insightContext: { statistics: InsightStatistics; attributions: Attribution[] },
): InsightsEvent {
  const { key, insightType, sharedEventID } = insight;
  return {
    eventVersion: EVENT_VERSION,
    eventTime: formatMinute(minute),
    awsRegion: key.awsRegion,
    eventID: uuidOf(state, sharedEventID),
    eventType: 'AwsCloudTrailInsight',
    recipientAccountId: key.recipientAccountId,
    sharedEventID,
    insightDetails: {
      state,
      eventSource: key.eventSource,
      eventName: key.eventName,
      insightType,
      ...(key.errorCode ? { errorCode: key.errorCode } : {}),
      sourceEventCategory: 'Management',
      insightContext,
    },
    eventCategory: 'Insight',
  };
}
