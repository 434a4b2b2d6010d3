import { seededRandom } from '../random';
import { isoSeconds, type Call, type JsonObject } from '../recordBuilder';
import { DAY, hex, MINUTE } from './calls';
import { PROD_US } from './cast';
import { deliveryOf, type Delivery } from './delivery';
import { AGENT_LOOP } from './incidents';

/** What AWS itself wrote about the agent loop: the Start and End records, in `CloudTrail-Insight/`, a file each. */
export function recordedInsight(calls: readonly Call[]): Delivery[] {
  const heartbeats = calls.filter((call) => call.eventName === 'UpdateInstanceInformation');
  const random = seededRandom('recorded insight');
  const sharedEventID = uuid(random);
  const recordOf = (state: 'Start' | 'End', minutes: number): JsonObject => ({
    eventVersion: '1.09',
    eventTime: isoSeconds(state === 'Start' ? AGENT_LOOP.start : AGENT_LOOP.end),
    awsRegion: PROD_US.awsRegion,
    eventID: uuid(random),
    eventType: 'AwsCloudTrailInsight',
    recipientAccountId: PROD_US.recipientAccountId,
    sharedEventID,
    insightDetails: {
      state,
      eventSource: 'ssm.amazonaws.com',
      eventName: 'UpdateInstanceInformation',
      insightType: 'ApiCallRateInsight',
      sourceEventCategory: 'Management',
      insightContext: insightContext(heartbeats, minutes),
    },
    eventCategory: 'Insight',
  });
  const delivered = (minutesLater: number, record: JsonObject) => {
    const at = AGENT_LOOP.start + minutesLater * MINUTE;
    const { recipientAccountId, awsRegion } = PROD_US;
    return deliveryOf('CloudTrail-Insight', recipientAccountId, awsRegion, at, {
      Records: [record],
    });
  };
  return [delivered(18, recordOf('Start', 5)), delivered(23, recordOf('End', 1))];
}

/** Baseline: from 00:00 UTC seven days before the insight's day up to its first minute, as AWS counts it. */
function insightContext(heartbeats: readonly Call[], minutes: number): JsonObject {
  const { start } = AGENT_LOOP;
  const from = start - (start % DAY) - 7 * DAY;
  const baseline = heartbeats.filter((c) => c.epochSeconds >= from && c.epochSeconds < start);
  const end = start + minutes * MINUTE;
  const insight = heartbeats.filter((c) => c.epochSeconds >= start && c.epochSeconds < end);
  const baselineMinutes = (start - from) / MINUTE;
  const attribution = (attribute: string, valueOf: (call: Call) => string): JsonObject => ({
    attribute,
    insight: topFive(insight.map(valueOf), minutes),
    baseline: topFive(baseline.map(valueOf), baselineMinutes),
  });
  return {
    statistics: {
      baseline: { average: perMinute(baseline.length, baselineMinutes) },
      insight: { average: perMinute(insight.length, minutes) },
      insightDuration: minutes,
      baselineDuration: baselineMinutes,
    },
    attributions: [
      attribution(
        'userIdentityArn',
        () => `arn:aws:sts::${PROD_US.recipientAccountId}:assumed-role/web-server`,
      ),
      attribution('userAgent', (call) => call.caller.userAgent),
      attribution('errorCode', (call) => call.errorCode ?? 'null'),
    ],
  };
}

function topFive(values: readonly string[], minutes: number): JsonObject[] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .slice(0, 5)
    .map(([value, count]) => ({ value, average: perMinute(count, minutes) }));
}

const perMinute = (count: number, minutes: number): number => Number((count / minutes).toFixed(10));

const uuid = (random: ReturnType<typeof seededRandom>): string =>
  [8, 4, 4, 4, 12].map((digits) => hex(random, digits)).join('-');
