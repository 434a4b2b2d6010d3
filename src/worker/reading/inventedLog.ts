/** Reads and writes of a few callers, with errors and escapes: what the usual log file makes a reader do. */
export const inventedLog = (first: number, records: number): string =>
  JSON.stringify({ Records: Array.from({ length: records }, (_, i) => record(first + i)) });

function record(i: number) {
  const isWrite = i % 4 === 0;
  const service = ['ec2', 's3', 'kms', 'sts', 'dynamodb'][i % 5];
  const id = String(Math.imul(i + 1, 0x9e3779b1) >>> 0).padStart(12, '0');
  return {
    eventVersion: '1.11',
    userIdentity: identity(`role-${i % 17}`, `session-${i % 29}`),
    eventTime: `2026-01-0${1 + (Math.floor(i / 997) % 9)}T1${i % 10}:${10 + (i % 50)}:07Z`,
    eventSource: `${service}.amazonaws.com`,
    eventName: `${isWrite ? 'Create' : 'Describe'}Thing${i % 13}`,
    awsRegion: REGIONS[i % 3],
    sourceIPAddress: `198.51.100.${i % 250}`,
    userAgent: `aws-sdk-java/2.25.${i % 11} Linux/5.10.218 OpenJDK_64-Bit_Server_VM/21.0.3`,
    ...(i % 8 === 0 ? { errorCode: 'AccessDenied', errorMessage: 'Not this "time"' } : {}),
    requestParameters: {
      id,
      isNew: isWrite,
      policy: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', i }] }),
      filterSet: { items: [{ name: 'größe', valueSet: { items: [{ value: i * 1.5 }] } }] },
    },
    responseElements: isWrite ? { requestId: id, _return: true, list: [i, null] } : null,
    requestID: `${id}-4f1c-4c0a-9b0e-8a7d1b2c3d4e`,
    eventID: `${id}-5a2d-4d1b-8c1f-9b8e2c3d4e5f`,
    readOnly: !isWrite,
    eventType: 'AwsApiCall',
    managementEvent: i % 15 !== 0,
    recipientAccountId: ACCOUNT,
    eventCategory: i % 15 === 0 ? 'Data' : 'Management',
    tlsDetails: {
      tlsVersion: 'TLSv1.3',
      cipherSuite: 'TLS_AES_128_GCM_SHA256',
      clientProvidedHostHeader: `${service}.us-east-1.amazonaws.com`,
    },
  };
}

const ACCOUNT = '111122223333';
const REGIONS = ['us-east-1', 'eu-central-1', 'ap-southeast-2'];

function identity(role: string, session: string) {
  const principalId = `AROA${role.toUpperCase().padEnd(17, 'X')}`;
  const arn = `arn:aws:iam::${ACCOUNT}:role/${role}`;
  return {
    type: 'AssumedRole',
    principalId: `${principalId}:${session}`,
    arn: `arn:aws:sts::${ACCOUNT}:assumed-role/${role}/${session}`,
    accountId: ACCOUNT,
    accessKeyId: `ASIA${role.toUpperCase().padEnd(16, 'Y')}`,
    sessionContext: {
      sessionIssuer: { type: 'Role', principalId, arn, accountId: ACCOUNT, userName: role },
      attributes: { creationDate: '2026-01-01T00:00:00Z', mfaAuthenticated: 'false' },
    },
  };
}
