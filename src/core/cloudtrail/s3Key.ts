/** What the name of a log file that CloudTrail delivered to S3 says; `deliveredAt` is later than its events. */
export interface S3Key {
  readonly accountId: string;
  readonly awsRegion: string;
  /** `CloudTrail`, `CloudTrail-Insight`, `CloudTrail-NetworkActivity`, `CloudTrail-Aggregated` or `CloudTrail-Digest`. */
  readonly folder: string;
  /** ISO minute of delivery: `2026-01-31T23:55:00Z`. */
  readonly deliveredAt: string;
}

/** A bucket's own path to its logs, with the organization where there is one. */
const TO_LOGS = /^(?:[^/]*\/)*?AWSLogs(?:\/o-[a-z0-9]+)?(?=\/)/;

/**
 * What a person would call the source of a log file: the trail's prefix up to `AWSLogs` and the organization; else the
 * folder or archive that was dropped; a file dropped alone by its own name, unless that is one of a trail's thousands.
 */
export function originOf(path: string): string {
  const prefix = TO_LOGS.exec(path)?.[0];
  if (prefix !== undefined) return prefix;
  const slash = path.indexOf('/', 1);
  return slash > 0 ? path.slice(0, slash) : parseS3Key(path) === null ? path : LOOSE_FILES;
}

const LOOSE_FILES = 'log files without a folder';

const FILE_NAME =
  /(?:^|\/)(\d{12})_(CloudTrail(?:-[A-Za-z]+)?)_([a-z0-9-]+)_(?:.*_)?(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(?:\d\d)?Z[^/]*$/;

/** Parses `[…/]ACCOUNT_CloudTrail_REGION_YYYYMMDDTHHmmZ_unique.json.gz`; null for other names. Only a hint: contents decide. */
export function parseS3Key(path: string): S3Key | null {
  const parts = FILE_NAME.exec(path);
  if (parts === null) return null;
  const [, accountId, folder, awsRegion, year, month, day, hour, minute] = parts;
  const deliveredAt = `${year}-${month}-${day}T${hour}:${minute}:00Z`;
  return { accountId, awsRegion, folder, deliveredAt };
}
