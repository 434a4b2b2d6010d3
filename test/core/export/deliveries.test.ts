import { gunzipSync, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { formatMinute } from '../../../src/core/activity/minute';
import { parseS3Key } from '../../../src/core/cloudtrail/s3Key';
import { logLines, putEventsLines, putEventsRequests } from '../../../src/core/export/deliveries';
import { insightsCsv } from '../../../src/core/export/insightsCsv';
import { metricDataJson } from '../../../src/core/export/metricData';
import { recordsOf } from '../../../src/core/export/records';
import { s3LayoutZip } from '../../../src/core/export/s3Layout';
import { parseRecordedInsights } from '../../../src/core/insights/recordedInsights';
import { emptyAnalysis, exampleAnalysis, HOSTILE_AGENT } from './example';

const { insights, table, coverage } = exampleAnalysis();
const records = recordsOf(insights);
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

describe('the zip in S3 layout', () => {
  const files = Object.entries(unzipSync(s3LayoutZip(insights)));

  it('holds a gzipped file per record, under keys as CloudTrail makes them', () => {
    expect(files.length).toBe(records.length);
    for (const [key] of files) {
      expect(key).toMatch(
        /^AWSLogs\/123456789012\/CloudTrail-Insight\/us-east-1\/2026\/01\/2\d\/123456789012_CloudTrail-Insight_us-east-1_202601\d\dT\d{4}Z_[0-9a-f]{16}\.json\.gz$/,
      );
      expect(parseS3Key(key)).toMatchObject({
        folder: 'CloudTrail-Insight',
        awsRegion: 'us-east-1',
      });
    }
  });

  it('holds the records as they are', () => {
    const held = files.flatMap(([, file]) => JSON.parse(text(gunzipSync(file))).Records);
    expect(new Set(held)).toEqual(new Set(JSON.parse(JSON.stringify(records))));
  });

  it('has the same bytes at any time and in any time zone', () => {
    const before = process.env.TZ;
    const here = s3LayoutZip(insights);
    process.env.TZ = 'Asia/Kathmandu';
    const there = s3LayoutZip(insights.toReversed());
    process.env.TZ = before;
    expect(there).toEqual(here);
  });

  it('stays inside the folder it is unpacked into, whatever the logs call account and Region', () => {
    const hostile = insights.map((insight) => ({
      ...insight,
      key: { ...insight.key, recipientAccountId: '../../etc', awsRegion: 'C:\\x\0/..' },
    }));
    for (const key of Object.keys(unzipSync(s3LayoutZip(hostile)))) {
      expect(key).toMatch(/^AWSLogs\/[A-Za-z0-9_-]+\/CloudTrail-Insight\/[A-Za-z0-9_/.-]+$/);
      expect(key).not.toContain('..');
    }
  });

  it('of no insights is an empty zip', () => {
    expect(unzipSync(s3LayoutZip([]))).toEqual({});
  });
});

describe('EventBridge entries', () => {
  it('carry one record each, from a source that PutEvents takes', () => {
    const entries = putEventsRequests(insights).flatMap(({ Entries }) => Entries);
    expect(entries.map(({ Detail }) => JSON.parse(Detail))).toEqual(
      JSON.parse(JSON.stringify(records)),
    );
    for (const { Source, DetailType, Time } of entries) {
      expect(Source).not.toMatch(/^aws\./);
      expect(DetailType).toBe('AWS Insight via CloudTrail');
      expect(Time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:00Z$/);
    }
  });

  it('come in requests of at most ten, one a line', () => {
    const many = Array.from({ length: 9 }, () => insights).flat();
    const requests = putEventsLines(many)
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).Entries.length);
    expect(requests).toEqual([10, 10, 10, 10, 5]);
  });
});

describe('log lines', () => {
  it('are one record each, which a reader of AWS’s records takes', () => {
    const lines = logLines(insights).trimEnd().split('\n');
    const { insights: read, refused } = parseRecordedInsights(lines);
    expect(refused).toEqual([]);
    expect(read.map(({ key }) => key.eventName).sort()).toEqual(
      insights.map(({ key }) => key.eventName).sort(),
    );
  });

  it('of no insights are empty', () => {
    expect(logLines([]) + putEventsLines([])).toBe('');
  });
});

interface MetricData {
  EventName: string;
  InsightType: string;
  ErrorCode?: string;
  Timestamps: string[];
  Values: number[];
}

describe('metric data', () => {
  const parse = (type: 'NonZeroData' | 'FillWithZeros') =>
    JSON.parse([...metricDataJson(table, coverage, type)].join('')) as MetricData[];
  const sparse = parse('NonZeroData');
  const filled = parse('FillWithZeros');

  it('has one object a series, with parallel lists of times and values', () => {
    expect(sparse.map(({ EventName, ErrorCode }) => [EventName, ErrorCode])).toEqual([
      ['PutInventory', undefined],
      ['GetRolePolicy', 'AccessDenied'],
      ['DeleteParameter', undefined],
      ['SendCommand', undefined],
      ['UpdateInstanceInformation', undefined],
    ]);
    for (const { Timestamps, Values } of [...sparse, ...filled]) {
      expect(Timestamps.length).toBe(Values.length);
      expect(Timestamps.toSorted()).toEqual(Timestamps);
    }
    expect(sparse[1].InsightType).toBe('ApiErrorRateInsight');
  });

  it('leaves minutes without calls out, or fills them with zeros where there are logs', () => {
    for (const [i, { Timestamps, Values }] of sparse.entries()) {
      expect(Values).not.toContain(0);
      const all = new Map(filled[i].Timestamps.map((time, at) => [time, filled[i].Values[at]]));
      expect(Timestamps.map((time) => all.get(time))).toEqual(Values);
      expect(Values.reduce((a, b) => a + b)).toBe(filled[i].Values.reduce((a, b) => a + b));
    }
    const minutes = new Set(filled[1].Timestamps);
    const [{ start, end }] = coverage.filter(({ awsRegion }) => awsRegion === 'us-east-1');
    expect(minutes.size).toBe(end - start);
    expect(minutes.has(formatMinute(start))).toBe(true);
  });

  it('fills nothing in where logs are missing', () => {
    const [scope] = coverage.filter(({ awsRegion }) => awsRegion === 'us-east-1');
    const gaps = Uint32Array.of(scope.start + 10, scope.end - 10);
    const data = JSON.parse(
      [...metricDataJson(table, [{ ...scope, gaps }], 'FillWithZeros')].join(''),
    ) as MetricData[];
    const errors = data.find(({ ErrorCode }) => ErrorCode)!;
    expect(errors.Timestamps.length).toBe(21);
  });

  it('of an empty table is an empty list', () => {
    expect([...metricDataJson(emptyAnalysis().table, [], 'FillWithZeros')].join('')).toBe('[]\n');
  });
});

describe('the insights list', () => {
  const rows = insightsCsv(insights).trimEnd().split('\n');

  it('has a line per insight, by time, under the names of AWS’s records', () => {
    expect(rows[0]).toBe(
      'eventName,insightType,eventSource,errorCode,recipientAccountId,awsRegion,start,end,insightDuration,baselineAverage,insightAverage,rateChange,direction,severity,history,topUserIdentityArn,topUserAgent,sharedEventID',
    );
    expect(rows.slice(1).map((row) => row.split(',')[0])).toEqual([
      'UpdateInstanceInformation',
      'GetRolePolicy',
      'DeleteParameter',
    ]);
    expect(rows[1]).toContain(',2026-01-20T13:37:00Z,2026-01-20T13:38:00Z,1,');
  });

  it('lets no formula out of the logs', () => {
    expect(HOSTILE_AGENT[0]).toBe('=');
    expect(rows[2]).toContain(`,"'=cmd|'/C calc'!A0""><script>`);
  });

  it('shows no rate change over a baseline of 0, and no end while an insight is open', () => {
    const [, , , , , , , end, , baseline, , change] = rows[3].split(',');
    expect([end, baseline, change]).toEqual(['', '0', '']);
  });
});
