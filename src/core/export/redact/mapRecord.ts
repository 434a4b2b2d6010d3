import { parseForeignJson } from '../../foreignJson';
import {
  mapAny,
  mapMembers,
  isMembers,
  type Json,
  type MapMember,
  type Members,
} from './mapParameters';
import { isArn, mapArn, mapIdentity, type ValueClass, type ValueMap } from './values';

/** What AWS writes in the members that stay: words, codes, ids, times, types of resources. */
const PLAIN =
  /^(?!.*\d{12})(?:[\w.+ -]{0,64}|AWS::\w+::\w+|\d{4}-\d\d-\d\d[T ][\d:.]{5,15}Z?|[\da-f-]{36})$/;

/** Stays, unless it holds more than it should: some services put ARNs into their requestID. */
const kept: MapMember = (value, map, name) => {
  if (typeof value === 'string')
    return PLAIN.test(value) ? value : map.value('requestParameters', value);
  return mapAny(value, map, name);
};
/** Averages, durations, times: numbers that are no ids. */
const figure: MapMember = (value, map, name) =>
  typeof value === 'number' ? value : kept(value, map, name);
const ofClass =
  (valueClass: ValueClass): MapMember =>
  (value, map, name) =>
    typeof value === 'string' ? map.value(valueClass, value) : mapAny(value, map, name);
const arn: MapMember = (value, map, name) =>
  typeof value === 'string' && isArn(value)
    ? mapArn(value, map)
    : ofClass('resourceNames')(value, map, name);
const identity: MapMember = (value, map, name) =>
  typeof value === 'string' ? mapIdentity(value, map) : mapAny(value, map, name);
const each =
  (members: () => Readonly<Record<string, MapMember>>): MapMember =>
  (value, map, name) => {
    if (Array.isArray(value)) return value.map((item) => each(members)(item, map, name));
    return isMembers(value) ? mapMembers(value, members(), map) : mapAny(value, map, name);
  };

const accountId = ofClass('accountIds');

const IDENTITY: Readonly<Record<string, MapMember>> = {
  type: kept,
  principalId: identity,
  arn,
  accountId,
  accessKeyId: ofClass('accessKeys'),
  userName: ofClass('identityNames'),
  invokedBy: identity,
  credentialId: ofClass('accessKeys'),
  sessionContext: each(() => SESSION),
  identityProvider: ofClass('resourceNames'),
  inScopeOf: each(() => IDENTITY),
  sourceArn: arn,
  sourceAccount: accountId,
};
const SESSION: Readonly<Record<string, MapMember>> = {
  sessionIssuer: each(() => IDENTITY),
  attributes: each(() => ({ creationDate: kept, mfaAuthenticated: kept })),
  sourceIdentity: ofClass('sessionNames'),
  ec2RoleDelivery: kept,
  assumedRoot: kept,
};
const RESOURCE: Readonly<Record<string, MapMember>> = {
  ARN: arn,
  ARNPrefix: arn,
  accountId,
  type: kept,
  ResourceType: kept,
  ResourceName: ofClass('resourceNames'),
};

/** Values of an attribution are what its attribute says. */
const ranking = (attribute: Json | undefined): MapMember => {
  const mapOne: MapMember =
    attribute === 'userIdentityArn'
      ? identity
      : attribute === 'userAgent'
        ? ofClass('userAgents')
        : kept;
  return each(() => ({ value: mapOne, average: figure }));
};
const attributions: MapMember = (value, map, name) => {
  if (!Array.isArray(value)) return mapAny(value, map, name);
  return value.map((one) => {
    if (!isMembers(one)) return mapAny(one, map, name);
    const list = ranking(one.attribute);
    const single: MapMember = (item) => mapAttributed(list, item, map, name);
    return mapMembers(
      one,
      {
        attribute: kept,
        insight: list,
        baseline: list,
        insightValue: single,
        baselineValue: single,
      },
      map,
    );
  });
};
const mapAttributed = (list: MapMember, value: Json, map: ValueMap, name: string): Json =>
  (list([{ value }], map, name) as Members[])[0].value;

const average = each(() => ({ average: figure }));
const CONTEXT = () => ({
  statistics: each(() => ({
    baseline: average,
    insight: average,
    insightDuration: figure,
    baselineDuration: figure,
  })),
  attributions,
  baselineAverage: figure,
  insightAverage: figure,
  baselineDuration: figure,
  insightDuration: figure,
});
/** Ids that Trailglass made are computed from the account id; AWS's are random. */
const insightId: MapMember = (value, map, name) =>
  typeof value === 'string' && /^[0-9a-f]{8}-[0-9a-f]{4}-5/.test(value)
    ? accountId(value, map, name)
    : kept(value, map, name);

/** Members of records, and of what wraps them, in AWS's own words. */
const KEPT = [
  'eventVersion eventTime eventSource eventName awsRegion errorCode requestID apiVersion',
  'readOnly eventType managementEvent eventCategory sessionCredentialFromConsole',
  'insightState insightEventSource insightEventName insightErrorCode insightType EventId',
  'EventName EventSource ReadOnly detail-type source time region version id',
].flatMap((names) => names.split(' '));

/** What the members of a record are; of what is not listed nothing is known, so it counts as request parameters. */
const RECORD: Readonly<Record<string, MapMember>> = {
  ...Object.fromEntries(KEPT.map((name) => [name, kept])),
  EventTime: figure,
  eventID: insightId,
  sharedEventID: insightId,
  userIdentity: each(() => IDENTITY),
  sourceIPAddress: ofClass('ipAddresses'),
  userAgent: ofClass('userAgents'),
  recipientAccountId: accountId,
  account: accountId,
  vpcEndpointId: ofClass('resourceNames'),
  vpcEndpointAccountId: accountId,
  resources: each(() => RESOURCE),
  Resources: each(() => RESOURCE),
  Username: ofClass('identityNames'),
  AccessKeyId: ofClass('accessKeys'),
  insightSource: arn,
  insightContext: each(CONTEXT),
  insightDetails: each(() => ({
    state: kept,
    eventSource: kept,
    eventName: kept,
    insightType: kept,
    errorCode: kept,
    sourceEventCategory: kept,
    insightSource: arn,
    insightContext: each(CONTEXT),
  })),
  Records: each(() => RECORD),
  Events: each(() => RECORD),
  detail: each(() => RECORD),
  CloudTrailEvent: (value, map, name) =>
    typeof value === 'string' ? map.record(value) : mapAny(value, map, name),
};

/** A record as JSON text with its values mapped; text that is no JSON is one value. */
export function mapRecordText(text: string, map: ValueMap): string {
  let record: Json;
  try {
    record = parseForeignJson(text) as Json;
  } catch {
    return map.value('requestParameters', text);
  }
  return JSON.stringify(each(() => RECORD)(record, map, ''));
}
