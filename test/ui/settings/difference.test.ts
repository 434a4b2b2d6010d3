import { describe, expect, it } from 'vitest';
import type { ListedInsight } from '../../../src/core/insights/listedInsights';
import { DEFAULT_SETTINGS, type DetectionSettings } from '../../../src/core/insights/settings';
import { toMinute } from '../../../src/core/activity/minute';
import { changeWords, differenceOf, differenceWords } from '../../../src/ui/settings/difference';

const insight = (eventName: string, start: number, minutes = 5, found?: ListedInsight['found']) =>
  ({
    key: { recipientAccountId: '1', awsRegion: 'us-east-1', eventSource: 's', eventName },
    insightType: 'ApiCallRateInsight',
    direction: 'above',
    start: toMinute(start),
    end: toMinute(start + minutes),
    found,
  }) as ListedInsight;

describe('what another detection changes in the list', () => {
  it('is what is gone and what has come; a minute more or less is the same insight', () => {
    const { gone, come } = differenceOf(
      [insight('CreateUser', 100), insight('RunTask', 100)],
      [insight('CreateUser', 101), insight('RunTask', 200), insight('RunTask', 300)],
    );
    expect(gone.map(({ key, start }) => [key.eventName, start])).toEqual([['RunTask', 100]]);
    expect(come.map(({ start }) => start)).toEqual([200, 300]);
  });

  it('is nothing for what AWS recorded: that stays listed', () => {
    const recorded = insight('CreateUser', 100, 5, { by: 'AWS' } as ListedInsight['found']);
    expect(differenceOf([insight('CreateUser', 100)], [recorded]).gone.length).toBe(1);
    expect(differenceOf([], [recorded]).come).toEqual([]);
  });

  it('stands in few words', () => {
    const one = insight('CreateUser', 1);
    expect(differenceWords({ gone: [], come: [] })).toBe('the same insights');
    expect(differenceWords({ gone: [one, one], come: [] })).toBe('2 fewer');
    expect(differenceWords({ gone: [one], come: [one] })).toBe('1 fewer, 1 more');
  });
});

describe('a change of the settings', () => {
  const words = (before: Partial<DetectionSettings>, after: Partial<DetectionSettings>) =>
    changeWords({ ...DEFAULT_SETTINGS, ...before }, { ...DEFAULT_SETTINGS, ...after });
  const mute = { userIdentityArn: 'arn:aws:sts::1:assumed-role/deployer', reason: '' };
  const span = { start: toMinute(1), end: toMinute(2), reason: '' };

  it('is told by what it changes', () => {
    expect(words({}, { severity: 2 })).toBe('severity 3 → 2');
    expect(words({}, { mutes: [mute] })).toBe('assumed-role/deployer left out');
    expect(words({ mutes: [mute] }, { mutes: [{ ...mute, off: true }] })).toBe(
      'assumed-role/deployer back in',
    );
    expect(words({}, { excludedSpans: [span] })).toBe('time span left out');
    expect(words({}, { signIns: false })).toBe('sign-ins off');
    expect(words({ mutes: [mute] }, { mutes: [{ ...mute, reason: 'x' }] })).toBe('reasons');
  });

  it('of several things names the first', () => {
    expect(words({}, { mutes: [mute], severity: 2, minimumCalls: 5 })).toBe(
      'assumed-role/deployer left out and 2 more',
    );
  });
});
