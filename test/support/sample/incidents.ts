import type { Call } from '../recordBuilder';
import type { Random } from '../random';
import { callAt, DAY, HOUR, MINUTE, TRAIL_START } from './calls';
import * as cast from './cast';
import { BACKUP_PERIOD, FLEET, heartbeat } from './machines';
import { pollStack } from './office';

/** What went wrong in the second week; each is one thing to discover. `[start, end)` in seconds since the epoch. */

interface Span {
  readonly start: number;
  readonly end: number;
}

const on = (dayOfJanuary: number, hour: number, minute: number): number =>
  TRAIL_START + (dayOfJanuary - 12) * DAY + hour * HOUR + minute * MINUTE;

/** An update of the SSM agent restarts itself in a loop for one minute. */
export const AGENT_LOOP: Span = { start: on(21, 13, 37), end: on(21, 13, 38) };
/** An access key that leaked makes itself at home: new keys, then administrator rights. */
export const LEAK: Span = { start: on(20, 2, 11), end: on(20, 2, 14) };
export const LEAK_RIGHTS: Span = { start: on(20, 2, 14), end: on(20, 2, 16) };
/** A deployment polls without pause until CloudFormation throttles it. */
export const THROTTLING: Span = { start: on(22, 15, 20), end: on(22, 15, 32) };
/** Somebody switched off the rule that starts the backups: from the first missed run to the next run. */
export const NO_BACKUPS: Span = { start: on(23, 1, 0), end: on(23, 5, 30) };

export function incidentCalls(random: Random): Call[] {
  return [
    ...agentLoop(random),
    ...leakedKey(random),
    ...throttlingStorm(random),
    ...backupSwitch(),
  ];
}

/** Backups that were never started, because their rule was off. */
export const isMissed = (call: Call): boolean =>
  call.eventName === 'StartBackupJob' &&
  call.epochSeconds >= NO_BACKUPS.start &&
  call.epochSeconds < NO_BACKUPS.end;

const between = ({ start, end }: Span, random: Random): number => random.integer(start, end - 1);

function agentLoop(random: Random): Call[] {
  return Array.from({ length: 252 }, (_, i) => {
    const index = i % FLEET;
    const agent = cast.ssmAgent(index, cast.LOOPING_SSM_AGENT);
    return heartbeat(between(AGENT_LOOP, random), index, agent);
  });
}

function leakedKey(random: Random): Call[] {
  const iam = (at: number, eventName: string, userName: string, more: object = {}) =>
    callAt(at, cast.PROD_US, cast.LEAKED_KEY, {
      service: 'iam',
      eventName,
      requestParameters: { userName },
      ...more,
    });
  const recon = ['ListUsers', 'ListRoles', 'GetAccountAuthorizationDetails', 'ListAccessKeys'].map(
    (eventName, i) =>
      iam(LEAK.start - 240 + i * 41, eventName, 'ci-artifacts', {
        readOnly: true,
        requestParameters: null,
        ...(i > 1 && {
          errorCode: 'AccessDenied',
          errorMessage: `User: arn:aws:iam::111122223333:user/ci-artifacts is not authorized to perform: iam:${eventName}`,
        }),
      }),
  );
  const users = Array.from({ length: 36 }, (_, i) => `svc-${String(i + 1).padStart(2, '0')}`);
  const keys = users.map((user) =>
    iam(between(LEAK, random), 'CreateAccessKey', user, {
      responseElements: { accessKey: { userName: user, status: 'Active' } },
    }),
  );
  const rights = users.map((userName) =>
    iam(between(LEAK_RIGHTS, random), 'AttachUserPolicy', userName, {
      requestParameters: { userName, policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' },
    }),
  );
  return [...recon, ...keys, ...rights];
}

function throttlingStorm(random: Random): Call[] {
  const calls: Call[] = [];
  for (let minute = THROTTLING.start; minute < THROTTLING.end; minute += MINUTE) {
    const polls = random.integer(64, 88);
    for (let i = 0; i < polls; i++) {
      calls.push(pollStack(minute + random.integer(0, 59), 'web-beta', i % 8 !== 0));
    }
  }
  return calls;
}

/** One call switches the rule off, one on again: too few to be unusual, but the explanation. */
function backupSwitch(): Call[] {
  const rule = (at: number, eventName: string) =>
    callAt(at, cast.PROD_EU, cast.OPERATORS[1], {
      service: 'events',
      eventName,
      requestParameters: { name: 'start-ledger-backup' },
    });
  return [
    rule(NO_BACKUPS.start - 0.4 * BACKUP_PERIOD, 'DisableRule'),
    rule(NO_BACKUPS.end - 0.3 * BACKUP_PERIOD, 'EnableRule'),
  ];
}
