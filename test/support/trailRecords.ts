/** A write management event as CloudTrail logs it; the number makes its minute and its eventID. */
export const writeEvent = (n: number) => ({
  eventVersion: '1.08',
  userIdentity: { type: 'IAMUser', arn: 'arn:aws:iam::123456789012:user/Alice' },
  eventTime: `2026-01-10T10:${String(n % 60).padStart(2, '0')}:00Z`,
  eventSource: 'iam.amazonaws.com',
  eventName: 'CreateUser',
  awsRegion: 'us-east-1',
  sourceIPAddress: '192.0.2.1',
  userAgent: 'aws-cli/2.15',
  eventID: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
  readOnly: false,
  eventType: 'AwsApiCall',
  managementEvent: true,
  recipientAccountId: '123456789012',
  eventCategory: 'Management',
});

/** A log file with events `from` up to, not including, `to`. */
export const logFile = (from: number, to: number): Buffer =>
  Buffer.from(
    JSON.stringify({
      Records: Array.from({ length: to - from }, (_, i) => writeEvent(from + i)),
    }),
  );
