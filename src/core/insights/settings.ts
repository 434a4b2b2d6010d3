import type { InsightType } from '../cloudtrail/insightsEvent';

/** Everything a person can turn about detection. Part of the analysis and of what is shared. */
export interface DetectionSettings {
  /** log10 of days: 3 = rarer than once in 1,000 days. 1.8 is about as sensitive as AWS, 4 is strict. */
  readonly severity: number;
  /** A window with fewer calls than this never fires. */
  readonly minimumCalls: number;
  readonly insightTypes: readonly InsightType[];
}

export const DEFAULT_SETTINGS: DetectionSettings = {
  severity: 3,
  minimumCalls: 3,
  insightTypes: ['ApiCallRateInsight', 'ApiErrorRateInsight'],
};
