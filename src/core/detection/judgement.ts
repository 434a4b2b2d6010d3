import type { CallSeries, SeriesKey } from '../activity/callSeries';
import type { Coverage } from '../activity/coverage';
import type { TellingSettings } from '../insights/episode';
import { candidatesOf } from '../insights/findInsightWindows';
import type { CandidateSettings } from '../insights/judgeSeries';
import type { Insight, InsightWindow } from '../insights/insight';
import { insightWindowOf, isTold, type Candidate } from '../insights/insightWindowOf';
import { largestBurstOf } from '../insights/largestBursts';
import { judgeAllMinutes, tellingHoursOf } from '../insights/judgeLeavingOut';
import type { LeftOutTime, Traces } from '../insights/leftOutTime';
import { observe } from '../insights/observe';
import { describedMinutes } from '../insights/toInsight';

/** A series to judge, wherever that is done: plain data. */
export interface SeriesToJudge {
  readonly series: CallSeries;
  readonly coverage: Coverage;
}

/** All that judging says of a series, before settings hide some of it. Plain data, too. */
export interface Judgement extends Traces {
  readonly candidates: readonly Candidate[];
  /** Under three hours of logs: the burst that competes for the list. */
  readonly burst: InsightWindow | null;
}

export function judgementOf(
  { series, coverage }: SeriesToJudge,
  settings: CandidateSettings,
): Judgement {
  const observed = observe(series, coverage);
  const isCalled = observed.minute.length > 0;
  const judgement = isCalled ? judgeAllMinutes(observed, coverage, settings) : null;
  return {
    candidates: candidatesOf(judgement, coverage),
    tellingHours: tellingHoursOf(judgement, coverage),
    burst: largestBurstOf(observed, coverage),
  };
}

/** An insight of a judged series, and the settings its words are for. */
export interface ToldInsight {
  readonly at: string;
  readonly insight: Insight;
}

/** A judged series with the insights that were made of it so far: by candidate; that of the burst comes last. */
export interface JudgedSeries extends Judgement {
  readonly key: SeriesKey;
  readonly told: (ToldInsight | undefined)[];
}

export const toJudgedSeries = ({ series }: SeriesToJudge, judgement: Judgement): JudgedSeries => ({
  ...judgement,
  key: series.key,
  told: [],
});

/** A judged series without what lies in the time that is left out. */
export function outsideOf(time: LeftOutTime, series: JudgedSeries): JudgedSeries {
  const outside = Array.from(series.candidates.keys()).filter(
    (i) => !time.meets(series.candidates[i]),
  );
  return {
    ...series,
    candidates: outside.map((i) => series.candidates[i]),
    told: outside.map((i) => series.told[i]),
  };
}

/** The same where what is told of the insights is told without the calls of that time. */
export function toldOutsideOf(time: LeftOutTime, series: JudgedSeries): JudgedSeries {
  const outside = outsideOf(time, series);
  const isSame = (i: number): boolean => !time.meets(describedMinutes(outside.candidates[i]));
  return { ...outside, told: outside.told.map((one, i) => (isSame(i) ? one : undefined)) };
}

/** Which candidates the settings show, and whether the burst is shown: as `told` counts them. */
export const shownOf = (
  { candidates, burst }: JudgedSeries,
  settings: TellingSettings,
  isAmongLargest: boolean,
): number[] => [
  ...Array.from(candidates.keys()).filter((i) => isTold(candidates[i], settings)),
  ...(burst !== null && isAmongLargest ? [candidates.length] : []),
];

/** The window of a candidate, or of the burst, as the settings put it. */
export const windowOf = (
  { candidates, burst }: Judgement,
  index: number,
  settings: TellingSettings,
): InsightWindow =>
  index < candidates.length ? insightWindowOf(candidates[index], settings) : burst!;
