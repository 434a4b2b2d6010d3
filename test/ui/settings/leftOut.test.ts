import { describe, expect, it } from 'vitest';
import { mergeActivity } from '../../../src/core/activity/mergeActivity';
import { toMinute } from '../../../src/core/activity/minute';
import { DEFAULT_SETTINGS } from '../../../src/core/insights/settings';
import {
  callsInSpan,
  callsLeftOut,
  countLeftOut,
  leaveOut,
  leaveOutSpan,
  muteWords,
} from '../../../src/ui/settings/leftOut';
import { partOf } from '../../support/countedCalls';

const START = toMinute(29_000_160);
const BOT = 'arn:aws:sts::123456789012:assumed-role/deploy-bot';
const { table } = mergeActivity([
  partOf([
    { minute: START, calls: 10 },
    { minute: toMinute(START + 1), calls: 20, userIdentityArn: BOT },
    { minute: toMinute(START + 2), calls: 40, userIdentityArn: BOT },
    { minute: toMinute(START + 1), calls: 500, eventName: 'DescribeInstances', readOnly: true },
  ]),
]);
const MINUTE_ONE = { start: toMinute(START + 1), end: toMinute(START + 2) };

describe('what is left out', () => {
  it('is counted once, though a mute and a span both hide it; reads that are not judged are not', () => {
    const byBot = leaveOut(DEFAULT_SETTINGS, { userIdentityArn: BOT });
    const both = leaveOutSpan(byBot, MINUTE_ONE);
    expect(callsLeftOut(table, DEFAULT_SETTINGS)).toBe(0);
    expect(callsLeftOut(table, byBot)).toBe(60);
    expect(callsLeftOut(table, both)).toBe(60);
    expect(callsInSpan(table, both, both.excludedSpans[0])).toBe(20);
    expect(callsInSpan(table, { ...both, readEvents: true }, both.excludedSpans[0])).toBe(520);
  });

  it('is listed once, and on again when it was switched off', () => {
    const once = leaveOut(DEFAULT_SETTINGS, { userIdentityArn: BOT });
    const off = { ...once, mutes: [{ ...once.mutes[0], reason: 'deploys', off: true }] };
    expect(countLeftOut(off)).toBe(0);
    expect(leaveOut(off, { userIdentityArn: BOT }).mutes).toEqual([
      { userIdentityArn: BOT, reason: 'deploys' },
    ]);
    expect(leaveOut(off, { userIdentityArn: BOT, userAgent: 'cli' }).mutes).toHaveLength(2);
  });

  it('hides what it hides whether it is on or off', () => {
    const span = { ...MINUTE_ONE, reason: '', off: true };
    expect(callsInSpan(table, DEFAULT_SETTINGS, span)).toBe(20);
  });

  it('is told in words', () => {
    const api = { eventSource: 'ssm.amazonaws.com', eventName: 'PutParameter' };
    expect(muteWords({ ...api, userIdentityArn: BOT })).toEqual([
      { what: 'API', value: 'ssm PutParameter' },
      { what: 'user identity', value: 'assumed-role/deploy-bot' },
    ]);
    expect(muteWords({ sourceIPAddress: '' })).toEqual([
      { what: 'source IP address', value: 'none' },
    ]);
  });
});
