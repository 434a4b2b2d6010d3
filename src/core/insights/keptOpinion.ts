import type { Counted } from './insight';
import type { Judgement } from './judgeSeries';
import type { ObservedSeries } from './observedSeries';
import { inRank } from './rankedRecords';
import type { TailShape } from './recordTail';
import type { LearntModel, LearntWindow, Opinion } from './seriesModel';
import type { Span } from './span';
import { isOfDays } from './usualLevel';

/** What is kept of an opinion, so that a judged series can be told without some of its time. Plain data. */
export interface KeptOpinion {
  readonly opinion: Opinion;
  readonly counted?: Counted;
  readonly shape: TailShape;
  readonly events: readonly Span[];
  readonly eventHours: ReadonlySet<number>;
  readonly basis: KeptLevel | KeptCalls;
  /** Hours with calls, but for those of events that are known. */
  readonly hours: Int32Array;
  readonly windows: readonly KeptWindow[];
}

/** A level that follows the hours around: what happened elsewhere is no part of it. */
export interface KeptLevel {
  readonly hourLevel: Float64Array;
  readonly reach: number;
}

/** Few calls: their level remembers a day for days, so that it has to be drawn again without that time. */
export type KeptCalls = Pick<ObservedSeries, 'minute' | 'calls'>;

/** The records of one length that tell anything, the most deviating first, of equal ones the earlier. Columns. */
export interface KeptWindow {
  readonly minutes: number;
  readonly dispersion: number;
  readonly start: Int32Array;
  readonly deviation: Float64Array;
  /** From this deviation on a record tells what is unusual in other hours. */
  readonly leastTelling: number;
}

export function keptOpinions({ opinions }: Judgement): KeptOpinion[] {
  const [model] = opinions;
  return opinions.map((one) =>
    keptOpinion(one, hasFewCalls(one.opinion === 'other days' ? model : one)),
  );
}

/** So few that its level remembers a day for days; of what comes between the runs of a job there is never much. */
const hasFewCalls = ({ opinion, level }: LearntModel): boolean =>
  opinion === 'between runs' || isOfDays(level);

function keptOpinion(model: LearntModel, isOfFewCalls: boolean): KeptOpinion {
  const { opinion, series, counted, shape, events, eventHours, level, windows } = model;
  return {
    opinion,
    ...(counted && { counted }),
    shape,
    events,
    eventHours,
    basis: isOfFewCalls
      ? { minute: series.minute, calls: series.calls }
      : { hourLevel: level.hourLevel, reach: level.reach },
    hours: comparedHours(model),
    windows: windows.map(keptWindow),
  };
}

/** The same whatever the length of the windows. */
function comparedHours({ windows, eventHours }: LearntModel): Int32Array {
  if (windows.length === 0) return new Int32Array(0);
  const { hour } = windows[0].records;
  return eventHours.size === 0 ? hour : hour.filter((one) => !eventHours.has(one));
}

function keptWindow({ minutes, dispersion, records, ranked, tail }: LearntWindow): KeptWindow {
  const start = ranked.map((index) => records.start[index]);
  const deviation = inRank(records.deviation, ranked);
  return { minutes, dispersion, start, deviation, leastTelling: tail.leastTelling };
}

/** About how much room they take. */
export const bytesOf = (opinions: readonly KeptOpinion[]): number =>
  opinions.reduce((sum, { basis, hours, windows }) => {
    const ofBasis = 'minute' in basis ? 8 * basis.minute.length : 8 * basis.hourLevel.length;
    const records = windows.reduce((count, { start }) => count + start.length, 0);
    return sum + ofBasis + 4 * hours.length + 12 * records;
  }, 0);
