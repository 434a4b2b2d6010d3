import { parseForeignJson } from '../../foreignJson';
import {
  ACCOUNT_ID,
  IPV4,
  IPV6,
  UNIQUE_ID,
  isArn,
  mapArn,
  mapIdentity,
  type ValueClass,
  type ValueMap,
} from './values';

/** JSON as JSON.parse gives it. */
export type Json = string | number | boolean | null | Json[] | { [member: string]: Json };
type Members = { [member: string]: Json };

type MapMember = (value: Json, map: ValueMap, name: string) => Json;

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

const isMembers = (value: Json): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

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

/** What the members of a record are; of what is not listed nothing is known, so it counts as request parameters. */
const RECORD: Readonly<Record<string, MapMember>> = {
  ...Object.fromEntries(
    [
      'eventVersion',
      'eventTime',
      'eventSource',
      'eventName',
      'awsRegion',
      'errorCode',
      'requestID',
      'apiVersion',
      'readOnly',
      'eventType',
      'managementEvent',
      'eventCategory',
      'sessionCredentialFromConsole',
      'insightState',
      'insightEventSource',
      'insightEventName',
      'insightErrorCode',
      'insightType',
      'EventId',
      'EventName',
      'EventSource',
      'ReadOnly',
      'detail-type',
      'source',
      'time',
      'region',
      'version',
      'id',
    ].map((name) => [name, kept]),
  ),
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

function mapMembers(
  members: Members,
  known: Readonly<Record<string, MapMember>>,
  map: ValueMap,
  mapName = mapApiName,
): Members {
  return Object.fromEntries(
    Object.entries(members).map(([name, value]) => {
      if (Object.hasOwn(known, name)) return [name, known[name](value, map, name)];
      return [mapName(name, map), mapAny(value, map, name)];
    }),
  );
}

/** APIs name members in camel case, headers of S3 apart; other names people may have given. */
const mapApiName = (name: string, map: ValueMap): string =>
  /^(?:[A-Za-z][a-z0-9]*(?:[A-Z][A-Za-z0-9]*)*|x-amz-[a-z-]+)$/.test(name) && name.length <= 64
    ? map.text(name)
    : mapGivenName(name, map);
const mapGivenName = (name: string, map: ValueMap): string => map.value('requestParameters', name);

/** Members of which people name the members. */
const NAMED_BY_PEOPLE = /tags|variables|parameters|labels|metadata|attributes|environment|headers/i;

/** Anything in request parameters and what else is not listed. */
function mapAny(value: Json, map: ValueMap, name: string): Json {
  if (typeof value === 'string') return mapParameter(value, map, name);
  if (typeof value === 'number') return mapNumber(value, map);
  if (Array.isArray(value)) return value.map((item) => mapAny(item, map, name));
  if (!isMembers(value)) return value;
  const isGiven = NAMED_BY_PEOPLE.test(name) && name !== 'requestParameters';
  return mapMembers(value, {}, map, isGiven ? mapGivenName : mapApiName);
}

/** Numbers of five digits and more can be ids. One that JSON cannot hold exactly becomes text. */
function mapNumber(value: number, map: ValueMap): number | string {
  if (Math.abs(value) <= 9999) return value;
  const digits = String(value);
  const mapped = map.value('requestParameters', digits);
  if (mapped === digits) return value;
  return /^\d+$/.test(mapped) ? Number(mapped) : mapped;
}

/** What a parameter is goes by its form, then by its name. */
function mapParameter(value: string, map: ValueMap, name: string): string {
  if (isArn(value)) return mapArn(value, map);
  if (ACCOUNT_ID.test(value)) return map.value('accountIds', value);
  if (UNIQUE_ID.test(value)) return map.value('accessKeys', value);
  if (IPV4.test(value) || IPV6.test(value)) return map.value('ipAddresses', value);
  if (/^(?:userName|roleName|user|role|principalId)$/i.test(name)) return mapIdentity(value, map);
  if (/^(?:roleSessionName|sessionName|sourceIdentity)$/i.test(name)) {
    return map.value('sessionNames', value);
  }
  return map.value(NAMES_OF_RESOURCES.test(name) ? 'resourceNames' : 'requestParameters', value);
}

const NAMES_OF_RESOURCES =
  /(?:Name|Id|Ids|Arn|Identifier|^bucket|^key|^path)$|^(?:bucket|key|path|name|id|resource)$/;
