import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { CallSeries } from '../../../src/core/activity/callSeries';
import { formatMinute, parseMinute } from '../../../src/core/activity/minute';
import { findLargestBursts } from '../../../src/core/insights/largestBursts';
import { DEFAULT_SETTINGS } from '../../../src/core/insights/settings';
import { filesBelow, sharedData } from '../../support/sharedData';
import { coverageFor, seriesOf, START } from './support';

interface LogRecord {
  readonly eventID: string;
  readonly eventTime: string;
  readonly eventSource: string;
  readonly eventName: string;
  readonly readOnly?: boolean;
  readonly managementEvent?: boolean;
  readonly errorCode?: string;
}

/** The obvious way to the series of a few thousand records. */
function seriesOfLogs(folder: string): CallSeries[] {
  const byID = new Map<string, LogRecord>();
  for (const file of filesBelow(folder).filter((name) => /\.json(\.gz)?$/.test(name))) {
    const bytes = readFileSync(file);
    const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
    for (const record of (JSON.parse(text) as { Records?: LogRecord[] }).Records ?? [])
      byID.set(record.eventID, record);
  }
  const counts = new Map<string, Map<number, number>>();
  const count = (name: string, minute: number): void => {
    const calls = counts.get(name) ?? new Map<number, number>();
    counts.set(name, calls.set(minute, (calls.get(minute) ?? 0) + 1));
  };
  for (const record of byID.values()) {
    if (record.managementEvent === false) continue;
    const minute = parseMinute(record.eventTime)!;
    const name = `${record.eventSource} ${record.eventName}`;
    if (!record.readOnly) count(name, minute);
    if (record.errorCode) count(`${name} ${record.errorCode}`, minute);
  }
  return [...counts].map(([name, calls]) => {
    const minute = Uint32Array.from(calls.keys()).sort();
    const key = { ...seriesOf([]).key, eventName: name };
    return { key, minute, calls: minute.map((at) => calls.get(at)!) };
  });
}

describe('the largest bursts of less than three hours', () => {
  const folder = sharedData('cloudtrail/invictus-aws_dataset/CloudTrail');

  it.skipIf(folder === null)('of the real incident are its three, in order', () => {
    const series = seriesOfLogs(folder!);
    const first = Math.min(...series.map(({ minute }) => minute[0]));
    const last = Math.max(...series.map(({ minute }) => minute[minute.length - 1]));
    const coverage = coverageFor(last - first + 1, [], first as typeof START);
    const bursts = findLargestBursts(
      series,
      series.map(() => coverage),
      DEFAULT_SETTINGS,
    );
    const top = bursts
      .slice(0, 3)
      .map(({ series: { key }, window: { explanation } }) => [
        key.eventName,
        explanation.peakCalls,
        formatMinute(explanation.peakMinute),
      ]);
    expect(top).toEqual([
      ['ssm.amazonaws.com DeleteParameter', 78, '2023-07-10T12:08:00Z'],
      ['ssm.amazonaws.com PutParameter', 67, '2023-07-10T11:58:00Z'],
      ['ssm.amazonaws.com DeleteParameter ThrottlingException', 38, '2023-07-10T12:08:00Z'],
    ]);
    expect(bursts.length).toBeLessThanOrEqual(10);
  });

  it('are none of a series that is alike throughout', () => {
    const counts = new Float64Array(120).fill(9);
    expect(findLargestBursts([seriesOf(counts)], [coverageFor(120)], DEFAULT_SETTINGS)).toEqual([]);
  });

  it('are none where the logs reach further', () => {
    const counts = new Float64Array(200);
    counts[50] = 500;
    expect(findLargestBursts([seriesOf(counts)], [coverageFor(200)], DEFAULT_SETTINGS)).toEqual([]);
  });

  it('are marked as no claim', () => {
    const counts = new Float64Array(100).fill(1);
    counts[50] = 80;
    const [{ window }] = findLargestBursts(
      [seriesOf(counts)],
      [coverageFor(100)],
      DEFAULT_SETTINGS,
    );
    expect(window.severity).toBe(0);
    expect(window.history).toBe('none');
    expect(window.explanation.rule).toBe('largest burst');
    expect([window.start - START, window.end - START]).toEqual([50, 51]);
  });
});
