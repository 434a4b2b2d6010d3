import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatMinute, parseMinute, toMinute } from '../../../src/core/activity/minute';
import { compareInsights } from '../../../src/core/insights/compareInsights';
import type { Insight } from '../../../src/core/insights/insight';
import {
  parseRecordedInsights,
  type RecordedInsight,
} from '../../../src/core/insights/recordedInsights';
import { insightRecord } from '../../support/insightRecord';
import { filesBelow, sharedData } from '../../support/sharedData';

const ERRORS = {
  eventSource: 'cloudtrail.amazonaws.com',
  eventName: 'DescribeQuery',
  insightType: 'ApiErrorRateInsight',
  errorCode: 'QueryIdNotFoundException',
  sourceEventCategory: 'Management',
};
const START = insightRecord('Start', '2024-12-11T16:52:00Z', 1.2, 5, { details: ERRORS });
const END = insightRecord('End', '2024-12-11T16:53:00Z', 6, 1, { details: ERRORS });

const parse = (...records: unknown[]) =>
  parseRecordedInsights(records.map((record) => JSON.stringify(record)));

const summary = ({ start, end, halves, statistics }: RecordedInsight) => [
  formatMinute(start),
  end && formatMinute(end),
  halves,
  statistics.insightAverage,
  statistics.insightDuration,
];

describe('recorded Insights events', () => {
  it('are Start and End paired, with the statistics and attributions of the End', () => {
    const { insights, refused } = parse(START, END);
    expect(refused).toEqual([]);
    expect(insights).toEqual([
      {
        sharedEventID: START.sharedEventID,
        key: {
          recipientAccountId: '123456789012',
          awsRegion: 'us-east-1',
          eventSource: 'cloudtrail.amazonaws.com',
          eventName: 'DescribeQuery',
          errorCode: 'QueryIdNotFoundException',
        },
        insightType: 'ApiErrorRateInsight',
        sourceEventCategory: 'Management',
        start: parseMinute('2024-12-11T16:52:00Z'),
        end: parseMinute('2024-12-11T16:53:00Z'),
        halves: 'both',
        statistics: {
          baselineAverage: 0,
          insightAverage: 6,
          insightDuration: 1,
          baselineDuration: 11092,
        },
        attributions: END.insightDetails.insightContext.attributions,
      },
    ]);
  });

  it('are the same in whatever order the records come, and however often', () => {
    const other = { ...START, sharedEventID: 'another', eventID: 'third' };
    const copy = { ...START, eventID: '00000000-delivered-by-a-second-trail' };
    const all = [START, END, other, copy].map((record) => JSON.stringify(record));
    const expected = parseRecordedInsights(all);
    expect(expected.insights.length).toBe(2);
    fc.assert(
      fc.property(fc.shuffledSubarray([...all, ...all], { minLength: 8 }), (records) => {
        expect(parseRecordedInsights(records)).toEqual(expected);
      }),
    );
  });

  it('without an End are open', () => {
    expect(parse(START).insights.map(summary)).toEqual([
      ['2024-12-11T16:52:00Z', null, 'Start', 1.2, 5],
    ]);
  });

  it('without a Start began their duration before the End', () => {
    expect(parse(END).insights.map(summary)).toEqual([
      ['2024-12-11T16:52:00Z', '2024-12-11T16:53:00Z', 'End', 6, 1],
    ]);
  });

  it('of two accounts or Regions are two, though ids be the same', () => {
    const { insights } = parse(
      START,
      { ...END, recipientAccountId: '111111111111' },
      { ...END, eventID: 'x', awsRegion: 'eu-west-1' },
    );
    expect(insights.map(({ halves }) => halves)).toEqual(['Start', 'End', 'End']);
  });

  it('come out of lookup-events, where the record is a string', () => {
    const events = [START, END].map((record) => ({
      EventId: record.eventID,
      EventTime: 1733935920.0,
      CloudTrailEvent: JSON.stringify(record),
    }));
    expect(parse({ Events: events })).toEqual(parse(START, END));
  });

  it('come out of an EventBridge envelope', () => {
    const envelope = { 'detail-type': 'AWS Insight via CloudTrail', source: 'aws.cloudtrail' };
    expect(parse({ ...envelope, detail: START }).insights).toEqual(parse(START).insights);
  });

  it.each([
    ['lists', { insight: [{ value: 'agent', average: 3 }], baseline: [] }],
    [
      'the single values of before March 2025',
      { insightValue: 'agent', insightAverage: 3, baselineValue: null, baselineAverage: null },
    ],
  ])('come out of CloudTrail Lake’s flat form, with attributions as %s', (_, attribution) => {
    const lake = {
      eventVersion: '1.07',
      eventCategory: 'Insight',
      eventType: 'AwsCloudTrailInsight',
      eventID: 'e1',
      eventTime: '2024-02-01 10:07:00.000',
      awsRegion: 'us-east-1',
      recipientAccountId: '123456789012',
      sharedEventID: 's1',
      insightState: 'End',
      insightEventSource: 'ssm.amazonaws.com',
      insightEventName: 'SendCommand',
      insightErrorCode: null,
      insightType: 'ApiCallRateInsight',
      insightContext: {
        baselineAverage: 0.5,
        insightAverage: 3,
        baselineDuration: 10687,
        insightDuration: 2,
        attributions: [{ attribute: 'userAgent', ...attribution }],
      },
    };
    const expected = {
      key: { eventName: 'SendCommand' },
      start: parseMinute('2024-02-01T10:05:00Z'),
      statistics: { baselineAverage: 0.5, insightAverage: 3, insightDuration: 2 },
      attributions: [
        { attribute: 'userAgent', insight: [{ value: 'agent', average: 3 }], baseline: [] },
      ],
    };
    expect(parse(lake).insights).toMatchObject([expected]);
    const lower = Object.entries(lake).map(([name, value]) => [
      name.toLowerCase(),
      name === 'insightContext' ? JSON.stringify(value) : value,
    ]);
    expect(parse(Object.fromEntries(lower)).insights).toMatchObject([expected]);
  });

  it('read exponent forms as numbers', () => {
    const json = JSON.stringify(END).replace('"average":0}', '"average":9.82222E-5}');
    expect(parseRecordedInsights([json]).insights[0].statistics.baselineAverage).toBe(9.82222e-5);
  });

  it('that cannot be used are refused with path and value, and cost no other record', () => {
    const broken = structuredClone(START) as { insightDetails: { state: string } };
    broken.insightDetails.state = 'Middle';
    const { insights, refused } = parse({
      Records: [broken, { ...START, eventTime: 'noon' }, END],
    });
    expect(insights.length).toBe(1);
    expect(refused).toEqual([
      'insightDetails.state: expected ("Start" | "End"), found "Middle".',
      'eventTime: expected a time such as 2019-11-01T20:37:00Z, found "noon".',
    ]);
  });

  it.each([
    ['text that is no JSON', '{"eventTime":'],
    ['a list nested ten thousand deep', '['.repeat(10_000)],
    ['a key that reaches for prototypes', '{"__proto__":{"state":"Start"}}'],
    ['a number beyond numbers', JSON.stringify(END).replace('"average":6', '"average":1e999')],
    ['a negative rate', JSON.stringify(END).replace('"average":6', '"average":-6')],
    [
      'a duration of centuries',
      JSON.stringify(END).replace('"insightDuration":1', '"insightDuration":1e9'),
    ],
    ['something else', '"Insight"'],
  ])('made of %s are refused', (_, json) => {
    const { insights, refused } = parseRecordedInsights([json]);
    expect(insights).toEqual([]);
    expect(refused.length).toBe(1);
  });
});

const RECORDS = sharedData('insights-records');

describe.skipIf(!RECORDS)('every real record that could be found', () => {
  const read = (name: string) => {
    const file = filesBelow(RECORDS!).find((path) => path.includes(name))!;
    return parseRecordedInsights([readFileSync(file, 'utf8')]);
  };

  it('is read, but for the one with a misspelt member', () => {
    const files = filesBelow(RECORDS!).filter((path) => !path.endsWith('.tsv'));
    const all = parseRecordedInsights(files.map((path) => readFileSync(path, 'utf8')));
    expect(all.refused).toEqual([
      'insightDetails.insightContext: expected "insightContext", found nothing.',
    ]);
    expect(all.insights.length).toBe(10);
  });

  it('of the launch in 2019 is a pair without baseline duration and attributions', () => {
    const { insights } = read('cloudtrail-event-reference.md__c7deeab78b');
    expect(insights.map(summary)).toEqual([
      ['2019-10-17T10:05:00Z', '2019-10-17T10:13:00Z', 'both', 50, 8],
    ]);
    expect(insights[0].statistics.baselineDuration).toBeNull();
    expect(insights[0].attributions).toEqual([]);
  });

  it('whose halves carry different ids is two halves', () => {
    const { insights } = read('cloudtrail-log-file-examples.md__52c1b54e0c');
    expect(insights.map(summary)).toEqual([
      ['2023-01-02T00:21:00Z', '2023-01-02T00:22:00Z', 'End', 657, 1],
      ['2023-01-02T02:51:00Z', null, 'Start', 669, null],
    ]);
  });

  it('on data events says so, and its halves from two Regions are two insights', () => {
    const { insights } = read('view-insights-events-cli.md__3e37fdc4a5');
    expect(insights.map(({ sourceEventCategory }) => sourceEventCategory)).toEqual([
      'Data',
      'Data',
    ]);
    expect(insights.map(({ key }) => key.awsRegion).sort()).toEqual(['us-east-1', 'us-east-2']);
  });
});

describe('ours beside AWS’s own', () => {
  const [recorded] = parse(START, END).insights;

  const ours = (start: number, end: number, more: Partial<Insight> = {}): Insight => ({
    sharedEventID: `ours at ${start}`,
    key: recorded.key,
    insightType: recorded.insightType,
    start: toMinute(start),
    end: toMinute(end),
    direction: 'above',
    severity: 4,
    history: 'usual',
    ongoing: false,
    explanation: {
      rule: 'record',
      from: toMinute(start),
      to: toMinute(end),
      observed: 6,
      expected: 0,
      limit: 1,
      comparedHours: 10,
      peakMinute: toMinute(start),
      peakCalls: 6,
    },
    statistics: {
      baseline: { average: 0.1 },
      insight: { average: 5.5 },
      insightDuration: end - start,
      baselineDuration: 11092,
    },
    startStatistics: {
      baseline: { average: 0.1 },
      insight: { average: 1.3 },
      insightDuration: 5,
      baselineDuration: 11092,
    },
    attributions: [],
    startAttributions: [],
    coveredBaseline: 11092,
    ...more,
  });

  it('are the same insight when their windows overlap, with the differences in time and averages', () => {
    const mine = ours(recorded.start - 1, recorded.end! + 2);
    expect(compareInsights([mine], [recorded])).toEqual({
      both: [
        {
          ours: mine,
          recorded,
          startDifference: -1,
          endDifference: 2,
          baselineDifference: 0.1,
          insightDifference: -0.5,
        },
      ],
      onlyAws: [],
      onlyTrailglass: [],
    });
  });

  it('are compared Start with Start where AWS’s End was not found', () => {
    const [open] = parse(START).insights;
    const [found] = compareInsights([ours(open.start, open.start + 1)], [open]).both;
    expect(found.endDifference).toBeNull();
    expect(found.insightDifference).toBe(0.1);
  });

  it('of another API, Region, account, error or kind are not the same', () => {
    const others = [
      ours(recorded.start, recorded.end!, { key: { ...recorded.key, eventName: 'StartQuery' } }),
      ours(recorded.start, recorded.end!, { key: { ...recorded.key, awsRegion: 'eu-west-1' } }),
      ours(recorded.start, recorded.end!, { key: { ...recorded.key, recipientAccountId: '1' } }),
      ours(recorded.start, recorded.end!, { key: { ...recorded.key, errorCode: undefined } }),
      ours(recorded.start, recorded.end!, { insightType: 'ApiCallRateInsight' }),
      ours(recorded.start + 60, recorded.end! + 60),
    ];
    const { both, onlyAws, onlyTrailglass } = compareInsights(others, [recorded]);
    expect([both, onlyAws, onlyTrailglass]).toEqual([[], [recorded], others]);
  });

  it('pair up by the nearest start, each once', () => {
    const near = ours(recorded.start + 1, recorded.end! + 1);
    const far = ours(recorded.start - 4, recorded.end!);
    const { both, onlyTrailglass } = compareInsights([far, near], [recorded]);
    expect(both.map(({ ours: mine }) => mine)).toEqual([near]);
    expect(onlyTrailglass).toEqual([far]);
  });

  it('are each in exactly one place, whatever was found', () => {
    const minute = fc.integer({ min: 0, max: 60 });
    const spans = fc.array(fc.tuple(minute, fc.integer({ min: 1, max: 9 })), { maxLength: 12 });
    fc.assert(
      fc.property(spans, spans, (mine, theirs) => {
        const a = mine.map(([start, length]) => ours(start, start + length));
        const b = theirs.map(([start, length]) => ({
          ...recorded,
          start: toMinute(start),
          end: toMinute(start + length),
        }));
        const { both, onlyAws, onlyTrailglass } = compareInsights(a, b);
        expect(both.length + onlyTrailglass.length).toBe(a.length);
        expect(both.length + onlyAws.length).toBe(b.length);
        expect(new Set(both.map((pair) => pair.recorded)).size).toBe(both.length);
      }),
    );
  });
});
