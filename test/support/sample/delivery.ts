import {
  buildRecord,
  isoSeconds,
  type Call,
  type JsonObject,
  type RecordIds,
} from '../recordBuilder';
import { seededRandom, type Random } from '../random';
import { DAY, hex, MINUTE } from './calls';

/** Calls become records, records become the objects that CloudTrail delivers to a bucket. */

export interface Delivery {
  /** S3 key from `AWSLogs/` on. */
  readonly key: string;
  readonly deliveredEpochSeconds: number;
  readonly content: JsonObject;
}

/** What CloudTrail writes beside `CloudTrail/`: `CloudTrail-Insight/` and `CloudTrail-Digest/`. */
export type Folder = 'CloudTrail' | 'CloudTrail-Insight' | 'CloudTrail-Digest';

const FIVE_MINUTES = 5 * MINUTE;
/** Files are stamped 3.35 minutes after their events, in the median of real trails. */
const DELAY = 200;

const deliveryTime = (at: number): number => Math.ceil((at + DELAY) / FIVE_MINUTES) * FIVE_MINUTES;

/** One file per account, Region and five minutes that had any calls; inside, as in real files, not in order of time. */
export function deliver(calls: readonly Call[], random: Random): Delivery[] {
  const files = new Map<string, Call[]>();
  for (const call of calls) {
    const stamp = deliveryTime(call.epochSeconds);
    const file = `${call.recipientAccountId} ${call.awsRegion} ${stamp}`;
    const filed = files.get(file);
    if (filed) filed.push(call);
    else files.set(file, [call]);
  }
  const ids = recordIds(random);
  let again: JsonObject[] = [];
  return [...files].sort(byKey).map(([file, filed], index) => {
    const [accountId, awsRegion, stamp] = file.split(' ');
    const records = filed.map((call) => buildRecord(call, ids(call.epochSeconds)));
    const Records = [...records, ...again];
    again = index % REDELIVERED_EVERY === 0 ? records : [];
    return deliveryOf('CloudTrail', accountId, awsRegion, Number(stamp), { Records });
  });
}

const byKey = ([a]: [string, unknown], [b]: [string, unknown]): number => (a < b ? -1 : 1);

/** The records of every 200th file come once more in the next file: AWS promises delivery at least once. */
const REDELIVERED_EVERY = 200;

/**
 * Ids that are unique but compress: fully random ones would take 2 MB of the sample's 3. Four digits count, in an order
 * that looks shuffled; the other 28 change once a day.
 */
function recordIds(random: Random): (epochSeconds: number) => RecordIds {
  const days = new Map<number, IdFrame[]>();
  let counter = 0;
  return (epochSeconds) => {
    const day = Math.floor(epochSeconds / DAY);
    if (!days.has(day)) days.set(day, [idFrame(random), idFrame(random)]);
    const [eventFrame, requestFrame] = days.get(day)!;
    counter = (counter + 0x9e37) & 0xffff;
    return { eventID: eventFrame(counter), requestID: requestFrame(counter ^ 0x5bd1) };
  };
}

type IdFrame = (digits: number) => string;

function idFrame(random: Random): IdFrame {
  const head = hex(random, 4);
  const variant = random.pick(['8', '9', 'a', 'b']);
  const tail = `-${hex(random, 4)}-4${hex(random, 3)}-${variant}${hex(random, 3)}-${hex(random, 12)}`;
  return (digits) => head + digits.toString(16).padStart(4, '0') + tail;
}

/** `AWSLogs/111122223333/CloudTrail/us-east-1/2026/01/21/111122223333_CloudTrail_us-east-1_20260121T1340Z_….json.gz`. */
export function deliveryOf(
  folder: Folder,
  accountId: string,
  awsRegion: string,
  deliveredEpochSeconds: number,
  content: JsonObject,
): Delivery {
  const time = isoSeconds(deliveredEpochSeconds);
  const day = time.slice(0, 10).replaceAll('-', '/');
  const stamp = time.replaceAll(/[-:]/g, '').slice(0, folder === 'CloudTrail-Digest' ? 15 : 13);
  const base = `${accountId}_${folder}_${awsRegion}_`;
  const last =
    folder === 'CloudTrail-Digest'
      ? `acme-trail_${awsRegion}_${stamp}Z`
      : `${stamp}Z_${uniqueString(base + stamp)}`;
  const key = `AWSLogs/${accountId}/${folder}/${awsRegion}/${day}/${base}${last}.json.gz`;
  return { key, deliveredEpochSeconds, content };
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

function uniqueString(seed: string): string {
  const random = seededRandom(seed);
  return Array.from({ length: 16 }, () => random.pick([...LETTERS])).join('');
}
