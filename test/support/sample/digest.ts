import { createHash } from 'node:crypto';
import { seededRandom } from '../random';
import { isoSeconds, type JsonObject } from '../recordBuilder';
import { HOUR, hex } from './calls';
import { PROD_US } from './cast';
import { deliveryOf, type Delivery } from './delivery';
import { AGENT_LOOP } from './incidents';

const BUCKET = { s3Bucket: 'acme-cloudtrail' };

/** The digest file of the hour of the agent loop: true hashes of its log files, a signature that nobody holds the key of. */
export function digestOf(deliveries: readonly Delivery[]): Delivery {
  const end = AGENT_LOOP.start + 0.6 * HOUR;
  const start = end - HOUR;
  const { recipientAccountId, awsRegion } = PROD_US;
  const at = (time: number, content: JsonObject) =>
    deliveryOf('CloudTrail-Digest', recipientAccountId, awsRegion, time, content);
  const own = `AWSLogs/${recipientAccountId}/CloudTrail/${awsRegion}/`;
  const logFiles = deliveries
    .filter(({ key, deliveredEpochSeconds: time }) => {
      return key.startsWith(own) && time > start && time <= end;
    })
    .map(logFile);
  const random = seededRandom('digest');
  return at(end, {
    awsAccountId: recipientAccountId,
    digestStartTime: isoSeconds(start),
    digestEndTime: isoSeconds(end),
    digestS3Bucket: BUCKET.s3Bucket,
    digestS3Object: at(end, {}).key,
    digestPublicKeyFingerprint: hex(random, 32),
    digestSignatureAlgorithm: 'SHA256withRSA',
    newestEventTime: latest(logFiles.map((file) => String(file.newestEventTime))),
    oldestEventTime: earliest(logFiles.map((file) => String(file.oldestEventTime))),
    previousDigestS3Bucket: BUCKET.s3Bucket,
    previousDigestS3Object: at(start, {}).key,
    previousDigestHashValue: hex(random, 64),
    previousDigestHashAlgorithm: 'SHA-256',
    previousDigestSignature: hex(random, 512),
    logFiles,
  });
}

function logFile({ key, content }: Delivery): JsonObject {
  const times = (content.Records as JsonObject[]).map((record) => String(record.eventTime));
  return {
    ...BUCKET,
    s3Object: key,
    hashValue: createHash('sha256').update(JSON.stringify(content)).digest('hex'),
    hashAlgorithm: 'SHA-256',
    newestEventTime: latest(times),
    oldestEventTime: earliest(times),
  };
}

const earliest = (times: string[]): string => times.reduce((a, b) => (a < b ? a : b));
const latest = (times: string[]): string => times.reduce((a, b) => (a > b ? a : b));
