import { parseMinute, toMinute } from '../../../src/core/activity/minute';
import type { Explanation, Insight } from '../../../src/core/insights/insight';

type Changes = Partial<Omit<Insight, 'explanation' | 'key'>> & {
  readonly key?: Partial<Insight['key']>;
  readonly explanation?: Partial<Explanation>;
};

let built = 0;

/** AWS's own example: 875 calls in the minute 2019-11-01T20:37Z against 100.4 a minute in the week before. */
export function insight({ key, explanation, ...changes }: Changes = {}): Insight {
  const start = changes.start ?? parseMinute('2019-11-01T20:37:00Z')!;
  const end = changes.end ?? toMinute(start + 1);
  const statistics = {
    baseline: { average: 100.4 },
    insight: { average: 875 },
    insightDuration: end - start,
    baselineDuration: 11317,
  };
  return {
    start,
    end,
    direction: 'above',
    severity: 9.5,
    history: 'usual',
    ongoing: false,
    sharedEventID: `00000000-0000-5000-8000-${String(built++).padStart(12, '0')}`,
    key: {
      recipientAccountId: '123456789012',
      awsRegion: 'us-east-1',
      eventSource: 'ssm.amazonaws.com',
      eventName: 'UpdateInstanceInformation',
      ...key,
    },
    insightType: 'ApiCallRateInsight',
    statistics,
    startStatistics: statistics,
    attributions: [],
    startAttributions: [],
    coveredBaseline: 11317,
    explanation: {
      rule: 'record',
      from: start,
      to: end,
      observed: 875,
      expected: 100.4,
      limit: 215,
      comparedHours: 698,
      peakMinute: start,
      peakCalls: 875,
      ...explanation,
    },
    ...changes,
  };
}
