import type { SeriesKey } from '../activity/callSeries';
import { toMinute, type Minute } from '../activity/minute';
import type { Attribution, InsightType } from '../cloudtrail/insightsEvent';
import { recordedHalves, type RecordedHalf } from './recordedRecord';
import { START_DURATION } from './statistics';

/** What a record reports; durations are null in records of 2019, which did not have them yet. */
export interface RecordedStatistics {
  readonly baselineAverage: number;
  readonly insightAverage: number;
  readonly insightDuration: number | null;
  readonly baselineDuration: number | null;
}

/** An Insights event that AWS itself recorded: its Start and End, or the half of it that was found. */
export interface RecordedInsight {
  readonly sharedEventID: string;
  readonly key: SeriesKey;
  readonly insightType: InsightType;
  /** `Data` for insights on data events, which Trailglass does not judge. */
  readonly sourceEventCategory: string;
  /** Half-open minutes; without a Start record computed from the End, without an End record open. */
  readonly start: Minute;
  readonly end: Minute | null;
  readonly halves: 'both' | 'Start' | 'End';
  /** Of the End record where there is one, since a Start describes the first five minutes only. */
  readonly statistics: RecordedStatistics;
  /** Empty in records before August 2020. */
  readonly attributions: readonly Attribution[];
}

export interface RecordedInsights {
  /** By start, then id. */
  readonly insights: readonly RecordedInsight[];
  /** Why a record could not be used, with path and value; one entry a record. */
  readonly refused: readonly string[];
}

/**
 * AWS's own Insights events out of the JSON texts of their records, in any form (see `recordedHalves`), de-duplicated by
 * eventID and paired by (recipientAccountId, awsRegion, sharedEventID).
 */
export function parseRecordedInsights(records: Iterable<string>): RecordedInsights {
  const refused: string[] = [];
  const seen = new Set<string>();
  const pairs = new Map<string, RecordedHalf[]>();
  for (const json of records) {
    for (const half of recordedHalves(json, (reason) => refused.push(reason))) {
      const { recipientAccountId, awsRegion, eventID, sharedEventID } = half.record;
      const id = JSON.stringify([recipientAccountId, eventID]);
      if (seen.has(id)) continue;
      seen.add(id);
      const pair = JSON.stringify([recipientAccountId, awsRegion, sharedEventID]);
      pairs.set(pair, [...(pairs.get(pair) ?? []), half]);
    }
  }
  return { insights: Array.from(pairs.values(), toRecordedInsight).sort(byStart), refused };
}

const byStart = (a: RecordedInsight, b: RecordedInsight): number =>
  a.start - b.start || (a.sharedEventID < b.sharedEventID ? -1 : 1);

/** An insight is delivered once per trail: of several equal halves the one with the first eventID counts, in any order. */
function toRecordedInsight(halves: RecordedHalf[]): RecordedInsight {
  const sorted = halves.toSorted((a, b) => (a.record.eventID < b.record.eventID ? -1 : 1));
  const half = (state: 'Start' | 'End') =>
    sorted.find(({ record }) => record.insightDetails.state === state);
  const first = half('Start');
  const last = half('End');
  const { record } = (last ?? first)!;
  const { insightDetails: details } = record;
  const { statistics, attributions } = details.insightContext;
  return {
    sharedEventID: record.sharedEventID,
    key: {
      recipientAccountId: record.recipientAccountId,
      awsRegion: record.awsRegion,
      eventSource: details.eventSource,
      eventName: details.eventName,
      ...(details.errorCode ? { errorCode: details.errorCode } : {}),
    },
    insightType: details.insightType,
    sourceEventCategory: details.sourceEventCategory ?? 'Management',
    start: startOf(first, last),
    end: last?.minute ?? null,
    halves: first && last ? 'both' : first ? 'Start' : 'End',
    statistics: {
      baselineAverage: statistics.baseline.average,
      insightAverage: statistics.insight.average,
      insightDuration: statistics.insightDuration ?? null,
      baselineDuration: statistics.baselineDuration ?? null,
    },
    attributions: (attributions ?? []).map(({ attribute, insight, baseline }) => ({
      attribute,
      insight: insight.map(({ value, average }) => ({ value, average })),
      baseline: baseline.map(({ value, average }) => ({ value, average })),
    })),
  };
}

/** An End says how long the insight was; one without a duration is taken for a minute, the commonest length. */
function startOf(first: RecordedHalf | undefined, last: RecordedHalf | undefined): Minute {
  if (first && (!last || first.minute < last.minute)) return first.minute;
  const { insightDuration } = last!.record.insightDetails.insightContext.statistics;
  return toMinute(Math.max(0, last!.minute - (insightDuration || 1)));
}

/** The minutes a recorded insight is known to fill; one without an End at least those its Start describes. */
export const recordedEnd = ({ start, end }: RecordedInsight): Minute =>
  end ?? toMinute(start + START_DURATION);
