import {
  ACCOUNT_ID,
  IPV4,
  IPV6,
  UNIQUE_ID,
  isArn,
  mapArn,
  mapIdentity,
  type ValueMap,
} from './values';

/** JSON as JSON.parse gives it. */
export type Json = string | number | boolean | null | Json[] | { [member: string]: Json };
export type Members = { [member: string]: Json };

/** What becomes of the member `name`. */
export type MapMember = (value: Json, map: ValueMap, name: string) => Json;

export const isMembers = (value: Json): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Members as `known` maps them, all others as parameters. */
export function mapMembers(
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

/** APIs name members by letters and digits, headers of S3 apart; other names people may have given. */
const API_NAME = /^(?:[A-Za-z][A-Za-z0-9]{0,63}|x-amz-[a-z-]{1,60})$/;

const mapApiName = (name: string, map: ValueMap): string =>
  API_NAME.test(name) ? map.text(name) : mapGivenName(name, map);
const mapGivenName = (name: string, map: ValueMap): string => map.value('requestParameters', name);

/** Members of which people name the members. */
const NAMED_BY_PEOPLE = /tags|variables|parameters|labels|metadata|attributes|environment|headers/i;

/** Anything in request parameters and what else is not listed. */
export function mapAny(value: Json, map: ValueMap, name: string): Json {
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
