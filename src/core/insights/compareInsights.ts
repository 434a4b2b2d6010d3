import type { Insight } from './insight';
import { recordedEnd, type RecordedInsight } from './recordedInsights';
import { round10, START_DURATION } from './statistics';

/** One insight that both AWS and Trailglass found; differences are Trailglass minus AWS. */
export interface FoundByBoth {
  readonly ours: Insight;
  readonly recorded: RecordedInsight;
  /** Minutes. */
  readonly startDifference: number;
  /** Minutes; null where one of the two has no End. */
  readonly endDifference: number | null;
  /** Calls per minute, over the same kind of record: End against End, or Start against Start. */
  readonly baselineDifference: number;
  readonly insightDifference: number;
}

export interface Comparison {
  readonly both: readonly FoundByBoth[];
  readonly onlyAws: readonly RecordedInsight[];
  readonly onlyTrailglass: readonly Insight[];
}

/**
 * Ours beside AWS's own: of one series and type, windows that overlap or lie less than AWS's five-minute detection window
 * apart are the same insight; each counts once, the nearest starts first.
 */
export function compareInsights(
  ours: readonly Insight[],
  recorded: readonly RecordedInsight[],
): Comparison {
  const candidates = pairsOf(ours, recorded).sort(
    (a, b) => a.distance - b.distance || a.mine - b.mine || a.theirs - b.theirs,
  );
  const partner = new Map<number, number>();
  const taken = new Set<number>();
  for (const { mine, theirs } of candidates) {
    if (partner.has(mine) || taken.has(theirs)) continue;
    partner.set(mine, theirs);
    taken.add(theirs);
  }
  return {
    both: ours.flatMap((insight, mine) => {
      const theirs = partner.get(mine);
      return theirs === undefined ? [] : [differences(insight, recorded[theirs])];
    }),
    onlyAws: recorded.filter((_, theirs) => !taken.has(theirs)),
    onlyTrailglass: ours.filter((_, mine) => !partner.has(mine)),
  };
}

/** Positions of two windows of one series, and the minutes between their starts. */
interface Candidate {
  readonly mine: number;
  readonly theirs: number;
  readonly distance: number;
}

function pairsOf(ours: readonly Insight[], recorded: readonly RecordedInsight[]): Candidate[] {
  const ofSeries = new Map<string, number[]>();
  recorded.forEach((insight, theirs) => {
    const series = seriesOf(insight);
    const all = ofSeries.get(series);
    if (all === undefined) ofSeries.set(series, [theirs]);
    else all.push(theirs);
  });
  return ours.flatMap((insight, mine) =>
    (ofSeries.get(seriesOf(insight)) ?? [])
      .filter((theirs) => meets(insight, recorded[theirs]))
      .map((theirs) => ({
        mine,
        theirs,
        distance: Math.abs(insight.start - recorded[theirs].start),
      })),
  );
}

const seriesOf = ({ key, insightType }: Pick<Insight, 'key' | 'insightType'>): string =>
  JSON.stringify([
    insightType,
    key.recipientAccountId,
    key.awsRegion,
    key.eventSource,
    key.eventName,
    key.errorCode ?? null,
  ]);

const meets = (insight: Insight, recorded: RecordedInsight): boolean =>
  recorded.sourceEventCategory !== 'Data' &&
  recorded.start < insight.end + START_DURATION &&
  insight.start < recordedEnd(recorded) + START_DURATION;

function differences(ours: Insight, recorded: RecordedInsight): FoundByBoth {
  const { baseline, insight } =
    recorded.halves === 'Start' ? ours.startStatistics : ours.statistics;
  const { baselineAverage, insightAverage } = recorded.statistics;
  const noEnd = recorded.end === null || ours.ongoing;
  return {
    ours,
    recorded,
    startDifference: ours.start - recorded.start,
    endDifference: noEnd ? null : ours.end - recorded.end!,
    baselineDifference: round10(baseline.average - baselineAverage),
    insightDifference: round10(insight.average - insightAverage),
  };
}
