import type { InsightsEvent } from '../cloudtrail/insightsEvent';
import type { Insight } from '../insights/insight';
import { toInsightsEvents } from '../insights/toInsightsEvents';

/** Insights by start, then id: the order of every export, so that the same insights give the same bytes. */
export const inTimeOrder = (insights: readonly Insight[]): Insight[] =>
  [...insights].sort((a, b) => a.start - b.start || (a.sharedEventID < b.sharedEventID ? -1 : 1));

/** Start and End records of all insights, each End behind its Start. */
export const recordsOf = (insights: readonly Insight[]): InsightsEvent[] =>
  inTimeOrder(insights).flatMap(toInsightsEvents);

/** The order in which an analysis lists its insights, where ids or accounts have changed. */
export const bySeverity = (a: Insight, b: Insight): number =>
  b.severity - a.severity ||
  b.explanation.observed - a.explanation.observed ||
  a.start - b.start ||
  (a.sharedEventID < b.sharedEventID ? -1 : 1);
