/** CloudTrail records of event versions 1.08–1.11 with the members, and in the order, that AWS writes. */

export type Json = string | number | boolean | null | Json[] | { [member: string]: Json };
export type JsonObject = { [member: string]: Json };

/** Who calls, and from where: what stays the same over many calls. */
export interface Caller {
  /** `epochSeconds` because sessions of roles are renewed, with a new access key. */
  readonly userIdentity: (epochSeconds: number) => JsonObject;
  readonly sourceIPAddress: string;
  readonly userAgent: string;
  /** Calls that AWS services make carry no `tlsDetails`. */
  readonly overTls: boolean;
}

/** One call before it has been logged. */
export interface Call {
  readonly epochSeconds: number;
  readonly recipientAccountId: string;
  readonly awsRegion: string;
  /** `ssm`, not `ssm.amazonaws.com`. */
  readonly service: string;
  readonly eventName: string;
  readonly caller: Caller;
  readonly readOnly: boolean;
  readonly requestParameters: Json;
  readonly responseElements: Json;
  readonly errorCode?: string;
  readonly errorMessage?: string;
  readonly additionalEventData?: JsonObject;
  readonly resources?: readonly JsonObject[];
  readonly eventType?: 'AwsApiCall' | 'AwsServiceEvent' | 'AwsConsoleSignIn';
  readonly eventCategory?: 'Management' | 'Data';
}

export interface RecordIds {
  readonly eventID: string;
  readonly requestID: string;
}

/** `2026-01-21T13:37:09Z`, as CloudTrail writes times. */
export const isoSeconds = (epochSeconds: number): string =>
  `${new Date(epochSeconds * 1000).toISOString().slice(0, 19)}Z`;

/** Services moved to newer record versions at different times; the rest writes 1.08. */
const EVENT_VERSIONS: { readonly [service: string]: string } = {
  athena: '1.09',
  cloudformation: '1.10',
  ec2: '1.11',
  iam: '1.11',
  kms: '1.11',
  s3: '1.11',
  signin: '1.11',
  ssm: '1.11',
  states: '1.09',
  sts: '1.11',
};

/** The record of a call: an object whose members stand in CloudTrail's order, ready for JSON.stringify. */
export function buildRecord(call: Call, ids: RecordIds): JsonObject {
  const { caller, service, awsRegion } = call;
  const eventCategory = call.eventCategory ?? 'Management';
  return {
    eventVersion: EVENT_VERSIONS[service] ?? '1.08',
    userIdentity: caller.userIdentity(call.epochSeconds),
    eventTime: isoSeconds(call.epochSeconds),
    eventSource: `${service}.amazonaws.com`,
    eventName: call.eventName,
    awsRegion,
    sourceIPAddress: caller.sourceIPAddress,
    userAgent: caller.userAgent,
    ...(call.errorCode && { errorCode: call.errorCode, errorMessage: call.errorMessage ?? '' }),
    requestParameters: call.requestParameters,
    responseElements: call.errorCode ? null : call.responseElements,
    ...(call.additionalEventData && { additionalEventData: call.additionalEventData }),
    requestID: ids.requestID,
    eventID: ids.eventID,
    readOnly: call.readOnly,
    ...(call.resources && { resources: [...call.resources] }),
    eventType: call.eventType ?? 'AwsApiCall',
    managementEvent: eventCategory === 'Management',
    recipientAccountId: call.recipientAccountId,
    eventCategory,
    ...(caller.overTls && { tlsDetails: tlsDetails(service, awsRegion) }),
  };
}

function tlsDetails(service: string, awsRegion: string): JsonObject {
  const host = service === 'iam' ? 'iam.amazonaws.com' : `${service}.${awsRegion}.amazonaws.com`;
  return {
    tlsVersion: 'TLSv1.3',
    cipherSuite: 'TLS_AES_128_GCM_SHA256',
    clientProvidedHostHeader: host,
  };
}
