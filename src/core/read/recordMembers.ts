import { MemberTable } from './memberTable';
import { Field } from './field';

/** Meanings from here on are not fields. */
export const IDENTITY = 64;
const SESSION = 65;
const ISSUER = 66;
const ADDENDUM = 67;
/** A list of records. */
export const LIST = 68;

/** AWS's own names for a list of records; other lists are found too, but have to fit into memory. */
const LIST_NAMES = ['Records', 'Events', 'events', 'logEvents'];

export const RECORD_MEMBERS = new MemberTable(
  {
    eventVersion: Field.eventVersion,
    eventTime: Field.eventTime,
    eventSource: Field.eventSource,
    eventName: Field.eventName,
    awsRegion: Field.awsRegion,
    eventID: Field.eventID,
    eventId: Field.eventID,
    eventType: Field.eventType,
    eventCategory: Field.eventCategory,
    recipientAccountId: Field.recipientAccountId,
    accountId: Field.accountId,
    readOnly: Field.readOnly,
    managementEvent: Field.managementEvent,
    errorCode: Field.errorCode,
    sourceIPAddress: Field.sourceIPAddress,
    userAgent: Field.userAgent,
    insightDetails: Field.insightDetails,
    digestStartTime: Field.digestStartTime,
    digestS3Object: Field.digestS3Object,
    s3ObjectKey: Field.s3ObjectKey,
    userIdentity: IDENTITY,
    addendum: ADDENDUM,
    ...Object.fromEntries(LIST_NAMES.map((name) => [name, LIST])),
  },
  [
    'errorMessage',
    'requestParameters',
    'responseElements',
    'additionalEventData',
    'requestID',
    'apiVersion',
    'resources',
    'sharedEventID',
    'tlsDetails',
    'vpcEndpointId',
    'vpcEndpointAccountId',
    'serviceEventDetails',
    'sessionCredentialFromConsole',
  ],
);
const IDENTITY_MEMBERS = new MemberTable(
  {
    type: Field.identityType,
    arn: Field.identityArn,
    accountId: Field.identityAccountId,
    invokedBy: Field.invokedBy,
    accessKeyId: Field.accessKeyId,
    userName: Field.userName,
    principalId: Field.principalId,
    sessionContext: SESSION,
  },
  ['onBehalfOf', 'credentialId', 'inScopeOf', 'identityProvider'],
);
const SESSION_MEMBERS = new MemberTable({ sessionIssuer: ISSUER }, [
  'attributes',
  'webIdFederationData',
  'sourceIdentity',
]);
const ISSUER_MEMBERS = new MemberTable({ arn: Field.issuerArn, accountId: Field.issuerAccountId }, [
  'type',
  'principalId',
  'userName',
]);
const ADDENDUM_MEMBERS = new MemberTable({
  reason: Field.addendumReason,
  originalEventID: Field.originalEventID,
});

/** An object inside a record that is looked into, and the fields it holds, [from, to). */
export const INNER = {
  [IDENTITY]: {
    members: IDENTITY_MEMBERS,
    from: Field.identityType,
    to: Field.issuerAccountId + 1,
  },
  [SESSION]: { members: SESSION_MEMBERS, from: Field.issuerArn, to: Field.issuerAccountId + 1 },
  [ISSUER]: { members: ISSUER_MEMBERS, from: Field.issuerArn, to: Field.issuerAccountId + 1 },
  [ADDENDUM]: {
    members: ADDENDUM_MEMBERS,
    from: Field.addendumReason,
    to: Field.originalEventID + 1,
  },
} as const;
