/**
 * Members every digest file has, also one without log files (user guide: "CloudTrail digest file structure"). They hold
 * hashes of log files, and no events.
 */
export const DIGEST_MEMBERS = ['digestStartTime', 'digestS3Object'] as const;
