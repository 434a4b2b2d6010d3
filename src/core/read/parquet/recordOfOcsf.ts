/** The columns of a Security Lake file that say something of a CloudTrail record. */
export const OCSF_COLUMNS = [
  'metadata',
  'time',
  'time_dt',
  'actor',
  'api',
  'cloud',
  'http_request',
  'src_endpoint',
  'resources',
  'unmapped',
];

type Members = Readonly<Record<string, unknown>>;
type Json = { [member: string]: unknown };

/**
 * A row of a Security Lake file as the CloudTrail record it was made of; null when it was made of something else. Classes
 * API Activity, Authentication and Account Change, in OCSF 1.0.0-rc.2 (`actor.user.uuid` is the ARN) and from 1.1 on
 * (`actor.user.uid` is). Members without a column of their own stand in `unmapped`, by their path in the record.
 *
 * The names are those of OCSF's published CloudTrail mappings (github.com/ocsf/examples, AWS, 1.0.0-rc.2, 1.1.0, 1.5.0).
 */
export function recordOfOcsf(row: Members): object | null {
  const { metadata, api, actor, cloud, src_endpoint, http_request } = objects(row);
  const unmapped = unmappedOf(row.unmapped);
  const product = objects(metadata).product;
  const eventSource = text(objects(api).service.name);
  const eventName = text(api.operation);
  const isOther = product.name !== undefined && text(product.name) !== 'CloudTrail';
  if (isOther || eventSource === undefined || eventName === undefined) return null;
  const { request, response } = objects(api);
  return compact({
    eventVersion: text(product.version),
    userIdentity: userIdentityOf(actor),
    eventTime: timeOf(row),
    eventSource,
    eventName,
    awsRegion: text(cloud.region),
    sourceIPAddress: text(src_endpoint.ip) ?? text(src_endpoint.domain),
    userAgent: text(http_request.user_agent),
    errorCode: text(response.error),
    errorMessage: text(response.message),
    requestParameters: jsonOf(request.data),
    responseElements: jsonOf(response.data),
    requestID: text(request.uid),
    eventID: text(metadata.uid),
    resources: Array.isArray(row.resources) ? row.resources : undefined,
    eventType: text(metadata.event_code),
    eventCategory: categoryOf(text(objects(product).feature.name)),
    recipientAccountId: text(objects(cloud).account.uid),
    vpcEndpointId: text(src_endpoint.uid),
    ...unmapped,
  });
}

function userIdentityOf(actor: Members): object {
  const { user, session } = objects(actor);
  const arn = text(user.uuid) ?? text(user.uid);
  const isArn = arn?.startsWith('arn:') === true;
  const issuer = text(session.issuer);
  const mfa = session.is_mfa ?? session.mfa;
  return compact({
    type: text(user.type),
    principalId:
      text(user.uid_alt) ?? (text(user.uid) === arn && isArn ? undefined : text(user.uid)),
    arn: isArn ? arn : undefined,
    accountId: text(objects(user).account.uid) ?? text(user.account_uid),
    accessKeyId: text(user.credential_uid),
    userName: text(user.name),
    invokedBy: text(actor.invoked_by),
    sessionContext: compact({
      sessionIssuer: issuer === undefined ? undefined : { arn: issuer },
      attributes: compact({
        creationDate: isoOf(session.created_time_dt ?? session.created_time),
        mfaAuthenticated: mfa === undefined || mfa === null ? undefined : String(mfa),
      }),
    }),
  });
}

/** `Management, Data, and Insights` is what the feature was called before 1.1, and says nothing. */
const CATEGORIES = ['Management', 'Data', 'NetworkActivity', 'Insight'];
const categoryOf = (feature = ''): string | undefined =>
  CATEGORIES.includes(feature) ? feature : undefined;

/** To the second, as CloudTrail writes times. */
const timeOf = ({ time, time_dt }: Members): string | undefined =>
  (isoOf(time) ?? isoOf(time_dt))?.replace(/\.\d+Z$/, 'Z');

/** Milliseconds since the epoch, a date, or a text of one. */
function isoOf(value: unknown): string | undefined {
  if (typeof value === 'string' && value !== '') return isoOf(new Date(value));
  if (typeof value === 'bigint' || typeof value === 'number') return isoOf(new Date(Number(value)));
  return value instanceof Date && !isNaN(value.getTime()) ? value.toISOString() : undefined;
}

const FLAGS = new Map([
  ['true', true],
  ['false', false],
]);
/** Members that are truth values in a record; everything in `unmapped` is text. */
const FLAG_MEMBERS = ['readOnly', 'managementEvent'];
/** Names that reach for prototypes mean nothing in a record. */
const REFUSED = ['__proto__', 'constructor', 'prototype'];

/** `tlsDetails.tlsVersion: x` → `tlsDetails: { tlsVersion: x }`. */
function unmappedOf(unmapped: unknown): Json {
  const members: Json = {};
  for (const [path, value] of Object.entries(object(unmapped))) {
    const names = path.split('.').slice(0, 8);
    const last = names.pop() ?? '';
    if (value === null || [...names, last].some((name) => REFUSED.includes(name))) continue;
    let holder = members;
    for (const name of names) holder = (holder[name] = { ...object(holder[name]) }) as Json;
    holder[last] = FLAG_MEMBERS.includes(path) ? (FLAGS.get(String(value)) ?? value) : value;
  }
  return members;
}

/** Parameters came as JSON text from 1.1 on. */
function jsonOf(data: unknown): unknown {
  if (typeof data !== 'string') return data ?? undefined;
  try {
    return JSON.parse(data) as unknown;
  } catch {
    return data;
  }
}

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

const object = (value: unknown): Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Members) : {};

/** Any member as an object: an empty one where there is none. */
const objects = (of: Members): Readonly<Record<string, Members>> =>
  new Proxy(of, { get: (target, name) => object(target[name as string]) }) as Readonly<
    Record<string, Members>
  >;

/** Without what is undefined, and without objects that have nothing. */
function compact(members: Json): Json {
  const isThere = (value: unknown) =>
    value !== undefined && !(isPlain(value) && Object.keys(value).length === 0);
  return Object.fromEntries(Object.entries(members).filter(([, value]) => isThere(value)));
}

const isPlain = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
