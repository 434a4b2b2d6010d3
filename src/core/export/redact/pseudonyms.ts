import { ACCOUNT_ID, IPV4, IPV6, UNIQUE_ID, type ValueClass } from './values';

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const EC2_ID = /^([a-z]{1,12}-)(?:[0-9a-f]{8}|[0-9a-f]{17})$/;
/** Whole numbers of JSON that are exact. */
const DIGITS = /^\d{5,16}$/;
const PRIVATE_IPV4 = /^(?:10\.|127\.|169\.254\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.)/;
const PRIVATE_IPV6 = /^(?:f[cd]|fe80|::1$)/i;

const hex = (n: number, digits: number) => n.toString(16).padStart(digits, '0');
const decimal = (n: number, digits: number) => String(n).padStart(digits, '0');
const octets = (n: number) => `${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}`;

/** What a value without a shape of its own becomes. */
const NAMES: Readonly<Record<ValueClass, (n: number) => string>> = {
  accountIds: (n) => `account-${n}`,
  identityNames: (n) => `identity-${n}`,
  sessionNames: (n) => `session-${n}`,
  accessKeys: (n) => `key-${n}`,
  ipAddresses: (n) => `host-${n}.example`,
  userAgents: (n) => `user-agent/${n}`,
  resourceNames: (n) => `resource-${n}`,
  requestParameters: (n) => `value-${n}`,
};

/** The n-th pseudonym of the value's shape, by which two values of one shape are counted together. */
function shapeOf(
  valueClass: ValueClass,
  value: string,
): readonly [shape: string, of: (n: number) => string] {
  if (ACCOUNT_ID.test(value)) return ['account', (n) => String(900_000_000_000 + n)];
  if (UNIQUE_ID.test(value)) {
    const prefix = value.slice(0, 4);
    return [prefix, (n) => `${prefix}REDACTED${decimal(n, 8)}`];
  }
  if (IPV4.test(value)) return addressShape(PRIVATE_IPV4.test(value));
  if (IPV6.test(value) && valueClass === 'ipAddresses') {
    return PRIVATE_IPV6.test(value)
      ? ['fd00', (n) => `fd00::${hex(n >> 16, 1)}:${hex(n & 0xffff, 1)}`]
      : ['2001:db8', (n) => `2001:db8::${hex(n >> 16, 1)}:${hex(n & 0xffff, 1)}`];
  }
  if (UUID.test(value)) return ['uuid', (n) => `00000000-0000-4000-8000-${hex(n, 12)}`];
  const ec2 = EC2_ID.exec(value);
  if (ec2) return [ec2[1], (n) => ec2[1] + hex(n, value.length - ec2[1].length)];
  if (DIGITS.test(value))
    return [`${value.length} digits`, (n) => `9${decimal(n, value.length - 1)}`];
  return [valueClass, NAMES[valueClass]];
}

/** Public addresses become those set aside for measurements (RFC 2544) and for the future; private ones stay private. */
function addressShape(isPrivate: boolean): readonly [string, (n: number) => string] {
  if (isPrivate) return ['private address', (n) => `10.${octets(n)}`];
  return [
    'address',
    (n) =>
      n < 0x20000 ? `198.${18 + (n >> 16)}.${(n >> 8) & 255}.${n & 255}` : `240.${octets(n)}`,
  ];
}

/** Pseudonyms by value: numbered in the order of asking, never one that is itself a value of the logs. */
export class Pseudonyms {
  private readonly given = new Map<string, string>();
  private readonly taken: Set<string>;
  private readonly last = new Map<string, number>();

  /** `values`: every value of the logs. */
  constructor(values: Iterable<string>) {
    this.taken = new Set(values);
  }

  of(valueClass: ValueClass, value: string): string {
    const before = this.given.get(value);
    if (before !== undefined) return before;
    const [shape, nth] = shapeOf(valueClass, value);
    let n = this.last.get(shape) ?? 0;
    let pseudonym: string;
    do pseudonym = nth(++n);
    while (this.taken.has(pseudonym));
    this.last.set(shape, n);
    this.taken.add(pseudonym);
    this.given.set(value, pseudonym);
    return pseudonym;
  }
}
