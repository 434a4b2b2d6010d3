import type { CallSeries, SeriesKey } from '../activity/callSeries';
import type { Coverage } from '../activity/coverage';
import type { TellingSettings } from '../insights/episode';
import type { CandidateSettings } from '../insights/judgeSeries';
import type { Insight, InsightWindow } from '../insights/insight';
import {
  insightWindowOf,
  isTold,
  LEAST_MINUTES,
  type Candidate,
} from '../insights/insightWindowOf';
import { JudgedWithout, type Kept } from '../insights/judgedWithout';
import { largestBurstOf } from '../insights/largestBursts';
import { judgeAllMinutes, keptOf } from '../insights/judgeLeavingOut';
import type { LeftOutTime } from '../insights/leftOutTime';
import { observe } from '../insights/observe';
import { describedMinutes } from '../insights/toInsight';

/** A series to judge, wherever that is done: plain data. */
export interface SeriesToJudge {
  readonly series: CallSeries;
  readonly coverage: Coverage;
}

/** All that judging says of a series, before settings hide some of it. Plain data, too. */
export interface Judgement extends Kept {
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
    ...keptOf(judgement, coverage),
    burst: largestBurstOf(observed, coverage),
  };
}

/** An insight of a judged series, and the settings its words are for. */
export interface ToldInsight {
  readonly at: string;
  readonly insight: Insight;
}

/** A judged series with the insights that were made of it so far: by candidate; that of the burst comes last. */
export interface JudgedSeries extends Pick<Judgement, 'candidates' | 'burst'> {
  readonly key: SeriesKey;
  readonly told: (ToldInsight | undefined)[];
}

/** The same with all its minutes, and what is kept to tell it without some. */
export type WholeSeries = JudgedSeries & Judgement;

export const toJudgedSeries = ({ series }: SeriesToJudge, judgement: Judgement): WholeSeries => ({
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

/** A judged series without the time that is left out; `seriesOf` gives all its minutes, where they are needed. */
export function withoutTime(
  series: WholeSeries,
  time: LeftOutTime,
  coverage: Coverage,
  floor: number,
  seriesOf: () => CallSeries,
): JudgedSeries {
  const { key } = series;
  if (!time.isIn(coverage)) return series;
  if (time.minutesLeftOf(coverage) < LEAST_MINUTES) {
    const rest = time.restOf(coverage);
    return {
      key,
      candidates: [],
      burst: largestBurstOf(observe(seriesOf(), rest), rest),
      told: [],
    };
  }
  const all = () => observe(seriesOf(), coverage);
  const candidates = new JudgedWithout(series, time, coverage, floor, all).candidates();
  return { key, candidates, burst: null, told: candidates.map((one) => toldOf(one, series, time)) };
}

/** No settings have this name: an insight that is described and has to be worded again. */
const TO_BE_WORDED = '';

/** What was told of the same minutes, if no call that it tells of lies in the time that is left out. */
function toldOf(
  candidate: Candidate,
  { candidates, told }: JudgedSeries,
  time: LeftOutTime,
): ToldInsight | undefined {
  if (told.length === 0 || time.meets(describedMinutes(candidate))) return undefined;
  const { start, end, direction } = candidate;
  const same = candidates.findIndex(
    (one) => one.start === start && one.end === end && one.direction === direction,
  );
  return told[same] && { at: TO_BE_WORDED, insight: told[same].insight };
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
  { candidates, burst }: Pick<Judgement, 'candidates' | 'burst'>,
  index: number,
  settings: TellingSettings,
): InsightWindow =>
  index < candidates.length ? insightWindowOf(candidates[index], settings) : burst!;
