import type { SeriesKey } from '../activity/callSeries';
import type { Minute } from '../activity/minute';
import type { Attribution, InsightStatistics, InsightType } from '../cloudtrail/insightsEvent';

/** Which rule opened the window; the page puts it into words. */
export type InsightRule =
  | 'record' // rarer than anything this series does
  | 'first seen' // an API that the rest of the logs never shows
  | 'missed runs' // a clock-like job did not run
  | 'silence' // a busy series fell silent
  | 'dip' // a busy series fell to a fraction
  | 'lasting change' // a new level for good
  | 'largest burst'; // under three hours of logs: only the largest, nothing can be called unusual

/** How much history stands behind a window: 'usual' ≥ 36 h, 'short' 3–36 h, 'none' < 3 h. */
export type HistoryLength = 'usual' | 'short' | 'none';

/** What detection found in one series: half-open minutes [start, end). */
export interface InsightWindow {
  readonly start: Minute;
  readonly end: Minute;
  readonly direction: 'above' | 'below';
  /** log10 of the days between two such events; 3 = less often than once in 1,000 days. */
  readonly severity: number;
  readonly history: HistoryLength;
  /** Still unusual in the last complete minute: the insight has no End. */
  readonly ongoing: boolean;
  readonly explanation: Explanation;
}

/** Minutes with calls, however many; or the calls that belong to no run of a job that runs by the clock. */
export type Counted = 'minutes' | 'calls between runs';

/** Numbers behind "why": what the page puts into words. */
export interface Explanation {
  readonly rule: InsightRule;
  /** Minutes of the window that decided: [from, to). */
  readonly from: Minute;
  readonly to: Minute;
  /** What `observed`, `expected` and `limit` count where it is not calls. */
  readonly counted?: Counted;
  /** Calls in [from, to), and how many the local level let expect there. */
  readonly observed: number;
  readonly expected: number;
  /** The largest count in [from, to) that would have been normal (for a drop: the smallest). */
  readonly limit: number;
  /** How many other active hours of the series it was compared with. */
  readonly comparedHours: number;
  /** Busiest (for a drop: quietest) minute of the window and its calls. */
  readonly peakMinute: Minute;
  readonly peakCalls: number;
}

/** One insight with everything that is shown and exported about it. Plain data: survives structuredClone and JSON. */
export interface Insight extends InsightWindow {
  /** UUID derived from the content: the same logs give the same id. */
  readonly sharedEventID: string;
  readonly key: SeriesKey;
  readonly insightType: InsightType;
  /** As in AWS's End record: true duration, calls per minute over [start, end). */
  readonly statistics: InsightStatistics;
  /** As in AWS's Start record: the five-minute detection window from `start`. */
  readonly startStatistics: InsightStatistics;
  readonly attributions: readonly Attribution[];
  readonly startAttributions: readonly Attribution[];
  /** Minutes of the baseline window that the logs cover; below `baselineDuration` the averages use these only. */
  readonly coveredBaseline: number;
}
