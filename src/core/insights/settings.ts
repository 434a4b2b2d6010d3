import type { Minute } from '../activity/minute';
import type { InsightType } from '../cloudtrail/insightsEvent';

/** Everything a person can turn about detection. Part of the analysis and of what is shared. */
export interface DetectionSettings {
  /** log10 of days: 3 = rarer than once in 1,000 days. 1.8 is about as sensitive as AWS, 4 is strict. */
  readonly severity: number;
  /** A window with fewer calls than this never fires. */
  readonly minimumCalls: number;
  readonly insightTypes: readonly InsightType[];
  /** Judge the call rate of read APIs too. AWS does not; what is known of their calls is when, not who. */
  readonly readEvents: boolean;
  /** Count what services do by themselves (`AwsServiceEvent`), and sign-ins; AWS does not say whether it does. */
  readonly serviceEvents: boolean;
  readonly signIns: boolean;
  /** Calls left out before judging. */
  readonly mutes: readonly Mute[];
  /** Minutes left out: deploys, known incidents. Nothing in them is told, and they are no part of what is usual. */
  readonly excludedSpans: readonly ExcludedSpan[];
}

/** Leaves out the calls that match all given values. */
export interface Mute {
  readonly recipientAccountId?: string;
  readonly awsRegion?: string;
  readonly eventSource?: string;
  readonly eventName?: string;
  readonly userIdentityArn?: string;
  readonly userAgent?: string;
  readonly sourceIPAddress?: string;
  /** Why, in the words of who muted it. */
  readonly reason: string;
  /** Kept with its reason, but nothing is left out for now. */
  readonly off?: boolean;
}

/** Half-open minutes [start, end), in all accounts and Regions. */
export interface ExcludedSpan {
  readonly start: Minute;
  readonly end: Minute;
  readonly reason: string;
  readonly off?: boolean;
}

export const isOn = ({ off }: Pick<Mute, 'off'>): boolean => off !== true;

export const DEFAULT_SETTINGS: DetectionSettings = {
  severity: 3,
  minimumCalls: 3,
  insightTypes: ['ApiCallRateInsight', 'ApiErrorRateInsight'],
  readEvents: false,
  serviceEvents: true,
  signIns: true,
  mutes: [],
  excludedSpans: [],
};
