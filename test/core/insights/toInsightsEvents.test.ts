import { describe, expect, it } from 'vitest';
import type { ActivityPart } from '../../../src/core/activity/activityPart';
import { callSeriesOf, type SeriesKey } from '../../../src/core/activity/callSeries';
import type { Coverage } from '../../../src/core/activity/coverage';
import { mergeActivity } from '../../../src/core/activity/mergeActivity';
import { parseMinute, toMinute } from '../../../src/core/activity/minute';
import type { Insight, InsightWindow } from '../../../src/core/insights/insight';
import { baselineSpanOf } from '../../../src/core/insights/statistics';
import { describeWindow, toInsight } from '../../../src/core/insights/toInsight';
import { toInsightsEvents } from '../../../src/core/insights/toInsightsEvents';
import { partOf, type Calls } from '../../support/countedCalls';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** Logs that reach from `from` to well after the insight. */
const coverageFrom = (from: number, start: number): Coverage => ({
  recipientAccountId: '123456789012',
  awsRegion: 'us-east-1',
  start: toMinute(from + 1),
  end: toMinute(start + 600),
  gaps: new Uint32Array(0),
  incompleteFrom: toMinute(start + 600),
  silenceMeansSilence: true,
});

const window = (start: number, duration: number): InsightWindow => ({
  start: toMinute(start),
  end: toMinute(start + duration),
  direction: 'above',
  severity: 4,
  history: 'usual',
  ongoing: false,
  explanation: {
    rule: 'record',
    from: toMinute(start),
    to: toMinute(start + duration),
    observed: 1,
    expected: 0,
    limit: 1,
    comparedHours: 100,
    peakMinute: toMinute(start),
    peakCalls: 1,
  },
});

interface Sample {
  readonly key: SeriesKey;
  readonly start: string;
  readonly duration: number;
  readonly calls: readonly Calls[];
  /** Minutes of logs before the insight; the whole baseline when left out. */
  readonly history?: number;
}

/** The insight of a sample, from synthetic logs through the table. */
function insightOf(sample: Sample, parts: ActivityPart[] = [partOf(sample.calls)]): Insight {
  const start = parseMinute(sample.start)!;
  const { table } = mergeActivity(parts);
  const history = sample.history ?? start - baselineSpanOf(start).start;
  const series = callSeriesOf(table, sample.key);
  const coverage = coverageFrom(start - history, start);
  const found = window(start, sample.duration);
  return toInsight(found, describeWindow(found, series, table, coverage));
}

const recordsOf = (sample: Sample) => toInsightsEvents(insightOf(sample));

const contextsOf = (sample: Sample) =>
  recordsOf(sample).map(({ insightDetails }) => insightDetails.insightContext);

const key = (eventSource: string, eventName: string, more: Partial<SeriesKey> = {}): SeriesKey => ({
  recipientAccountId: '123456789012',
  awsRegion: 'us-east-1',
  eventSource,
  eventName,
  ...more,
});

const calls = (of: SeriesKey, minute: string | number, n: number, more: Partial<Calls> = {}) => ({
  ...of,
  minute,
  calls: n,
  ...more,
});

const role = (name: string, account = '012345678901') =>
  `arn:aws:sts::${account}:assumed-role/${name}`;

const LIFECYCLE = key('autoscaling.amazonaws.com', 'CompleteLifecycleAction');
const codeDeploy = (n: number) => ({
  userIdentityArn: role(`CodeDeployRole${n}`),
  userAgent: 'codedeploy.amazonaws.com',
});

describe('AWS’s documented records come out of logs that hold the same calls', () => {
  it('CompleteLifecycleAction of 2020: three roles in the five minutes of the Start, one call in the week before', () => {
    const [start] = contextsOf({
      key: LIFECYCLE,
      start: '2020-07-21T20:56:00Z',
      duration: 1,
      calls: [
        calls(LIFECYCLE, '2020-07-16T09:00:00Z', 1, codeDeploy(1)),
        calls(LIFECYCLE, '2020-07-21T20:56:00Z', 1, codeDeploy(3)),
        calls(LIFECYCLE, '2020-07-21T20:57:00Z', 1, codeDeploy(1)),
        calls(LIFECYCLE, '2020-07-21T21:00:00Z', 1, codeDeploy(2)),
      ],
    });
    expect(start).toEqual({
      statistics: {
        baseline: { average: 0.0000882145 },
        insight: { average: 0.6 },
        insightDuration: 5,
        baselineDuration: 11336,
      },
      attributions: [
        {
          attribute: 'userIdentityArn',
          insight: [1, 2, 3].map((n) => ({ value: role(`CodeDeployRole${n}`), average: 0.2 })),
          baseline: [{ value: role('CodeDeployRole1'), average: 0.0000882145 }],
        },
        {
          attribute: 'userAgent',
          insight: [{ value: 'codedeploy.amazonaws.com', average: 0.6 }],
          baseline: [{ value: 'codedeploy.amazonaws.com', average: 0.0000882145 }],
        },
        {
          attribute: 'errorCode',
          insight: [{ value: 'null', average: 0.6 }],
          baseline: [{ value: 'null', average: 0.0000882145 }],
        },
      ],
    });
  });

  it('AttachUserPolicy of 2020: two calls of a user who never did this before, so baselines are empty', () => {
    const attach = key('iam.amazonaws.com', 'AttachUserPolicy');
    const alice = 'arn:aws:iam::123456789012:user/Alice';
    const [, end] = contextsOf({
      key: attach,
      start: '2020-09-09T22:59:00Z',
      duration: 1,
      calls: [
        calls(attach, '2020-09-09T22:59:00Z', 2, {
          userIdentityArn: alice,
          userAgent: 'console.amazonaws.com',
        }),
      ],
    });
    expect(end).toEqual({
      statistics: {
        baseline: { average: 0 },
        insight: { average: 2 },
        insightDuration: 1,
        baselineDuration: 11459,
      },
      attributions: [
        { attribute: 'userIdentityArn', insight: [{ value: alice, average: 2 }], baseline: [] },
        {
          attribute: 'userAgent',
          insight: [{ value: 'console.amazonaws.com', average: 2 }],
          baseline: [],
        },
        { attribute: 'errorCode', insight: [{ value: 'null', average: 2 }], baseline: [] },
      ],
    });
  });

  it('DescribeQuery of 2024: six errors of a read API, Start over five minutes and End over one', () => {
    const errors = key('cloudtrail.amazonaws.com', 'DescribeQuery', {
      recipientAccountId: '888888888888',
      errorCode: 'QueryIdNotFoundException',
    });
    const agent =
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36';
    const admin = role('Admin', '888888888888');
    const [start, end] = recordsOf({
      key: errors,
      start: '2024-12-11T16:52:00Z',
      duration: 1,
      calls: [
        calls(errors, '2024-12-11T16:52:00Z', 6, {
          readOnly: true,
          userIdentityArn: admin,
          userAgent: agent,
        }),
      ],
    });
    const expected = (
      state: string,
      eventTime: string,
      average: number,
      insightDuration: number,
    ) => ({
      eventVersion: '1.09',
      eventTime,
      awsRegion: 'us-east-1',
      eventID: expect.stringMatching(UUID),
      eventType: 'AwsCloudTrailInsight',
      recipientAccountId: '888888888888',
      sharedEventID: expect.stringMatching(UUID),
      insightDetails: {
        state,
        eventSource: 'cloudtrail.amazonaws.com',
        eventName: 'DescribeQuery',
        insightType: 'ApiErrorRateInsight',
        errorCode: 'QueryIdNotFoundException',
        sourceEventCategory: 'Management',
        insightContext: {
          statistics: {
            baseline: { average: 0 },
            insight: { average },
            insightDuration,
            baselineDuration: 11092,
          },
          attributions: [
            { attribute: 'userIdentityArn', insight: [{ value: admin, average }], baseline: [] },
            { attribute: 'userAgent', insight: [{ value: agent, average }], baseline: [] },
          ],
        },
      },
      eventCategory: 'Insight',
    });
    expect(start).toEqual(expected('Start', '2024-12-11T16:52:00Z', 1.2, 5));
    expect(end).toEqual(expected('End', '2024-12-11T16:53:00Z', 6, 1));
  });

  it.each([
    [
      '2024, SendHeartBeat',
      'cloudshell',
      'SendHeartBeat',
      '2024-01-01T20:46:00Z',
      2,
      3,
      0.0001765848,
      0.6,
      11326,
    ],
    [
      '2023, CompleteLifecycleAction',
      'autoscaling',
      'CompleteLifecycleAction',
      '2023-07-10T01:41:00Z',
      1,
      25,
      9.82222e-5,
      5,
      10181,
    ],
  ])('%s', (_, service, eventName, start, before, during, baseline, insight, baselineDuration) => {
    const api = key(`${service}.amazonaws.com`, eventName);
    const [{ statistics }] = contextsOf({
      key: api,
      start,
      duration: 5,
      calls: [
        calls(api, baselineSpanOf(parseMinute(start)!).start, before),
        calls(api, start, during),
      ],
    });
    expect(statistics).toEqual({
      baseline: { average: baseline },
      insight: { average: insight },
      insightDuration: 5,
      baselineDuration,
    });
  });

  it.each([
    ['UpdateInstanceAssociationStatus', '2019-10-17T10:05:00Z', 17702, 1.7561507937, 400, 50, 8],
    ['UpdateInstanceInformation', '2019-11-14T00:51:00Z', 861036, 85.4202380952, 664, 664, 1],
    ['PutLifecycleHook', '2019-10-15T21:13:00Z', 18, 0.0017857143, 4, 4, 1],
  ])(
    'the launch form of 2019, %s at %s, whose baseline was a flat week',
    (eventName, start, before, baseline, during, insight, insightDuration) => {
      const api = key('ssm.amazonaws.com', eventName);
      const [, { statistics }] = contextsOf({
        key: api,
        start,
        duration: insightDuration,
        history: 10080,
        calls: [
          calls(api, parseMinute(start)! - 1, before),
          calls(api, parseMinute(start)!, during),
        ],
      });
      expect(statistics).toEqual({
        baseline: { average: baseline },
        insight: { average: insight },
        insightDuration,
        baselineDuration: 10080,
      });
    },
  );
});

describe('the pair of records', () => {
  const sample: Sample = {
    key: LIFECYCLE,
    start: '2020-07-21T20:56:00Z',
    duration: 8,
    calls: [0, 1, 2, 3, 4, 5, 6, 7].map((n) =>
      calls(LIFECYCLE, parseMinute('2020-07-21T20:56:00Z')! + n, 10, codeDeploy(n)),
    ),
  };

  it('shares one id, and its own ids differ', () => {
    const [start, end] = recordsOf(sample);
    expect(start.sharedEventID).toBe(end.sharedEventID);
    expect(start.eventID).not.toBe(end.eventID);
  });

  it('has the same bytes however the logs were dealt out to readers', () => {
    const [first, ...rest] = sample.calls;
    const dealt = insightOf(sample, [partOf(rest.toReversed()), partOf([first])]);
    expect(JSON.stringify(toInsightsEvents(dealt))).toBe(JSON.stringify(recordsOf(sample)));
  });

  it('is a Start alone while the insight is still open at the end of the logs', () => {
    const open = { ...insightOf(sample), ongoing: true };
    expect(toInsightsEvents(open).map(({ insightDetails }) => insightDetails.state)).toEqual([
      'Start',
    ]);
  });

  it('writes members in the order of AWS’s samples, error code and category before the context', () => {
    const errors = { ...LIFECYCLE, errorCode: 'ValidationError' };
    const [start] = recordsOf({
      ...sample,
      key: errors,
      calls: [calls(errors, sample.start, 3)],
    });
    expect(Object.keys(start)).toEqual([
      'eventVersion',
      'eventTime',
      'awsRegion',
      'eventID',
      'eventType',
      'recipientAccountId',
      'sharedEventID',
      'insightDetails',
      'eventCategory',
    ]);
    expect(Object.keys(start.insightDetails)).toEqual([
      'state',
      'eventSource',
      'eventName',
      'insightType',
      'errorCode',
      'sourceEventCategory',
      'insightContext',
    ]);
  });
});
