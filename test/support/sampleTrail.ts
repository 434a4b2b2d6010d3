import type { SeriesKey } from '../../src/core/activity/callSeries';
import type { InsightType } from '../../src/core/cloudtrail/insightsEvent';
import type { InsightWindow } from '../../src/core/insights/insight';
import { isoSeconds, type Call } from './recordBuilder';
import { seededRandom } from './random';
import { DEV_US, PROD_EU, PROD_US, type Scope } from './sample/cast';
import { deliver, type Delivery } from './sample/delivery';
import { digestOf } from './sample/digest';
import * as incidents from './sample/incidents';
import { machineCalls } from './sample/machines';
import { officeCalls } from './sample/office';
import { recordedInsight } from './sample/recordedInsight';
import { storedGzip, tarOf } from './tar';

/**
 * The sample trail behind "open the sample": twelve days of a small company's two accounts, in the S3 layout and record
 * shape of a real trail, with five insights to discover among rhythms that are none. `npm run sample` writes it.
 */

/** An insight that the sample is made to show at the default severity. */
export interface ExpectedInsight {
  readonly key: SeriesKey;
  readonly insightType: InsightType;
  readonly direction: InsightWindow['direction'];
  /** Half-open minutes, `2026-01-21T13:37:00Z`. */
  readonly start: string;
  readonly end: string;
}

const expected = (
  scope: Scope,
  [service, eventName, errorCode]: [string, string, string?],
  direction: InsightWindow['direction'],
  { start, end }: { start: number; end: number },
): ExpectedInsight => ({
  key: {
    ...scope,
    eventSource: `${service}.amazonaws.com`,
    eventName,
    ...(errorCode && { errorCode }),
  },
  insightType: errorCode ? 'ApiErrorRateInsight' : 'ApiCallRateInsight',
  direction,
  start: isoSeconds(start),
  end: isoSeconds(end),
});

/** Everything that is unusual in the sample, by time; nothing else is. */
export const SAMPLE_STORY: readonly ExpectedInsight[] = [
  expected(PROD_US, ['iam', 'CreateAccessKey'], 'above', incidents.LEAK),
  expected(PROD_US, ['iam', 'AttachUserPolicy'], 'above', incidents.LEAK_RIGHTS),
  expected(PROD_US, ['ssm', 'UpdateInstanceInformation'], 'above', incidents.AGENT_LOOP),
  expected(
    DEV_US,
    ['cloudformation', 'DescribeStackEvents', 'ThrottlingException'],
    'above',
    incidents.THROTTLING,
  ),
  expected(PROD_EU, ['backup', 'StartBackupJob'], 'below', incidents.NO_BACKUPS),
];

/** Every call of the twelve days, each once. */
export function sampleCalls(): Call[] {
  const random = seededRandom('acme-7');
  const calls = [
    ...machineCalls(random),
    ...officeCalls(random),
    ...incidents.incidentCalls(random),
  ];
  return calls.filter((call) => !incidents.isMissed(call));
}

/** The objects of the bucket, by key; a few records are in two of them. */
export function sampleDeliveries(): Delivery[] {
  const calls = sampleCalls();
  const logs = deliver(calls, seededRandom('acme deliveries'));
  return [...logs, ...recordedInsight(calls), digestOf(logs)].sort((a, b) =>
    a.key < b.key ? -1 : 1,
  );
}

/** The uncompressed archive. Its members are gzip that stores: compressing them together takes a third of the space. */
export function sampleTar(): Buffer {
  return tarOf(
    sampleDeliveries().map(({ key, deliveredEpochSeconds, content }) => ({
      name: key,
      modifiedEpochSeconds: deliveredEpochSeconds,
      content: storedGzip(Buffer.from(JSON.stringify(content))),
    })),
  );
}
