import { describe, expect, it } from 'vitest';
import { toMinute } from '../../src/core/activity/minute';
import { eventsWantedOf, holdsWanted } from '../../src/core/rawEvents';

const key = {
  recipientAccountId: '123456789012',
  awsRegion: 'eu-west-1',
  eventSource: 'iam.amazonaws.com',
  eventName: 'CreateUser',
};
const insight = (start: number, end: number) => ({
  key,
  start: toMinute(start),
  end: toMinute(end),
});

describe('the events wanted of an insight', () => {
  it('reach from a minute before its start to a minute after its end', () => {
    expect(eventsWantedOf(insight(100, 103))).toEqual({ key, from: 99, to: 104 });
  });

  it('are those of the first hour of a long one', () => {
    expect(eventsWantedOf(insight(100, 5_000))).toEqual({ key, from: 99, to: 160 });
  });

  it('are looked for only in logs of its account and Region that touch these minutes', () => {
    const wanted = eventsWantedOf(insight(100, 103));
    const span = { ...key, first: 0, last: 1_000 };
    const holds = (change: Partial<typeof span>) => holdsWanted([{ ...span, ...change }], wanted);
    expect(holds({})).toBe(true);
    expect([holds({ last: 99 }), holds({ first: 103 })]).toEqual([true, true]);
    expect([holds({ last: 98 }), holds({ first: 104 })]).toEqual([false, false]);
    expect(holds({ awsRegion: 'us-east-1' })).toBe(false);
    expect(holds({ recipientAccountId: '999999999999' })).toBe(false);
  });
});
