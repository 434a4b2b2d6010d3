import type { Call } from '../recordBuilder';
import type { Random } from '../random';
import { callAt, DAY, hex, HOUR, isWeekend, MINUTE, TRAIL_END, TRAIL_START } from './calls';
import * as cast from './cast';

/** What follows the working day of customers and staff. The office keeps UTC. */

export function officeCalls(random: Random): Call[] {
  return [
    ...officeHours(random, 1.1, (at) => [logStream(at, random)]),
    ...officeHours(random, 0.45, (at) => [orderExecution(at, random)]),
    ...officeHours(random, 0.5, (at) => [functionRole(at)]),
    ...officeHours(random, 0.08, (at) => [query(at, random)]),
    ...officeHours(random, 0.03, (at) => [operation(at, random)]),
    ...officeHours(random, 0.03, (at) => [lookAround(at, random)]),
    ...officeHours(random, 0.009, (at) => deployment(at, random)),
    ...officeHours(random, 0.05, (at) => artifact(at, random)),
    ...officeHours(random, 0.012, (at) => [signIn(at, random)]),
  ];
}

/** The share of a working day's bustle at this time: two humps, around 10:30 and 15:00; a fourth of it at weekends. */
function bustle(at: number): number {
  const hour = (at % DAY) / HOUR;
  const hump = (centre: number, width: number) =>
    Math.exp(-((hour - centre) ** 2) / (2 * width ** 2));
  const today = 0.06 + 0.94 * Math.min(1, hump(10.5, 1.9) + 0.9 * hump(15, 2));
  return isWeekend(at) ? today / 4 : today;
}

/** Calls that follow the office hours: `perMinute` times on average at the busiest time of a working day. */
function officeHours(
  random: Random,
  perMinute: number,
  callsOf: (epochSeconds: number) => Call[],
): Call[] {
  const calls: Call[] = [];
  for (let minute = TRAIL_START; minute < TRAIL_END; minute += MINUTE) {
    const count = random.negativeBinomial(perMinute * bustle(minute), 12);
    for (let i = 0; i < count; i++) calls.push(...callsOf(minute + random.integer(0, 59)));
  }
  return calls;
}

const logStream = (at: number, random: Random): Call =>
  callAt(at, cast.PROD_US, cast.CHECKOUT, {
    service: 'logs',
    eventName: 'CreateLogStream',
    requestParameters: {
      logGroupName: '/aws/lambda/checkout-events',
      logStreamName: `${new Date(at * 1000).toISOString().slice(0, 10).replaceAll('-', '/')}/[$LATEST]${hex(random, 8)}`,
    },
  });

/** Lambda assumes the role of a function that starts cold: a read, not counted. */
const functionRole = (at: number): Call =>
  callAt(at, cast.PROD_US, cast.LAMBDA, {
    service: 'sts',
    eventName: 'AssumeRole',
    readOnly: true,
    requestParameters: {
      roleArn: 'arn:aws:iam::111122223333:role/checkout-role',
      roleSessionName: 'checkout-events',
    },
  });

const orderExecution = (at: number, random: Random): Call =>
  callAt(at, cast.PROD_US, cast.CHECKOUT, {
    service: 'states',
    eventName: 'StartExecution',
    requestParameters: {
      stateMachineArn: 'arn:aws:states:us-east-1:111122223333:stateMachine:fulfil-order',
      name: `order-${random.integer(1_000_000, 9_999_999)}`,
      input: 'HIDDEN_DUE_TO_SECURITY_REASONS',
    },
    responseElements: null,
  });

const query = (at: number, random: Random): Call =>
  callAt(at, cast.PROD_US, random.pick(cast.ANALYSTS), {
    service: 'athena',
    eventName: 'StartQueryExecution',
    requestParameters: {
      queryString: 'HIDDEN_DUE_TO_SECURITY_REASONS',
      queryExecutionContext: { database: random.pick(['sales', 'web_logs', 'finance']) },
      workGroup: 'analysts',
    },
    responseElements: { queryExecutionId: `${hex(random, 8)}-3c1d-4be2-9a70-51c7e80d6b24` },
  });

/** The few hand-made changes of two operators. */
function operation(at: number, random: Random): Call {
  const groupId = `sg-0${hex(random, 8)}41c7d9e2`;
  const [service, eventName, requestParameters] = random.pick([
    ['ec2', 'CreateTags', { resourcesSet: { items: [{ resourceId: groupId }] } }],
    ['monitoring', 'PutMetricAlarm', { alarmName: `latency-${random.integer(1, 40)}` }],
  ] as const);
  return callAt(at, cast.PROD_US, random.pick(cast.OPERATORS), {
    service,
    eventName,
    requestParameters: structuredClone(requestParameters) as Call['requestParameters'],
  });
}

/** Developers look at what they may not always see. */
function lookAround(at: number, random: Random): Call {
  const eventName = random.pick(['ListRoles', 'GetRole', 'ListPolicies']);
  return callAt(at, cast.DEV_US, random.pick(cast.DEVELOPERS), {
    service: 'iam',
    eventName,
    readOnly: true,
    ...(random.chance(0.15) && {
      errorCode: 'AccessDenied',
      errorMessage: `User is not authorized to perform: iam:${eventName} because no identity-based policy allows the action`,
    }),
  });
}

/** A deployment of the development account: a stack update, then polling that is now and then throttled. */
function deployment(at: number, random: Random): Call[] {
  const stack = `web-${random.pick(['alpha', 'beta', 'gamma'])}`;
  const calls = [
    callAt(at, cast.DEV_US, cast.DEPLOYER, {
      service: 'cloudformation',
      eventName: 'UpdateStack',
      requestParameters: { stackName: stack },
      responseElements: { stackId: stackArn(stack) },
    }),
  ];
  const polls = random.integer(8, 20);
  for (let i = 1; i <= polls; i++) {
    calls.push(pollStack(at + i * 6, stack, random.chance(0.03)));
  }
  return calls;
}

const stackArn = (stack: string): string =>
  `arn:aws:cloudformation:us-east-1:444455556666:stack/${stack}/7d1a6f30-52c8-11f0-9b1e-0a58a9feac02`;

export const pollStack = (at: number, stack: string, throttled: boolean): Call =>
  callAt(at, cast.DEV_US, cast.DEPLOYER, {
    service: 'cloudformation',
    eventName: 'DescribeStackEvents',
    readOnly: true,
    requestParameters: { stackName: stack },
    ...(throttled && { errorCode: 'ThrottlingException', errorMessage: 'Rate exceeded' }),
  });

/** Data events: the build server writes an object and reads another. */
const artifact = (at: number, random: Random): Call[] =>
  ['PutObject', 'GetObject'].map((eventName, index) =>
    callAt(at + index, cast.PROD_US, cast.CI_USER, {
      service: 's3',
      eventName,
      readOnly: eventName === 'GetObject',
      eventCategory: 'Data',
      requestParameters: {
        bucketName: 'acme-artifacts',
        key: `builds/${random.integer(1000, 9999)}.tar.zst`,
      },
      additionalEventData: { SignatureVersion: 'SigV4', bytesTransferredOut: 0 },
      resources: [
        {
          accountId: cast.PROD_US.recipientAccountId,
          type: 'AWS::S3::Bucket',
          ARN: 'arn:aws:s3:::acme-artifacts',
        },
      ],
    }),
  );

const signIn = (at: number, random: Random): Call =>
  callAt(at, cast.PROD_US, random.pick([...cast.ANALYSTS, ...cast.OPERATORS]), {
    service: 'signin',
    eventName: 'ConsoleLogin',
    eventType: 'AwsConsoleSignIn',
    responseElements: { ConsoleLogin: 'Success' },
    additionalEventData: { MobileVersion: 'No', MFAUsed: 'No' },
  });
