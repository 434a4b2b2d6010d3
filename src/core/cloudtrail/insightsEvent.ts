/**
 * The Insights event record as CloudTrail writes it, spelled and ordered as in AWS's own samples
 * (user guide: "CloudTrail record contents for Insights events for trails").
 */

export type InsightType = 'ApiCallRateInsight' | 'ApiErrorRateInsight';
export type InsightState = 'Start' | 'End';
export type AttributeName = 'userIdentityArn' | 'userAgent' | 'errorCode';

/** A value and its calls per minute. "No error" is the string `"null"`, as in AWS's records. */
export interface AttributeAverage {
  value: string;
  average: number;
}

/** The top five values during the insight and, ranked on their own, during the baseline. */
export interface Attribution {
  attribute: AttributeName;
  insight: AttributeAverage[];
  baseline: AttributeAverage[];
}

/** Averages are calls per minute rounded to ten decimals; durations are minutes. */
export interface InsightStatistics {
  baseline: { average: number };
  insight: { average: number };
  insightDuration: number;
  baselineDuration: number;
}

export interface InsightDetails {
  state: InsightState;
  eventSource: string;
  eventName: string;
  insightType: InsightType;
  /** Error-rate insights only. */
  errorCode?: string;
  sourceEventCategory: 'Management';
  insightContext: {
    statistics: InsightStatistics;
    attributions: Attribution[];
  };
}

export interface InsightsEvent {
  eventVersion: string;
  /** Always on the minute: `2019-11-01T20:37:00Z`. */
  eventTime: string;
  awsRegion: string;
  eventID: string;
  eventType: 'AwsCloudTrailInsight';
  recipientAccountId: string;
  /** The same in the Start and End records of one insight. */
  sharedEventID: string;
  insightDetails: InsightDetails;
  eventCategory: 'Insight';
}
