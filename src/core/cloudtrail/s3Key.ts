/** What the name of a log file that CloudTrail delivered to S3 says; `deliveredAt` is later than its events. */
export interface S3Key {
  readonly accountId: string;
  readonly awsRegion: string;
  /** `CloudTrail`, `CloudTrail-Insight`, `CloudTrail-NetworkActivity`, `CloudTrail-Aggregated` or `CloudTrail-Digest`. */
  readonly folder: string;
  /** ISO minute of delivery: `2026-01-31T23:55:00Z`. */
  readonly deliveredAt: string;
}

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
