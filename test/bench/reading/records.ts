import { uniqueId } from '../../support/callers';
import { isoSeconds } from '../../support/recordBuilder';
import { seededRandom, type Random } from '../../support/random';
import { APIS, type Api } from './apis';

/**
 * Record text from pre-rendered parts, 1.5 KB a record at some 200 MB/s: the corpora hold up to 4 GB of it. Member order
 * and shapes are CloudTrail's; what a careless scanner trips over is in it: escaped JSON in strings, `eventName`,
 * `eventSource` and `readOnly` inside `requestParameters`, non-ASCII text.
 */

export const ACCOUNTS = ['111122223333', '444455556666', '777788889999'];
export const REGIONS = ['us-east-1', 'us-west-2', 'eu-west-1', 'ap-southeast-2'];

const IDENTITIES_PER_ACCOUNT = 120;
const ERROR_SHARE = 0.035;
/** A call is often followed by more of the same: pagination, polling, loops. */
const BURST_CHANCE = 0.3;
const ERROR_CODES = [
  'AccessDenied',
  'ThrottlingException',
  'ResourceNotFoundException',
  'Client.UnauthorizedOperation',
  'NoSuchEntityException',
];

/** Cumulative shares, for drawing an API by binary search. */
const CUMULATIVE = APIS.reduce<number[]>(
  (sums, { share }) => [...sums, (sums.at(-1) ?? 0) + share],
  [],
);

function drawApi(random: Random): Api {
  const wanted = random.unit() * CUMULATIVE[CUMULATIVE.length - 1];
  let low = 0;
  let high = CUMULATIVE.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (CUMULATIVE[middle] < wanted) low = middle + 1;
    else high = middle;
  }
  return APIS[low];
}

const HEX = Array.from({ length: 65_536 }, (_, i) => i.toString(16).padStart(4, '0'));
const hex4 = (random: Random): string => HEX[Math.floor(random.unit() * 65_536)];
const hex8 = (random: Random): string => hex4(random) + hex4(random);

const uuid = (random: Random): string =>
  `${hex8(random)}-${hex4(random)}-4${hex4(random).slice(1)}-a${hex4(random).slice(1)}-${hex8(random)}${hex4(random)}`;

/** Renders the records of one log file. */
export class RecordWriter {
  readonly #random: Random;
  readonly #account: string;
  readonly #region: string;
  #api: Api = APIS[0];
  #identity = 0;

  constructor(seed: string, account: string, region: string) {
    this.#random = seededRandom(seed);
    this.#account = account;
    this.#region = region;
  }

  /** One record within [from, to) seconds since the epoch, as minified JSON. */
  record(from: number, to: number): string {
    const random = this.#random;
    if (!random.chance(BURST_CHANCE)) {
      this.#api = drawApi(random);
      this.#identity = Math.floor(IDENTITIES_PER_ACCOUNT * random.unit() ** 1.5);
    }
    const { service, eventName, readOnly, data } = this.#api;
    const time = random.integer(from, to - 1);
    const failed = random.chance(ERROR_SHARE);
    return (
      `{"eventVersion":"1.09","userIdentity":${identityOf(this.#account, this.#identity, time)},"eventTime":"${isoSeconds(time)}",` +
      `"eventSource":"${service}.amazonaws.com","eventName":"${eventName}","awsRegion":"${this.#region}",` +
      `"sourceIPAddress":"10.${this.#identity}.${random.integer(0, 15)}.${random.integer(1, 254)}","userAgent":"${USER_AGENTS[this.#identity % USER_AGENTS.length]}",` +
      (failed
        ? `"errorCode":"${random.pick(ERROR_CODES)}","errorMessage":"Not this time"` + ','
        : '') +
      `"requestParameters":${requestParameters(random, this.#api)},"responseElements":${failed ? 'null' : responseElements(random, this.#api)},` +
      `"requestID":"${uuid(random)}","eventID":"${uuid(random)}","readOnly":${readOnly},` +
      `${resources(random, this.#api, this.#account, this.#region)}"eventType":"AwsApiCall","managementEvent":${!data},"recipientAccountId":"${this.#account}",` +
      `"eventCategory":"${data ? 'Data' : 'Management'}","tlsDetails":{"tlsVersion":"TLSv1.3","cipherSuite":"TLS_AES_128_GCM_SHA256","clientProvidedHostHeader":"${service}.${this.#region}.amazonaws.com"}}`
    );
  }

  /** A write call with nothing but what is counted, 400 bytes long. */
  shortWrite(from: number, to: number): string {
    const random = this.#random;
    const api = WRITES[random.integer(0, WRITES.length - 1)];
    return (
      `{"eventVersion":"1.11","userIdentity":{"type":"IAMUser","arn":"arn:aws:iam::${this.#account}:user/user-${random.integer(0, 119)}"},` +
      `"eventTime":"${isoSeconds(random.integer(from, to - 1))}","eventSource":"${api.service}.amazonaws.com","eventName":"${api.eventName}",` +
      `"awsRegion":"${this.#region}","sourceIPAddress":"10.1.2.3","eventID":"${uuid(random)}","readOnly":false,` +
      `"eventType":"AwsApiCall","managementEvent":true,"recipientAccountId":"${this.#account}"}`
    );
  }
}

const WRITES = APIS.filter(({ readOnly, data }) => !readOnly && !data);

const USER_AGENTS = [
  'Boto3/1.34.131 md/Botocore#1.34.131 ua/2.0 os/linux#5.10.219 md/arch#x86_64 lang/python#3.11.9 md/pyimpl#CPython cfg/retry-mode#legacy',
  'aws-sdk-go/1.44.157 (go1.19.3; linux; amd64) amazon-ssm-agent/3.2',
  'APN/1.0 HashiCorp/1.0 Terraform/1.5.7 (+https://www.terraform.io) terraform-provider-aws/5.54.1 aws-sdk-go-v2/1.27.2 os/linux lang/go#1.22.4',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36',
  'aws-cli/2.16.12 Python/3.11.8 Linux/5.15.0-113-generic exe/x86_64.ubuntu.22',
  'lambda.amazonaws.com',
  'aws-sdk-java/2.25.60 Linux/5.10.218 OpenJDK_64-Bit_Server_VM/21.0.3 Java/21.0.3 vendor/Amazon.com_Inc. io/sync http/Apache',
];

const identities = new Map<string, string>();

/** Sessions live an hour, so identities are rendered once an hour. */
function identityOf(account: string, index: number, time: number): string {
  const hour = time - (time % 3600);
  const key = `${account} ${index} ${hour}`;
  let text = identities.get(key);
  if (text === undefined) {
    if (identities.size > 20_000) identities.clear();
    text = renderIdentity(account, index, hour);
    identities.set(key, text);
  }
  return text;
}

function renderIdentity(account: string, index: number, hour: number): string {
  if (index % 20 === 7) return '{"type":"AWSService","invokedBy":"lambda.amazonaws.com"}';
  if (index === 119)
    return `{"type":"Root","principalId":"${account}","arn":"arn:aws:iam::${account}:root","accountId":"${account}","accessKeyId":""}`;
  if (index % 4 === 3) {
    const name = `user-${index}`;
    return `{"type":"IAMUser","principalId":"${uniqueId('AIDA', account + name)}","arn":"arn:aws:iam::${account}:user/engineering/${name}","accountId":"${account}","accessKeyId":"${uniqueId('AKIA', account + name)}","userName":"${name}"}`;
  }
  const single = index % 6 === 2;
  const role = single
    ? `AWSReservedSSO_Engineer_${HEX[index]}d3e4f57`
    : `platform-service-role-${index}`;
  const session = single
    ? `person${index}@example.com`
    : `i-0${HEX[index]}${HEX[(hour / 3600) % 9973]}c2c7d4`;
  const principal = uniqueId('AROA', account + role);
  return (
    `{"type":"AssumedRole","principalId":"${principal}:${session}","arn":"arn:aws:sts::${account}:assumed-role/${role}/${session}","accountId":"${account}",` +
    `"accessKeyId":"${uniqueId('ASIA', `${account}${session}${hour}`)}","sessionContext":{"sessionIssuer":{"type":"Role","principalId":"${principal}",` +
    `"arn":"arn:aws:iam::${account}:role/${role}","accountId":"${account}","userName":"${role}"},"webIdFederationData":{},` +
    `"attributes":{"creationDate":"${isoSeconds(hour)}","mfaAuthenticated":"${single}"}${single ? '' : ',"ec2RoleDelivery":"2.0"'}},` +
    (single
      ? `"onBehalfOf":{"userId":"e0b4f9c0-1234-5678-abcd-ef01${HEX[index]}4567","identityStoreArn":"arn:aws:identitystore::${account}:identitystore/d-1234567890"},"credentialId":"ACCA${principal}"}`
      : `"inScopeOf":{"issuerType":"AWS::EC2::Instance","credentialsIssuedTo":"arn:aws:ec2:us-east-1:${account}:instance/${session}"}}`)
  );
}

const POLICY =
  '{\\n  \\"Version\\": \\"2012-10-17\\",\\n  \\"Statement\\": [{\\"Effect\\": \\"Allow\\", \\"Action\\": [\\"s3:GetObject\\", \\"kms:Decrypt\\"], \\"Resource\\": \\"*\\", \\"Condition\\": {\\"StringLike\\": {\\"aws:userid\\": \\"*:\\\\\\\\prod\\"}}}]\\n}';

function requestParameters(random: Random, { service, eventName, readOnly }: Api): string {
  const id = hex8(random);
  const kind = random.unit();
  if (kind < 0.06)
    return `{"lookupAttributes":[{"eventName":"${eventName}","eventSource":"other.amazonaws.com","readOnly":${!readOnly}}],"maxResults":50,"nextToken":"${uuid(random)}"}`;
  if (kind < 0.12)
    return `{"roleName":"role-${id}","policyName":"inline","policyDocument":"${POLICY}"}`;
  if (kind < 0.18)
    return `{"resourceId":"i-0${id}${id}","tagSet":{"items":[{"key":"Größe","value":"größer – 東京 🚀"},{"key":"team","value":"${service}-team"}]}}`;
  if (kind < 0.24) return 'null';
  if (service === 'kms')
    return `{"encryptionContext":{"aws:s3:arn":"arn:aws:s3:::platform-data-${id.slice(0, 2)}/part-${id}.parquet"},"encryptionAlgorithm":"SYMMETRIC_DEFAULT","keyId":"arn:aws:kms:us-east-1:111122223333:key/0e5d0ab6-097e-49d8-99ef-${id}f5f8"}`;
  if (service === 'sts')
    return `{"roleArn":"arn:aws:iam::111122223333:role/platform-service-role-${id.slice(0, 1)}","roleSessionName":"session-${id}","durationSeconds":3600,"externalId":"${id}"}`;
  return `{"filterSet":{"items":[{"name":"tag:Environment","valueSet":{"items":[{"value":"production"}]}},{"name":"resource-id","valueSet":{"items":[{"value":"${service}-0${id}"}]}}]},"maxResults":${random.integer(1, 9)}00,"nextToken":"${token(random, 14)}","includeAll":false}`;
}

function responseElements(random: Random, { service, readOnly }: Api): string {
  if (service === 'sts')
    return `{"credentials":{"accessKeyId":"ASIA${hex8(random).toUpperCase()}EXAMPLE7","sessionToken":"IQoJb3JpZ2luX2VjE${token(random, 24)}","expiration":"Jun 1, 2026, 9:12:47 AM"}}`;
  if (readOnly) return 'null';
  return `{"requestId":"${uuid(random)}","_return":true,"resource":{"state":"pending","version":${random.integer(1, 40)},"clientToken":"${token(random, 10)}"}}`;
}

const token = (random: Random, parts: number): string => {
  let text = '';
  for (let i = 0; i < parts; i++) text += TOKEN_PARTS[Math.floor(random.unit() * 4096)];
  return text;
};

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-';
const TOKEN_PARTS = Array.from({ length: 4096 }, (_, i) => LETTERS[i >> 6] + LETTERS[i & 63]).map(
  (pair, i) => pair + LETTERS[(i * 37) & 63] + LETTERS[(i * 11) & 63],
);

function resources(random: Random, { service }: Api, account: string, region: string): string {
  if (service !== 'kms' && service !== 's3' && service !== 'secretsmanager') return '';
  return `"resources":[{"accountId":"${account}","type":"AWS::${service.toUpperCase()}::Resource","ARN":"arn:aws:${service}:${region}:${account}:resource/${HEX[random.integer(0, 40)]}-platform"}],`;
}
