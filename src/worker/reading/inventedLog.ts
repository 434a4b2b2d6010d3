/**
 * Log files that make a reader do all that real ones do: what no invented record brings along, the engine compiles anew
 * when the first real one does, in the midst of reading.
 */
export interface InventedLog {
  /** As CloudTrail names the file in its bucket. */
  readonly path: string;
  readonly json: string;
}

/** Reads and writes of all sorts of callers, over a year, with errors and escapes. */
export function inventedLog(number: number, records: number): InventedLog {
  const account = ACCOUNTS[number % 3];
  const folder = `AWSLogs/${account}/CloudTrail/us-east-1/2026/01/31`;
  return {
    path: `${folder}/${account}_CloudTrail_us-east-1_20260131T2355Z_${number}.json.gz`,
    json: JSON.stringify({
      Records: Array.from({ length: records }, (_, i) => record(account, number * 1000 + i)),
    }),
  };
}

const ACCOUNTS = ['111122223333', '444455556666', '777788889999'];
const REGIONS = ['us-east-1', 'eu-central-1', 'ap-southeast-2'];
const SERVICES = ['ec2', 's3', 'kms', 'sts', 'dynamodb'];

const twoDigits = (n: number): string => String(n).padStart(2, '0');

function record(account: string, i: number) {
  const isWrite = i % 2 === 0;
  const service = SERVICES[i % 5];
  const id = String(Math.imul(i + 1, 0x9e3779b1) >>> 0).padStart(12, '0');
  const day = `2026-${twoDigits(1 + (Math.floor(i / 97) % 12))}-${twoDigits(1 + (i % 28))}`;
  return {
    eventVersion: '1.11',
    userIdentity: i % 7 === 0 ? otherCaller(account, i) : session(account, i % 17, i % 29),
    eventTime: `${day}T1${i % 10}:${10 + (i % 50)}:07Z`,
    eventSource: `${service}.amazonaws.com`,
    eventName: `${isWrite ? 'Create' : 'Describe'}Thing${i % 13}`,
    awsRegion: REGIONS[i % 3],
    sourceIPAddress: `198.51.${i % 90}.${i % 250}`,
    userAgent: `aws-sdk-java/2.25.${i % 1100} Linux/5.10.218 OpenJDK_64-Bit_Server_VM/21.0.3`,
    ...(i % 8 === 0 ? { errorCode: 'AccessDenied', errorMessage: 'Not this "time"' } : {}),
    requestParameters: {
      id,
      isNew: isWrite,
      policy: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', i }] }),
      filterSet: {
        items: [
          { name: i === 3000 ? 'DEL \x7f' : 'größe', valueSet: { items: [{ value: i * 1.5 }] } },
        ],
      },
    },
    responseElements: isWrite ? { requestId: id, _return: true, list: [i, null], tags: [] } : null,
    requestID: `${id}-4f1c-4c0a-9b0e-8a7d1b2c3d4e`,
    eventID: `${id}-5a2d-4d1b-8c1f-9b8e2c3d4e5f`,
    readOnly: !isWrite,
    eventType: 'AwsApiCall',
    managementEvent: i % 15 !== 0,
    recipientAccountId: account,
    eventCategory: i % 15 === 0 ? 'Data' : 'Management',
    ...(i % 3 === 0 ? {} : { tlsDetails: tlsDetails(service) }),
  };
}

const tlsDetails = (service: string) => ({
  tlsVersion: 'TLSv1.3',
  cipherSuite: 'TLS_AES_128_GCM_SHA256',
  clientProvidedHostHeader: `${service}.us-east-1.amazonaws.com`,
});

/** A service, which has no ARN, the root user, or an IAM user. */
const otherCaller = (account: string, i: number) =>
  [
    { type: 'AWSService', invokedBy: 'autoscaling.amazonaws.com' },
    { type: 'Root', arn: `arn:aws:iam::${account}:root`, accountId: account },
    { type: 'IAMUser', arn: `arn:aws:iam::${account}:user/ops`, userName: 'ops' },
  ][i % 3];

function session(account: string, role: number, name: number) {
  const userName = `role-${role}`;
  const principalId = `AROA${userName.toUpperCase().padEnd(17, 'X')}`;
  const arn = `arn:aws:iam::${account}:role/${userName}`;
  return {
    type: 'AssumedRole',
    principalId: `${principalId}:session-${name}`,
    arn: `arn:aws:sts::${account}:assumed-role/${userName}/session-${name}`,
    accountId: account,
    accessKeyId: `ASIA${userName.toUpperCase().padEnd(16, 'Y')}`,
    sessionContext: {
      sessionIssuer: { type: 'Role', principalId, arn, accountId: account, userName },
      attributes: { creationDate: '2026-01-01T00:00:00Z', mfaAuthenticated: 'false' },
    },
  };
}
