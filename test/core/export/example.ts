import type { Analysis } from '../../../src/core/analysis';
import { analyze } from '../../../src/core/analyze';
import { parseMinute, toMinute } from '../../../src/core/activity/minute';
import { DEFAULT_SETTINGS } from '../../../src/core/insights/settings';
import { partOf, type Calls } from '../../support/countedCalls';
import { seededRandom } from '../../support/random';

export const FROM = parseMinute('2026-01-12T00:00:00Z')!;
export const DAYS = 9;
export const SPIKE = parseMinute('2026-01-20T13:37:00Z')!;

/** What a hostile caller may send: a formula, markup, and a cell breaker. */
export const HOSTILE_AGENT = `=cmd|'/C calc'!A0"><script>alert(1)</script>,\u0007&`;

/**
 * Nine days of one account: a heartbeat with a spike of 260 calls, a burst of errors by a hostile agent, an API nobody
 * looks at, and a second burst that goes on when the logs end. Also an APIs in another Region without any insight.
 */
function* calls(): Generator<Calls> {
  const random = seededRandom('example');
  const end = FROM + DAYS * 1440;
  for (let minute: number = FROM; minute < end; minute++) {
    yield { minute, calls: 3 + random.integer(0, 4) };
    if (minute % 30 === 0)
      yield { minute, calls: 1, awsRegion: 'eu-west-1', eventName: 'PutInventory' };
    if (minute % 7 === 0) yield { minute, calls: 1, eventName: 'SendCommand', userAgent: 'cron' };
    if (minute >= end - 4) yield { minute, calls: 90, eventName: 'DeleteParameter' };
  }
  yield {
    minute: SPIKE,
    calls: 240,
    userIdentityArn: 'arn:aws:sts::123456789012:assumed-role/Loop',
  };
  yield {
    minute: SPIKE + 200,
    calls: 40,
    readOnly: true,
    eventSource: 'iam.amazonaws.com',
    eventName: 'GetRolePolicy',
    errorCode: 'AccessDenied',
    userIdentityArn: 'arn:aws:iam::123456789012:user/mallory',
    userAgent: HOSTILE_AGENT,
  };
}

let made: Analysis | undefined;

/** The same analysis for every test: making it takes a second. */
export const exampleAnalysis = (): Analysis =>
  (made ??= analyze(
    [partOf(calls())],
    [
      {
        files: { in: 2, read: 1, skipped: 1 },
        bytes: { in: 10, unpacked: 100 },
        skipped: [{ name: 'secret-name.png', reason: 'not a log file', detail: 'an image' }],
        notes: [],
      },
    ],
    DEFAULT_SETTINGS,
  ));

/** An analysis without any insight, without any row. */
export const emptyAnalysis = (): Analysis => analyze([], [], DEFAULT_SETTINGS);

export const minutesAfter = (minute: number, more: number) => toMinute(minute + more);
