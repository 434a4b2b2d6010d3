import { describe, expect, it } from 'vitest';
import { toMinute } from '../../../src/core/activity/minute';
import { joinLeftOut, mutesJson, parseMutes } from '../../../src/core/export/mutesFile';

const BOT = 'arn:aws:sts::123456789012:assumed-role/deploy-bot';
const LEFT_OUT = {
  mutes: [
    { userIdentityArn: BOT, reason: 'deploys', off: true },
    { eventSource: 'ssm.amazonaws.com', eventName: 'UpdateInstanceInformation', reason: '' },
  ],
  excludedSpans: [{ start: toMinute(29_000_000), end: toMinute(29_000_060), reason: 'incident' }],
};

describe('a file of what is left out', () => {
  it('is read as it was written', () => {
    expect(parseMutes(mutesJson(LEFT_OUT))).toEqual(LEFT_OUT);
  });

  it('may hold mutes alone', () => {
    expect(parseMutes('{"mutes":[]}')).toEqual({ mutes: [], excludedSpans: [] });
  });

  it.each([
    [
      '{"mutes":[{"userIdentityArn":5,"reason":""}]}',
      'mutes[0].userIdentityArn: expected string, found 5.',
    ],
    [
      '{"mutes":[{"userName":"a","reason":""}]}',
      'mutes[0].userName: expected no member of this name, found "a".',
    ],
    ['{"mutes":[{"userAgent":"a"}]}', 'mutes[0].reason: expected "reason", found nothing.'],
    ['{"Records":[]}', 'mutes: expected "mutes", found nothing.'],
    [
      '{"mutes":[],"excludedSpans":[{"start":1.5,"end":2,"reason":""}]}',
      'excludedSpans[0].start: expected a whole minute, found 1.5.',
    ],
    ['{"mutes":[],"__proto__":{}}', '__proto__: a member of this name is refused.'],
  ])('is refused with path and value: %s', (json, message) => {
    expect(() => parseMutes(json)).toThrow(message);
  });

  it('joins what is there: known entries keep their reason and switch', () => {
    const more = {
      mutes: [
        { reason: 'from the team', userIdentityArn: BOT },
        { userAgent: 'terraform', reason: 'from the team' },
      ],
      excludedSpans: LEFT_OUT.excludedSpans,
    };
    expect(joinLeftOut(LEFT_OUT, more)).toEqual({
      mutes: [...LEFT_OUT.mutes, more.mutes[1]],
      excludedSpans: LEFT_OUT.excludedSpans,
    });
  });
});
