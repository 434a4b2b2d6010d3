import type { Call } from '../recordBuilder';
import type { Random } from '../random';
import { callAt, DAY, hex, HOUR, isWeekend, MINUTE, TRAIL_END, TRAIL_START } from './calls';
import * as cast from './cast';

/** What runs by itself, like clockwork: heartbeats, collectors, scans, backups, batch tasks and scaling. */

export function machineCalls(random: Random): Call[] {
  return [
    ...heartbeats(random),
    ...monitoring(random),
    ...postureScans(random),
    ...backupJobs(random),
    ...batchJobs(random),
    ...scaling(random),
  ];
}

/** Web servers report to Systems Manager every five minutes; nine always run, two more in office hours. */
function heartbeats(random: Random): Call[] {
  const calls: Call[] = [];
  for (let index = 0; index < FLEET; index++) {
    const phase = Math.round((index * HEARTBEAT) / FLEET);
    for (let due = TRAIL_START + phase; due < TRAIL_END; due += HEARTBEAT) {
      const at = due + random.integer(0, 4);
      if (!isExtra(index) || isScaledOut(at)) calls.push(heartbeat(at, index));
    }
  }
  return calls;
}

export const FLEET = 11;
const HEARTBEAT = 5 * MINUTE;
const isExtra = (index: number): boolean => index % 5 === 4;
const SCALE_OUT = 6 * HOUR;
const SCALE_IN = 20 * HOUR;
const isScaledOut = (at: number): boolean =>
  !isWeekend(at) && at % DAY >= SCALE_OUT && at % DAY < SCALE_IN;

export const heartbeat = (at: number, index: number, caller = AGENTS[index]): Call =>
  callAt(at, cast.PROD_US, caller, {
    service: 'ssm',
    eventName: 'UpdateInstanceInformation',
    requestParameters: {
      instanceId: cast.instanceId(index),
      agentVersion: '3.3.1345.0',
      agentStatus: 'Active',
      platformType: 'Linux',
      platformName: 'Amazon Linux',
      platformVersion: '2023',
      iPAddress: `10.0.1.${20 + index}`,
      computerName: `ip-10-0-1-${20 + index}.ec2.internal`,
      agentName: 'amazon-ssm-agent',
    },
  });

const AGENTS = Array.from({ length: FLEET }, (_, index) => cast.ssmAgent(index));

/** A read-only collector: it tells missing logs from silence, and is not counted itself. */
function monitoring(random: Random): Call[] {
  const reads: [string, string][] = [
    ['monitoring', 'DescribeAlarms'],
    ['ec2', 'DescribeInstances'],
    ['rds', 'DescribeDBInstances'],
  ];
  const calls: Call[] = [];
  for (let at = TRAIL_START + 40; at < TRAIL_END; at += 15 * MINUTE) {
    for (const [service, eventName] of reads) {
      const read = { service, eventName, readOnly: true };
      const seconds = at + random.integer(0, 15);
      calls.push(callAt(seconds, cast.PROD_US, cast.MONITORING_PROD, read));
      calls.push(callAt(seconds + 2, cast.PROD_EU, cast.MONITORING_PROD, read));
      if (service === 'ec2') calls.push(callAt(seconds, cast.DEV_US, cast.MONITORING_DEV, read));
    }
  }
  return calls;
}

const BUCKETS = ['assets', 'exports', 'invoices', 'landing', 'reports', 'thumbnails'];

/** Every four hours a scanner asks each bucket for its policy; most have none: errors like clockwork. */
function postureScans(random: Random): Call[] {
  const calls: Call[] = [];
  for (let at = TRAIL_START + 25 * MINUTE; at < TRAIL_END; at += 4 * HOUR) {
    BUCKETS.forEach((bucket, index) =>
      calls.push(
        callAt(at + index * 3 + random.integer(0, 2), cast.PROD_US, cast.POSTURE_SCANNER, {
          service: 's3',
          eventName: 'GetBucketPolicy',
          readOnly: true,
          errorCode: 'NoSuchBucketPolicy',
          errorMessage: 'The bucket policy does not exist',
          requestParameters: { bucketName: `acme-${bucket}`, policy: '' },
        }),
      ),
    );
  }
  return calls;
}

export const BACKUP_PERIOD = 15 * MINUTE;

/** One on-demand backup every fifteen minutes, started by a function on a schedule. */
function backupJobs(random: Random): Call[] {
  const calls: Call[] = [];
  for (let at = TRAIL_START + 41; at < TRAIL_END; at += BACKUP_PERIOD) {
    calls.push(
      callAt(at + random.integer(0, 6), cast.PROD_EU, cast.BACKUP_SCHEDULER, {
        service: 'backup',
        eventName: 'StartBackupJob',
        requestParameters: {
          backupVaultName: 'ledger-vault',
          resourceArn: 'arn:aws:dynamodb:eu-west-1:111122223333:table/ledger',
          iamRoleArn: 'arn:aws:iam::111122223333:role/service-role/AWSBackupDefaultServiceRole',
        },
        responseElements: {
          backupJobId: `${hex(random, 8).toUpperCase()}-7A41-9F0E-2B6C-D1E85C3A90F7`,
        },
      }),
    );
  }
  return calls;
}

/** Four tasks at ten past every hour. */
function batchJobs(random: Random): Call[] {
  const calls: Call[] = [];
  for (let hour = TRAIL_START; hour < TRAIL_END; hour += HOUR) {
    for (const shard of [0, 1, 2, 3]) {
      calls.push(
        callAt(
          hour + 10 * MINUTE + 44 + shard * 2 + random.integer(0, 1),
          cast.PROD_EU,
          cast.BACKUP_SCHEDULER,
          {
            service: 'ecs',
            eventName: 'RunTask',
            requestParameters: {
              cluster: 'batch',
              taskDefinition: 'settle-accounts:31',
              count: 1,
              group: `shard-${shard}`,
            },
            responseElements: { failures: [] },
          },
        ),
      );
    }
  }
  return calls;
}

/** The two extra web servers start in the morning and stop in the evening of every working day. */
function scaling(random: Random): Call[] {
  const calls: Call[] = [];
  for (let day = TRAIL_START; day < TRAIL_END; day += DAY) {
    if (isWeekend(day)) continue;
    for (let index = 0; index < FLEET; index++) {
      if (!isExtra(index)) continue;
      const seconds = index * 3 + random.integer(0, 5);
      const items = { items: [{ instanceId: cast.instanceId(index) }] };
      const scaleWith = (at: number, eventName: string) =>
        callAt(at + seconds, cast.PROD_US, cast.AUTO_SCALING, {
          service: 'ec2',
          eventName,
          requestParameters: { instancesSet: items },
          responseElements: { instancesSet: items },
        });
      calls.push(scaleWith(day + SCALE_OUT, 'StartInstances'));
      calls.push(scaleWith(day + SCALE_IN, 'StopInstances'));
    }
  }
  return calls;
}
