/** The members of a record that counting needs, by the number they have in `RecordFields`. */
export const Field = {
  eventVersion: 0,
  eventTime: 1,
  eventSource: 2,
  eventName: 3,
  awsRegion: 4,
  eventID: 5,
  eventType: 6,
  eventCategory: 7,
  recipientAccountId: 8,
  readOnly: 9,
  managementEvent: 10,
  errorCode: 11,
  sourceIPAddress: 12,
  userAgent: 13,
  insightDetails: 14,
  addendumReason: 15,
  originalEventID: 16,
  identityType: 17,
  identityArn: 18,
  identityAccountId: 19,
  invokedBy: 20,
  accessKeyId: 21,
  userName: 22,
  principalId: 23,
  issuerArn: 24,
  issuerAccountId: 25,
  digestStartTime: 26,
  digestS3Object: 27,
  s3ObjectKey: 28,
  /** Of aggregated events, which have no `recipientAccountId`. */
  accountId: 29,
} as const;
export type Field = (typeof Field)[keyof typeof Field];

export const FIELD_COUNT = Object.keys(Field).length;

/** What stands at a member; the first ones are values. */
export const Kind = {
  absent: 0,
  /** A string without escapes: the bytes between the quotes. */
  text: 1,
  /** A string with escapes, unescaped into a buffer of its own. */
  escaped: 2,
  /** `true`, `false` or a number. */
  literal: 3,
  null: 4,
  /** An object or array, where counting expects none or does not look into it. */
  nested: 5,
} as const;
export type Kind = (typeof Kind)[keyof typeof Kind];
