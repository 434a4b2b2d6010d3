/** Classes of values that a person may want to keep to themselves. */
export const VALUE_CLASSES = [
  'accountIds',
  'identityNames',
  'sessionNames',
  'accessKeys',
  'ipAddresses',
  'userAgents',
  'resourceNames',
  'requestParameters',
] as const;
export type ValueClass = (typeof VALUE_CLASSES)[number];

/** What becomes of the values of an analysis: `mapAnalysis` finds them, this says what stands in their place. */
export interface ValueMap {
  /** A whole value of a class. */
  value(valueClass: ValueClass, value: string): string;
  /** Text that may hold values anywhere. */
  text(text: string): string;
  /** A whole record as JSON text. */
  record(json: string): string;
}

/** `ssm.amazonaws.com`: AWS's own services, which name nobody. A longer host name may be somebody's bucket. */
const SERVICE = /^[a-z0-9-]+\.amazonaws\.com(?:\.cn)?$/;
const WORDS = new Set(['null', 'AWS Internal', 'HIDDEN_DUE_TO_SECURITY_REASONS', 'aws', 'Unknown']);

/** Values that are AWS's vocabulary or say nothing at all; they stay. */
export const isPublic = (value: string): boolean =>
  WORDS.has(value) || SERVICE.test(value) || !/[\p{L}\p{N}]/u.test(value);

export const ACCOUNT_ID = /^\d{12}$/;
/** Access keys, and the unique ids of users and roles, out of which the account id can be computed. */
export const UNIQUE_ID = /^A[A-Z]{3}[A-Z0-9]{12,}$/;
export const IPV4 = /^(?:\d{1,3}\.){3}\d{1,3}$/;
export const IPV6 = /^(?=.*:.*:)[0-9A-Fa-f:.]{3,45}$/;
export const isArn = (value: string): boolean =>
  /^arn:aws[a-z-]*:[^\s:]*:[^\s:]*:[^\s:]*:\S+$/.test(value);

const ANYWHERE =
  /arn:aws[a-z-]*:[a-z0-9-]*:[a-z0-9-]*:\d{0,12}:[^\s"'`,;(){}[\]<>\\]+|(?<![A-Za-z0-9])A[A-Z]{3}[A-Z0-9]{12,}(?![A-Za-z0-9])|(?<!\d)\d{12}(?!\d)|(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])/g;

/** Visits what is recognisable inside of free text by its form alone. */
export function visitPatterns(text: string, map: ValueMap): void {
  for (const [found] of text.matchAll(ANYWHERE)) {
    if (found.startsWith('arn:')) mapArn(found, map);
    else if (ACCOUNT_ID.test(found)) map.value('accountIds', found);
    else if (UNIQUE_ID.test(found)) map.value('accessKeys', found);
    else map.value('ipAddresses', found);
  }
}

/** Words before the name of a resource that say only of what kind it is. */
const RESOURCE_KINDS =
  /^(?:alias|certificate|cluster|db|detector|document|function|group|image|index|instance|instance-profile|key|layer|log-group|managed-instance|network-interface|parameter|policy|repository|rule|secret|security-group|service|snapshot|stack|subnet|table|task|task-definition|trail|view|volume|vpc)[:/]/;
const PUBLIC_PATHS = new Set(['aws-service-role', 'aws-reserved', 'service-role']);

/** An ARN stays one: partition, service, Region and kind of resource stand, account and names are mapped. */
export function mapArn(arn: string, map: ValueMap): string {
  const [, partition, service, region, account, ...rest] = arn.split(':');
  if (account === 'aws') return arn;
  const owner = account === '' ? '' : map.value('accountIds', account);
  const resource = mapResource(service, rest.join(':'), map);
  return ['arn', partition, service, region, owner, resource].join(':');
}

function mapResource(service: string, resource: string, map: ValueMap): string {
  const [kind, ...names] = resource.split('/');
  const join = (mapped: readonly string[]) => [kind, ...mapped].join('/');
  if (resource === 'root') return resource;
  if (kind === 'assumed-role') {
    const [role, ...session] = names;
    const mapped = [mapName(role ?? '', map)];
    return join(
      session.length > 0 ? [...mapped, map.value('sessionNames', session.join('/'))] : mapped,
    );
  }
  if (kind === 'federated-user' || (service === 'iam' && (kind === 'user' || kind === 'role'))) {
    return join(names.map((name) => mapName(name, map)));
  }
  const before = RESOURCE_KINDS.exec(resource)?.[0] ?? '';
  return before + map.value('resourceNames', resource.slice(before.length));
}

const mapName = (name: string, map: ValueMap): string =>
  PUBLIC_PATHS.has(name) ? name : map.value('identityNames', name);

/** A label as `userIdentityLabel` makes it: an ARN, a service, an account with the type of identity, a name, a principal. */
export function mapIdentity(label: string, map: ValueMap): string {
  if (isArn(label)) return mapArn(label, map);
  if (ACCOUNT_ID.test(label)) return map.value('accountIds', label);
  const typed = /^([A-Za-z]+) (\d{12})$/.exec(label);
  if (typed) return `${typed[1]} ${map.value('accountIds', typed[2])}`;
  const principal = /^([A-Z0-9]{16,}):(.+)$/s.exec(label);
  if (principal) {
    return `${map.value('accessKeys', principal[1])}:${map.value('sessionNames', principal[2])}`;
  }
  return map.value(UNIQUE_ID.test(label) ? 'accessKeys' : 'identityNames', label);
}
