import type { Minute } from './minute';

/** Where the logs of one account and Region reach: silence inside is silence, outside or in a gap it is missing logs. */
export interface Coverage {
  readonly recipientAccountId: string;
  readonly awsRegion: string;
  /** First complete minute. */
  readonly start: Minute;
  /** The minute after the last complete one. */
  readonly end: Minute;
  /** Missing logs inside [start, end): ascending, disjoint, half-open pairs start₀, end₀, start₁, end₁, … */
  readonly gaps: Uint32Array;
  /** From here to `end` files may still be missing: CloudTrail delivers up to about 15 minutes late. */
  readonly incompleteFrom: Minute;
  /** False where the account logs too little (< 1 event in 10 minutes) for a silence to mean anything. */
  readonly silenceMeansSilence: boolean;
}
