import { MINUTES_PER_HOUR } from '../activity/minute';
import { emptyColumns, keepRecord, type HourRecords } from './hourRecords';
import { callsBetween, touchesGap } from './observedSeries';
import type { SeriesModel } from './seriesModel';
import type { Span } from './span';

export const SHORTEST_SILENCE = 3;
export const LEAST_CALLS_DUE = 0.3;
/** Stretches this long are taken to vary on their own. */
export const INDEPENDENT_MINUTES = 5;

/** The most surprising silence that begins in each hour. */
export function silenceRecords(model: SeriesModel): HourRecords {
  const { series, level } = model;
  const { minute, hourFirst } = series;
  const dispersion = silenceDispersion(model);
  const columns = emptyColumns(series);
  for (let i = 0, active = -1; i < minute.length;) {
    const hour = Math.floor(minute[i] / MINUTES_PER_HOUR);
    columns.hour[++active] = hour;
    for (; i < hourFirst[hour + 1]; i++) {
      const from = minute[i] + 1;
      const isLast = i + 1 === minute.length;
      const to = isLast ? series.completeBefore : minute[i + 1];
      if (to - from < SHORTEST_SILENCE) continue;
      const due = level.between(from, to);
      if (due <= LEAST_CALLS_DUE || touchesGap(series, from - 1, isLast ? to : to + 1)) continue;
      const deviation = silenceDeviation(due, to - from, dispersion);
      if (deviation > columns.deviation[active])
        keepRecord(columns, active, deviation, { from, to });
    }
  }
  return { dispersion, ...columns };
}

/** How much the calls of short stretches scatter. */
export const silenceDispersion = ({ windows }: SeriesModel): number =>
  windows.find(({ minutes }) => minutes === INDEPENDENT_MINUTES)?.dispersion ?? 0;

/** Deviance of no calls where `due` were. */
export function silenceDeviation(due: number, minutes: number, dispersion: number): number {
  if (dispersion === 0) return Math.sqrt(2 * due);
  const shape = Math.max(1, minutes / INDEPENDENT_MINUTES) / dispersion;
  return Math.sqrt(2 * shape * Math.log(1 + due / shape));
}

/** Told to the minute; one that reaches the minutes whose files may be missing goes on until calls come. */
export function extentOfSilence({ series }: SeriesModel, decided: Span): Span {
  const goesOn =
    decided.to === series.completeBefore && callsBetween(series, decided.to, series.length) === 0;
  return goesOn ? { from: decided.from, to: series.length } : decided;
}
