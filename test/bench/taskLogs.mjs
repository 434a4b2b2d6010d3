/** The logs with which `tasks.mjs` measures. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const SERIES = 10_500;
const CALLS = 40;
const DAYS = 30;
const MINUTES = DAYS * 1440;
/** Of the steady logs: calls of one API, one in every so many minutes, and of every fiftieth. */
const STEADY = { apis: 1000, every: 51, everyFiftieth: 2 };

const pick = (all, at) => all[at % all.length];
const VERBS = ['Create', 'Delete', 'Put', 'Update'];
const SERVICES = ['ec2', 'iam', 'ssm', 's3', 'lambda', 'kms', 'rds', 'sns', 'sqs', 'logs'];
const REGIONS = ['us-east-1', 'eu-west-1', 'ap-south-1', 'us-west-2'];
const ACCOUNTS = ['111122223333', '444455556666', '777788889999'];

let written = 0;
const recordOf = (minute, series) => ({
  eventVersion: '1.08',
  userIdentity: {
    type: 'IAMUser',
    arn: `arn:aws:iam::${pick(ACCOUNTS, series)}:user/u${series % 40}`,
  },
  eventTime: `${new Date(Date.UTC(2026, 0, 12, 0, minute)).toISOString().slice(0, 19)}Z`,
  eventSource: `${pick(SERVICES, series)}.amazonaws.com`,
  eventName: `${pick(VERBS, series)}Thing${series}`,
  awsRegion: pick(REGIONS, series),
  sourceIPAddress: `10.0.${series % 200}.1`,
  userAgent: `agent/${series % 60}`,
  eventID: `${(written++).toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`,
  readOnly: false,
  eventType: 'AwsApiCall',
  managementEvent: true,
  recipientAccountId: pick(ACCOUNTS, series),
  eventCategory: 'Management',
});

/** One API that is called all the time, and thousands that are called in one minute each. */
export function* manyBursts() {
  for (let at = 0; at < MINUTES / 5; at++) yield recordOf(at * 5, 0);
  for (let series = 1; series <= SERIES; series++) {
    const minute = 8 * 1440 + ((series * 7919) % (MINUTES - 9 * 1440));
    for (let call = 0; call < CALLS; call++) yield recordOf(minute, series);
  }
}

/** A million rows: APIs that are all called day and night. */
export function* steadyCalls() {
  const { apis, every, everyFiftieth } = STEADY;
  for (let series = 0; series < apis; series++) {
    const step = series % 50 === 0 ? everyFiftieth : every;
    for (let minute = series % step; minute < MINUTES; minute += step)
      yield recordOf(minute, series);
  }
}

/** Files of 50,000 records each; returns their paths. */
export function writeLogs(folder, name, records) {
  const files = [];
  let texts = [];
  const write = () => {
    files.push(join(folder, `${name}-${files.length}.json.gz`));
    writeFileSync(files.at(-1), gzipSync(`{"Records":[${texts.join()}]}`, { level: 1 }));
    texts = [];
  };
  for (const record of records) if (texts.push(JSON.stringify(record)) === 50_000) write();
  write();
  return files;
}
