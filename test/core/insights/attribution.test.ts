import { describe, expect, it } from 'vitest';
import type { SeriesKey } from '../../../src/core/activity/callSeries';
import { mergeActivity } from '../../../src/core/activity/mergeActivity';
import { toMinute } from '../../../src/core/activity/minute';
import { attributionsAgainst, rankingOf } from '../../../src/core/insights/attribution';
import { partOf, type Calls } from '../../support/countedCalls';

const KEY: SeriesKey = {
  recipientAccountId: '123456789012',
  awsRegion: 'us-east-1',
  eventSource: 'ssm.amazonaws.com',
  eventName: 'UpdateInstanceInformation',
};
const START = 29_000_000;
const DURING = { start: toMinute(START), end: toMinute(START + 10), duration: 10 };
const BEFORE = { start: toMinute(START - 1000), end: toMinute(START), duration: 1000 };

const tableOf = (calls: Calls[]) => mergeActivity([partOf(calls)]).table;

const agents = (minute: number, counts: Record<string, number>): Calls[] =>
  Object.entries(counts).map(([userAgent, calls]) => ({ minute, calls, userAgent }));

describe('attributions', () => {
  it('name the five values with the most calls, during and before each by its own ranking', () => {
    const table = tableOf([
      ...agents(START, { a: 1, b: 20, c: 30, d: 40, e: 50, f: 60 }),
      ...agents(START - 5, { a: 600, b: 10 }),
    ]);
    const [, userAgent] = attributionsAgainst(table, KEY, BEFORE)(DURING);
    expect(userAgent.insight).toEqual([
      { value: 'f', average: 6 },
      { value: 'e', average: 5 },
      { value: 'd', average: 4 },
      { value: 'c', average: 3 },
      { value: 'b', average: 2 },
    ]);
    expect(userAgent.baseline).toEqual([
      { value: 'a', average: 0.6 },
      { value: 'b', average: 0.01 },
    ]);
  });

  it('rank values with equally many calls in text order, so that the same logs give the same bytes', () => {
    const table = tableOf(agents(START, { delta: 2, alpha: 2, Bravo: 2 }));
    const [, userAgent] = attributionsAgainst(table, KEY, BEFORE)(DURING);
    expect(userAgent.insight.map(({ value }) => value)).toEqual(['Bravo', 'alpha', 'delta']);
  });

  it('count calls that failed among the calls, and name their error codes', () => {
    const table = tableOf([
      { minute: START, calls: 3 },
      { minute: START, calls: 1, errorCode: 'ThrottlingException' },
    ]);
    const [, , errorCode] = attributionsAgainst(table, KEY, BEFORE)(DURING);
    expect(errorCode.insight).toEqual([
      { value: 'null', average: 0.3 },
      { value: 'ThrottlingException', average: 0.1 },
    ]);
  });

  it('of an error rate count that error of the write and the read API, and have no error code', () => {
    const table = tableOf([
      { minute: START, calls: 4, errorCode: 'AccessDenied', userAgent: 'writer' },
      { minute: START, calls: 2, errorCode: 'AccessDenied', userAgent: 'reader', readOnly: true },
      { minute: START, calls: 9, errorCode: 'ThrottlingException', userAgent: 'writer' },
    ]);
    const found = attributionsAgainst(table, { ...KEY, errorCode: 'AccessDenied' }, BEFORE)(DURING);
    expect(found.map(({ attribute }) => attribute)).toEqual(['userIdentityArn', 'userAgent']);
    expect(found[1].insight).toEqual([
      { value: 'writer', average: 0.4 },
      { value: 'reader', average: 0.2 },
    ]);
  });

  it('name an absent value and the text “null” once, as AWS’s records cannot tell them apart', () => {
    const table = tableOf([
      { minute: START, calls: 2, userAgent: '' },
      { minute: START, calls: 3, userAgent: 'null' },
      { minute: START, calls: 1, userAgent: 'other' },
    ]);
    expect(rankingOf(table, KEY, DURING)('userAgent')).toEqual([
      { value: 'null', ref: 0, calls: 5 },
      { value: 'other', ref: table.strings.indexOf('other'), calls: 1 },
    ]);
  });

  it('of a span without calls are empty', () => {
    const [identity] = attributionsAgainst(
      tableOf([{ minute: START, calls: 1 }]),
      KEY,
      BEFORE,
    )(DURING);
    expect(identity.baseline).toEqual([]);
  });
});
