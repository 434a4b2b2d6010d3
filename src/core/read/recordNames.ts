/** Members of a record as AWS spells them; query engines write all columns in small letters. */
const MEMBERS = [
  ...['eventVersion', 'userIdentity', 'eventTime', 'eventSource', 'eventName', 'awsRegion'],
  ...['sourceIPAddress', 'userAgent', 'errorCode', 'errorMessage', 'requestParameters'],
  ...['responseElements', 'additionalEventData', 'requestID', 'eventID', 'readOnly', 'resources'],
  ...['eventType', 'apiVersion', 'managementEvent', 'recipientAccountId', 'sharedEventID'],
  ...['vpcEndpointId', 'vpcEndpointAccountId', 'serviceEventDetails', 'addendum', 'eventCategory'],
  ...['edgeDeviceDetails', 'tlsDetails', 'insightDetails', 'sessionCredentialFromConsole'],
  ...['eventJson', 'type', 'principalId', 'arn', 'accountId', 'accessKeyId', 'userName'],
  ...['invokedBy', 'sessionContext', 'sessionIssuer', 'attributes', 'creationDate', 'reason'],
  ...['mfaAuthenticated', 'originalEventID'],
];
const SPELLED = new Map(MEMBERS.map((name) => [name.toLowerCase(), name]));

/** The member of a record that a column is, as AWS spells it; undefined for other columns. */
export const memberOf = (column: string): string | undefined => SPELLED.get(column.toLowerCase());
