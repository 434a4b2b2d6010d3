import { describe, expect, it } from 'vitest';
import { parseMinute, toMinute } from '../../../src/core/activity/minute';
import type { MinuteExplanation } from '../../../src/core/insights/explainMinute';
import type { JudgedWindow } from '../../../src/core/insights/judgedWindow';
import type { Pause } from '../../../src/core/insights/pause';
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
      unusualFrom: 39,
      windows: [ALONE],
      pause: null,
      insight: null,
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

  describe('without calls, by the pause around it', () => {
    const PAUSE: Pause = {
      from: toMinute(MINUTE - 5),
      to: toMinute(MINUTE + 7),
      rule: 'silence',
      expected: 3.2,
      severity: 0,
      compared: 270,
      unusualFrom: 41,
    };
    const quiet = (pause: Partial<Pause>): string =>
      words({ calls: 0, pause: { ...PAUSE, ...pause } });

    it('how long it lasted and how long one would have been unusual', () => {
      expect(quiet({})).toContain(
        'The pause from 2026-01-21 12:55 UTC lasted 12 min, about 3.2 calls due in it; from 41 min on it would have been unusual, judged by 270 active hours.',
      );
      expect(quiet({ severity: 2 })).toContain('Such a pause comes about once in 3 months');
    });

    it('or why it was not judged', () => {
      expect(quiet({ rule: 'missed runs' })).toContain('no run is missing in it');
      expect(quiet({ rule: 'missed runs', severity: 1 })).toContain('a run of a job');
      expect(quiet({ rule: 'too few calls' })).toContain('come too rarely here');
      expect(quiet({ rule: 'too quiet logs' })).toContain('too little to tell silence');
      expect(quiet({ rule: 'logs missing' })).toContain('the edge of the logs');
    });
  });

  const SILENCE = {
    start: toMinute(MINUTE - 30),
    end: toMinute(MINUTE + 10),
    direction: 'below',
    severity: 4,
    history: 'usual',
    ongoing: false,
    ended: 'calls came back',
    explanation: {
      rule: 'silence',
      from: toMinute(MINUTE - 30),
      to: toMinute(MINUTE + 10),
      observed: 0,
      expected: 90,
      limit: 1,
      comparedHours: 270,
      peakMinute: MINUTE,
      peakCalls: 0,
    },
  } as const;

  it('and one without calls amid a burst by the minutes around it', () => {
    const insight = { ...SILENCE, direction: 'above' } as const;
    expect(words({ calls: 0, unusualFrom: 1, insight })).toContain(
      'it is unusual together with the minutes around it, whatever it holds',
    );
  });

  it('and a minute of an insight by what opened and what ended that', () => {
    expect(words({ calls: 0, unusualFrom: Infinity, insight: SILENCE })).toBe(
      '0 calls in the minute 2026-01-21 13:00 UTC, about 10 expected; no number in one minute would have been unusual. It is part of the insight from 2026-01-21 12:30 UTC to 2026-01-21 13:10 UTC. A busy API fell silent for longer than its pauses ever last. Such a thing is expected less than once in 10 years in this API. It ended when calls came back.',
    );
  });
});
