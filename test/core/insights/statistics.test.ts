import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CallSeries } from '../../../src/core/activity/callSeries';
import type { Coverage } from '../../../src/core/activity/coverage';
import {
  formatMinute,
  MINUTES_PER_DAY,
  parseMinute,
  toMinute,
} from '../../../src/core/activity/minute';
import {
  baselineSpanOf,
  coveredMinutesIn,
  round10,
  statisticsOf,
} from '../../../src/core/insights/statistics';

const minute = (text: string) => parseMinute(text)!;

const seriesOf = (calls: [string, number][]): CallSeries => ({
  key: {
    recipientAccountId: '123456789012',
    awsRegion: 'us-east-1',
    eventSource: 'ssm.amazonaws.com',
    eventName: 'UpdateInstanceInformation',
  },
  minute: Uint32Array.from(calls, ([time]) => minute(time)),
  calls: Uint32Array.from(calls, ([, n]) => n),
});

const coverageOf = (start: string, end: string, gaps: string[] = []): Coverage => ({
  recipientAccountId: '123456789012',
  awsRegion: 'us-east-1',
  start: minute(start),
  end: minute(end),
  gaps: Uint32Array.from(gaps, minute),
  incompleteFrom: minute(end),
  silenceMeansSilence: true,
});

const lengthOf = ({ start, end }: { start: number; end: number }) => end - start;

describe('the baseline', () => {
  it.each([
    ['2020-07-21T20:56:00Z', 11336, '2020-07-14T00:00:00Z'],
    ['2020-09-09T22:59:00Z', 11459, '2020-09-02T00:00:00Z'],
    ['2023-07-10T01:41:00Z', 10181, '2023-07-03T00:00:00Z'],
    ['2024-01-01T20:46:00Z', 11326, '2023-12-25T00:00:00Z'],
    ['2024-12-11T16:52:00Z', 11092, '2024-12-04T00:00:00Z'],
  ])('of an insight at %s lasts %i minutes, as AWS recorded', (start, duration, from) => {
    const span = baselineSpanOf(minute(start));
    expect(lengthOf(span)).toBe(duration);
    expect(formatMinute(span.start)).toBe(from);
  });

  it('is 10080 minutes plus the UTC minute of the day, whenever the insight starts', () => {
    fc.assert(
      fc.property(fc.integer({ min: 20_000_000, max: 40_000_000 }), (start) => {
        expect(lengthOf(baselineSpanOf(toMinute(start)))).toBe(10_080 + (start % MINUTES_PER_DAY));
      }),
    );
  });

  it.each([
    [1, 11336, 0.0000882145],
    [861036, 10080, 85.4202380952],
    [17702, 10080, 1.7561507937],
    [18, 10080, 0.0017857143],
    [1, 10181, 9.82222e-5],
    [2, 11326, 0.0001765848],
  ])('of %i calls in %i minutes averages %f, to ten decimals', (calls, minutes, average) => {
    expect(round10(calls / minutes)).toBe(average);
  });
});

describe('covered minutes', () => {
  const baseline = baselineSpanOf(minute('2024-12-11T16:52:00Z'));

  it('are all minutes of the baseline when the logs begin before it', () => {
    expect(
      coveredMinutesIn(baseline, coverageOf('2024-11-01T00:01:00Z', '2024-12-20T00:00:00Z')),
    ).toBe(11_092);
  });

  it('leave out what lies before the first event and in gaps', () => {
    const coverage = coverageOf('2024-12-10T00:01:00Z', '2024-12-12T00:00:00Z', [
      '2024-12-10T10:00:00Z',
      '2024-12-10T12:00:00Z',
      '2024-12-11T16:00:00Z',
      '2024-12-11T18:00:00Z',
    ]);
    expect(coveredMinutesIn(baseline, coverage)).toBe(MINUTES_PER_DAY + 16 * 60 + 52 - 120 - 52);
  });

  it('are none when the logs begin with the insight', () => {
    expect(
      coveredMinutesIn(baseline, coverageOf('2024-12-11T16:53:00Z', '2024-12-12T00:00:00Z')),
    ).toBe(0);
  });
});

describe('statistics', () => {
  it('of AWS’s own DescribeQuery sample are those of its Start and End records', () => {
    const series = seriesOf([['2024-12-11T16:52:00Z', 6]]);
    const start = minute('2024-12-11T16:52:00Z');
    expect(statisticsOf(series, start, 5, undefined)).toEqual({
      baseline: { average: 0 },
      insight: { average: 1.2 },
      insightDuration: 5,
      baselineDuration: 11_092,
    });
    expect(statisticsOf(series, start, 1, undefined).insight.average).toBe(6);
  });

  it('of AWS’s own CompleteLifecycleAction sample have one call in 11336 minutes as baseline', () => {
    const series = seriesOf([
      ['2020-07-14T00:00:00Z', 1],
      ['2020-07-21T20:56:00Z', 3],
    ]);
    const { baseline, insight } = statisticsOf(
      series,
      minute('2020-07-21T20:56:00Z'),
      5,
      undefined,
    );
    expect(baseline.average).toBe(0.0000882145);
    expect(insight.average).toBe(0.6);
  });

  it('give the number of calls back when an average is multiplied by its duration', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1_000_000 }),
        fc.integer({ min: 1, max: 11_519 }),
        (calls, minutes) => {
          expect(Math.round(round10(calls / minutes) * minutes)).toBe(calls);
        },
      ),
    );
  });
});
