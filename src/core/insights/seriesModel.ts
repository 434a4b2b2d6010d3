import { dispersionOf } from './dispersion';
import { hourRecordsOf } from './hourRecords';
import { localLevelOf, type LocalLevel } from './localLevel';
import type { ObservedSeries } from './observedSeries';
import { RecordTail, tailShapeOf, type TailShape } from './returnPeriod';

/** Window lengths in minutes; one is used where the archive holds at least eighteen of it. */
const WINDOW_MINUTES = [1, 5, 20, 60, 240];
const LEAST_WINDOWS = 18;

/** What a series usually does: its level, and for each window length the records of its hours. */
export interface SeriesModel {
  readonly series: ObservedSeries;
  readonly level: LocalLevel;
  readonly shape: TailShape;
  readonly windows: readonly ModelWindow[];
}

export interface ModelWindow {
  readonly minutes: number;
  readonly dispersion: number;
  readonly tail: RecordTail;
}

export function modelOf(series: ObservedSeries): SeriesModel {
  const level = localLevelOf(series);
  const shape = tailShapeOf(series);
  const lengths = WINDOW_MINUTES.filter((minutes) => minutes * LEAST_WINDOWS <= series.length);
  const windows = lengths.map((minutes) => {
    const dispersion = dispersionOf(series, level, minutes);
    const records = hourRecordsOf(series, level, minutes, dispersion);
    return { minutes, dispersion, tail: new RecordTail(records, shape) };
  });
  return { series, level, shape, windows };
}
