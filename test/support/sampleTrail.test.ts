import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { coverageOf } from '../../src/core/activity/coverage';
import { formatMinute } from '../../src/core/activity/minute';
import { findInsightWindows } from '../../src/core/insights/findInsightWindows';
import { DEFAULT_SETTINGS } from '../../src/core/insights/settings';
import { countCalls } from './obviousCounts';
import { SAMPLE_STORY, sampleCalls, sampleDeliveries, sampleTar } from './sampleTrail';

const BUNDLED = readFileSync(new URL('../../public/sample-trail.tar.gz', import.meta.url));
const calls = sampleCalls();
const deliveries = sampleDeliveries();
const records = deliveries.flatMap(({ content }) => content.Records ?? []) as Record<
  string,
  unknown
>[];

describe('the bundled sample trail', () => {
  it('is what the generator makes, byte for byte once uncompressed', () => {
    expect(gunzipSync(BUNDLED).equals(sampleTar())).toBe(true);
  });

  it('takes less than 3 MB', () => {
    expect(BUNDLED.length).toBeLessThan(3_000_000);
  });

  it('holds more than 60,000 events of at least ten days in three scopes', () => {
    const scopes = new Set(calls.map((call) => call.recipientAccountId + call.awsRegion));
    const times = calls.map((call) => call.epochSeconds);
    const span = times.reduce((a, b) => Math.max(a, b)) - times.reduce((a, b) => Math.min(a, b));
    expect(calls.length).toBeGreaterThan(60_000);
    expect(scopes.size).toBe(3);
    expect(span / 86_400).toBeGreaterThan(10);
  });

  it('gives every call an id of its own and delivers some records twice', () => {
    const ids = records.filter((record) => 'userIdentity' in record).map(({ eventID }) => eventID);
    expect(new Set(ids).size).toBe(calls.length);
    expect(ids.length).toBeGreaterThan(calls.length + 100);
  });

  it('lies in the folders that a bucket has, with an Insights pair and a digest', () => {
    const folders = deliveries.map(({ key }) => key.split('/')[2]);
    const count = (folder: string) => folders.filter((name) => name === folder).length;
    expect(count('CloudTrail-Insight')).toBe(2);
    expect(count('CloudTrail-Digest')).toBe(1);
    expect(count('CloudTrail')).toBe(folders.length - 3);
  });

  it('shows exactly the insights of its story, and flags no daily rhythm', () => {
    const { series, presence } = countCalls(calls);
    const coverage = coverageOf(presence);
    const found = series.flatMap((each) => {
      const own = coverage.find(
        ({ recipientAccountId, awsRegion }) =>
          recipientAccountId === each.key.recipientAccountId && awsRegion === each.key.awsRegion,
      )!;
      return findInsightWindows(each, own, DEFAULT_SETTINGS).map((window) => ({
        key: each.key,
        insightType: each.key.errorCode ? 'ApiErrorRateInsight' : 'ApiCallRateInsight',
        direction: window.direction,
        start: formatMinute(window.start),
        end: formatMinute(window.end),
      }));
    });
    expect(found.sort((a, b) => (a.start < b.start ? -1 : 1))).toEqual(SAMPLE_STORY);
  });
});
