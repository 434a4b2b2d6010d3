import { describe, expect, it } from 'vitest';
import { parseMinute, toMinute } from '../../../src/core/activity/minute';
import type { JudgedWindow, MinuteExplanation } from '../../../src/core/insights/explainMinute';
import { DEFAULT_SETTINGS } from '../../../src/core/insights/settings';
import { whyNotWords, type Judging } from '../../../src/ui/insights/whyNotWords';

const MINUTE = parseMinute('2026-01-21T13:00:00Z')!;
const KEY = {
  recipientAccountId: '123456789012',
  awsRegion: 'us-east-1',
  eventSource: 'ssm.amazonaws.com',
  eventName: 'UpdateInstanceInformation',
};
const ALONE: JudgedWindow = {
  from: MINUTE,
  to: toMinute(MINUTE + 1),
  observed: 12,
  expected: 10.4,
  limit: 38,
  severity: 0,
  comparedHours: 270,
};

const words = (changes: Partial<MinuteExplanation> = {}, judging: Partial<Judging> = {}): string =>
  whyNotWords(
    {
      minute: MINUTE,
      covered: true,
      history: 'usual',
      calls: 12,
      expected: 10.4,
      windows: [ALONE],
      ...changes,
    },
    { key: KEY, insights: [], settings: DEFAULT_SETTINGS, zone: 'UTC', ...judging },
  ).join(' ');

describe('a minute that is no insight explains itself', () => {
  it('by what was counted, expected, and would have been an insight', () => {
    expect(words()).toBe(
      '12 calls in the minute 2026-01-21 13:00 UTC, about 10 expected; from 39 on it would have been unusual. That is what this API does anyway, judged by 270 active hours of it.',
    );
  });

  it('by the longer stretch that came nearest, and how rare that is', () => {
    const hour = { ...ALONE, to: toMinute(MINUTE + 60), observed: 900, expected: 620, limit: 980 };
    const told = words({ windows: [ALONE, { ...hour, severity: 2 }] });
    expect(told).toContain(
      'Nearest to an insight came the 1 h from 2026-01-21 13:00 UTC: 900 calls, about 620 expected; from 981 on',
    );
    expect(told).toContain('comes about once in 3 months in this API');
    expect(told).toContain('severity 3 asks for less than once in 2 years');
  });

  it('without the longer stretch that holds an insight', () => {
    const hour = { ...ALONE, to: toMinute(MINUTE + 60), observed: 900, severity: 5 };
    const spike = { start: toMinute(MINUTE + 30), end: toMinute(MINUTE + 31) };
    expect(words({ windows: [ALONE, hour] }, { insights: [spike] })).toBe(words());
  });

  it('by the minimum of calls where there are fewer', () => {
    const two = { ...ALONE, observed: 2, expected: 0.01, limit: 2 };
    expect(words({ calls: 2, expected: 0.01, windows: [two] })).toContain(
      'Fewer than 3 calls never make an insight',
    );
  });

  it('by what is missing: logs, history, or what the settings leave out', () => {
    expect(words({ covered: false, windows: [] })).toContain('The logs do not hold the minute');
    expect(words({ history: 'none', windows: [] })).toContain('Under three hours of logs');
    const excludedSpans = [{ start: MINUTE, end: toMinute(MINUTE + 5), reason: 'deploy' }];
    expect(
      words({ covered: false }, { settings: { ...DEFAULT_SETTINGS, excludedSpans } }),
    ).toContain('is left out');
    expect(
      words({}, { settings: { ...DEFAULT_SETTINGS, insightTypes: ['ApiErrorRateInsight'] } }),
    ).toContain('API call rate insights are switched off');
  });

  it('without a claim where the minute alone was unusual', () => {
    expect(words({ windows: [{ ...ALONE, observed: 50, severity: 3.4 }] })).toContain(
      'By these numbers alone it was unusual',
    );
  });

  it('says of a silent minute that silence is judged by its length', () => {
    expect(words({ calls: 0, windows: [{ ...ALONE, observed: 0 }] })).toContain(
      'Silence is judged by how long it lasts',
    );
  });
});
