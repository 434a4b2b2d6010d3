import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callerSeries } from '../../../src/core/activity/callerSeries';
import { mergeActivity } from '../../../src/core/activity/mergeActivity';
import { partOf, type Calls } from '../../support/countedCalls';

const START = 29_000_000;
const HOUR = { start: START, end: START + 60 };
const EVE = 'arn:aws:iam::123456789012:user/eve';
const BOB = 'arn:aws:iam::123456789012:user/bob';

const tableOf = (calls: Calls[]) => mergeActivity([partOf(calls)]).table;
const found = (calls: Calls[], most = 5) =>
  callerSeries(tableOf(calls), EVE, HOUR, most).map(({ key, minute, calls: counts }) => [
    `${key.eventName}${key.errorCode ? ` ${key.errorCode}` : ''}`,
    Array.from(minute, (at, i) => [at - START, counts[i]]),
  ]);

describe('The series of one caller', () => {
  const eve = { userIdentityArn: EVE };
  it('hold that caller’s calls alone, over all of the logs, the busiest in the span first', () => {
    const calls = [
      { ...eve, eventName: 'CreateUser', minute: START + 1, calls: 2 },
      { ...eve, eventName: 'AttachUserPolicy', minute: START + 2, calls: 5 },
      { ...eve, eventName: 'AttachUserPolicy', minute: START + 900, calls: 7 },
      { userIdentityArn: BOB, eventName: 'AttachUserPolicy', minute: START + 2, calls: 90 },
      { ...eve, eventName: 'DeleteUser', minute: START + 60, calls: 100 },
    ];
    expect(found(calls)).toEqual([
      [
        'AttachUserPolicy',
        [
          [2, 5],
          [900, 7],
        ],
      ],
      ['CreateUser', [[1, 2]]],
    ]);
    expect(found(calls, 1)).toHaveLength(1);
  });

  it('count failed writes among the calls, and reads by the error they failed with', () => {
    const write = { ...eve, eventName: 'CreateUser', minute: START, calls: 1 };
    const read = { ...eve, eventName: 'ListUsers', readOnly: true, minute: START, calls: 1 };
    expect(
      found([write, { ...write, errorCode: 'AccessDenied' }, { ...read, errorCode: 'Throttling' }]),
    ).toEqual([
      ['CreateUser', [[0, 2]]],
      ['ListUsers Throttling', [[0, 1]]],
    ]);
  });

  it('hold as many calls as the caller made', () => {
    const call = fc.record({
      userIdentityArn: fc.constantFrom(EVE, BOB),
      eventName: fc.constantFrom('A', 'B', 'C'),
      errorCode: fc.constantFrom('', 'X', 'Y'),
      minute: fc.integer({ min: START, max: START + 59 }),
      calls: fc.integer({ min: 1, max: 5 }),
    });
    fc.assert(
      fc.property(fc.array(call, { minLength: 1 }), (calls) => {
        const held = callerSeries(tableOf(calls), EVE, HOUR, 99).flatMap((one) => [...one.calls]);
        const made = calls.filter(({ userIdentityArn }) => userIdentityArn === EVE);
        const sum = (counts: number[]) => counts.reduce((a, b) => a + b, 0);
        expect(sum(held)).toBe(sum(made.map((each) => each.calls)));
      }),
      { numRuns: 50 },
    );
  });

  it('are none for somebody unknown', () => {
    expect(found([{ minute: START, calls: 1 }])).toEqual([]);
  });
});
