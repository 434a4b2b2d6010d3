import { gzipSync, zipSync, type Zippable } from 'fflate';
import { encodeUtf8 } from '../activity/utf8';
import type { InsightsEvent } from '../cloudtrail/insightsEvent';
import type { Insight } from '../insights/insight';
import { recordsOf } from './records';

/** Zip knows no time before 1980, and writes the local one: so this gives the same bytes in every time zone. */
const zipEpoch = (): Date => new Date(1980, 0, 1);

/**
 * The records as CloudTrail delivers them to a bucket: a zip of
 * `AWSLogs/ACCOUNT/CloudTrail-Insight/REGION/YYYY/MM/DD/…json.gz`, one record a file. The same insights give the same bytes.
 */
export function s3LayoutZip(insights: readonly Insight[]): Uint8Array {
  const files: Zippable = {};
  for (const record of recordsOf(insights)) {
    const json = JSON.stringify({ Records: [record] });
    files[keyOf(record)] = [gzipSync(encodeUtf8(json), { mtime: 0 }), { level: 0 }];
  }
  return zipSync(files, { mtime: zipEpoch() });
}

/** Where AWS names the minute of delivery stands the minute of the event; the unique string is of the record's id. */
function keyOf({ recipientAccountId, awsRegion, eventTime, eventID }: InsightsEvent): string {
  const account = pathPart(recipientAccountId);
  const region = pathPart(awsRegion);
  const day = eventTime.slice(0, 10).replaceAll('-', '/');
  const stamp = `${eventTime.slice(0, 16).replace(/[-:]/g, '')}Z`;
  const unique = eventID.replaceAll('-', '').slice(0, 16);
  const name = `${account}_CloudTrail-Insight_${region}_${stamp}_${unique}.json.gz`;
  return `AWSLogs/${account}/CloudTrail-Insight/${region}/${day}/${name}`;
}

/** Account and Region come out of logs: they must not climb out of the folder a person unpacks into. */
const pathPart = (text: string): string =>
  text.replace(/[^A-Za-z0-9-]/g, '_').slice(0, 64) || 'unknown';
