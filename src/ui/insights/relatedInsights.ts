import type { Insight } from '../../core/insights/insight';

/** Whether two insights are of the same API and the same type, as AWS's console groups them beside the graph. */
export const sameSeries = (a: Insight, b: Insight): boolean =>
  a.insightType === b.insightType &&
  a.key.recipientAccountId === b.key.recipientAccountId &&
  a.key.awsRegion === b.key.awsRegion &&
  a.key.eventSource === b.key.eventSource &&
  a.key.eventName === b.key.eventName &&
  a.key.errorCode === b.key.errorCode;
