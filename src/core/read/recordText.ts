import { decodeUtf8 } from '../activity/utf8';
import { Field, Kind } from './field';
import type { RecordFields } from './recordFields';

/** Fields by the object of a record that holds them, in CloudTrail's order. */
const IDENTITY = {
  type: Field.identityType,
  principalId: Field.principalId,
  arn: Field.identityArn,
  accountId: Field.identityAccountId,
  accessKeyId: Field.accessKeyId,
  userName: Field.userName,
  invokedBy: Field.invokedBy,
};
const BEFORE_IDENTITY = { eventVersion: Field.eventVersion };
const AFTER_IDENTITY = {
  eventTime: Field.eventTime,
  eventSource: Field.eventSource,
  eventName: Field.eventName,
  awsRegion: Field.awsRegion,
  sourceIPAddress: Field.sourceIPAddress,
  userAgent: Field.userAgent,
  errorCode: Field.errorCode,
  eventID: Field.eventID,
  readOnly: Field.readOnly,
  eventType: Field.eventType,
  managementEvent: Field.managementEvent,
  recipientAccountId: Field.recipientAccountId,
  eventCategory: Field.eventCategory,
};

/** The JSON text of a record as it stands in its file; of a row of a CSV file, what its columns say as a record. */
export function recordText(fields: RecordFields): string {
  const { record, recordStart, recordEnd } = fields;
  if (recordStart < recordEnd) return decodeUtf8(record.bytes, recordStart, recordEnd);
  const userIdentity = valuesOf(fields, IDENTITY);
  return JSON.stringify({
    ...valuesOf(fields, BEFORE_IDENTITY),
    ...(Object.keys(userIdentity).length > 0 && { userIdentity }),
    ...valuesOf(fields, AFTER_IDENTITY),
  });
}

function valuesOf(fields: RecordFields, members: Readonly<Record<string, Field>>) {
  const present = Object.entries(members).filter(
    ([, field]) => fields.kindOf(field) !== Kind.absent,
  );
  return Object.fromEntries(
    present.map(([name, field]) => [name, asFlag(fields.string(field)!, field)]),
  );
}

const asFlag = (text: string, field: Field): string | boolean =>
  field === Field.readOnly || field === Field.managementEvent
    ? text.toLowerCase() === 'true'
    : text;
