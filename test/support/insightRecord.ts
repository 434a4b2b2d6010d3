/** One half of an Insights event as AWS writes it, of calls in one week; `details` and `more` take the place of what it holds. */
export const insightRecord = (
  state: 'Start' | 'End',
  eventTime: string,
  average: number,
  insightDuration: number,
  { details = {}, ...more }: { readonly details?: object; readonly [member: string]: unknown } = {},
) => ({
  eventVersion: '1.09',
  eventTime,
  awsRegion: 'us-east-1',
  eventID: `18378b1e-3653-433d-ba1e-aa11a5958f0${insightDuration}`,
  eventType: 'AwsCloudTrailInsight',
  recipientAccountId: '123456789012',
  sharedEventID: 'fccb064f-dd07-4822-97c0-11115d8b91d4',
  insightDetails: {
    state,
    eventSource: 'iam.amazonaws.com',
    eventName: 'CreateUser',
    insightType: 'ApiCallRateInsight',
    insightContext: {
      statistics: {
        baseline: { average: 0 },
        insight: { average },
        insightDuration,
        baselineDuration: 11092,
      },
      attributions: [
        {
          attribute: 'userIdentityArn',
          insight: [{ value: 'arn:aws:iam::123456789012:user/Alice', average }],
          baseline: [],
        },
      ],
    },
    ...details,
  },
  eventCategory: 'Insight',
  ...more,
});
