import type { LogRecord } from './logForms';

const ROLE = {
  type: 'AssumedRole',
  principalId: 'AROAEXAMPLE:alice',
  arn: 'arn:aws:sts::111111111111:assumed-role/Admin/alice',
  accountId: '111111111111',
  accessKeyId: 'ASIAEXAMPLE',
  sessionContext: { sessionIssuer: { type: 'Role', arn: 'arn:aws:iam::111111111111:role/Admin' } },
};

/** A record of which some members matter. */
export const formRecord = (n: number, members: Partial<LogRecord>): LogRecord => ({
  eventVersion: '1.08',
  userIdentity: ROLE,
  eventTime: `2026-01-31T23:5${n % 3}:07Z`,
  eventSource: 'ssm.amazonaws.com',
  eventName: 'PutParameter',
  awsRegion: 'us-east-1',
  sourceIPAddress: '198.51.100.7',
  userAgent: 'Boto3/1.34 "quoted", é',
  requestParameters: { eventName: 'Nested', policy: '{"Version":"2012-10-17"}' },
  responseElements: null,
  eventID: `0a4a10c7-4f1c-4c4e-9d0e-00000000000${n}`,
  readOnly: false,
  eventType: 'AwsApiCall',
  managementEvent: true,
  recipientAccountId: '111111111111',
  eventCategory: 'Management',
  ...members,
});

/** One of every kind that forms have to tell apart, and one that comes twice. */
export const FORM_RECORDS = [
  formRecord(1, {}),
  formRecord(2, { eventName: 'DeleteParameter', errorCode: 'ThrottlingException' }),
  formRecord(3, { readOnly: true, eventName: 'GetParameter' }),
  formRecord(4, { readOnly: true, eventName: 'GetParameter', errorCode: 'ParameterNotFound' }),
  formRecord(5, { awsRegion: 'eu-west-1', recipientAccountId: '000000000123' }),
  formRecord(1, {}),
  formRecord(6, {
    eventSource: 's3.amazonaws.com',
    eventName: 'PutObject',
    eventCategory: 'Data',
    managementEvent: false,
  }),
];
