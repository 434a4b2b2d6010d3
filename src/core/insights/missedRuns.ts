import { MINUTES_PER_DAY } from '../activity/minute';
import type { Finding } from './episode';
import { quantile } from './orderStatistics';
import { callsBetween, touchesGap, type ObservedSeries } from './observedSeries';
import type { SeriesModel } from './seriesModel';

const LEAST_RUNS = 8;
const LEAST_PERIOD = 4;
/** A job with hardly a minute's pause has no runs to miss. */
const MOST_OCCUPANCY = 0.8;
const REGULAR_SHARE = 0.85;
/** Until a job shows otherwise, one run in 500 is taken to go missing. */
const PRIOR_RUNS = 250;

/** A job that runs by the clock. */
export interface Clock {
  /** First minute of each run. */
  readonly runs: Int32Array;
  /** Usual minutes between two runs. */
  readonly period: number;
  /** How far from its time a run may start and still be that run. */
  readonly tolerance: number;
}

/** The clock behind a series; null where calls do not come by the clock. */
export function clockOf({ series, shape }: SeriesModel): Clock | null {
  if (shape.occupancy > MOST_OCCUPANCY) return null;
  const runs = runsOf(series.minute);
  if (runs.length < LEAST_RUNS) return null;
  const distances = distancesOf(runs);
  const period = quantile(distances.slice(), 0.5);
  const tolerance = Math.max(2, 0.25 * period);
  if (period < LEAST_PERIOD) return null;
  const regular = distances.filter((distance) => Math.abs(distance - period) <= tolerance).length;
  return regular >= REGULAR_SHARE * distances.length ? { runs, period, tolerance } : null;
}

/** Minutes with calls after a pause that is long for this series: the starts of its runs. */
function runsOf(minute: Int32Array): Int32Array {
  const pauses = distancesOf(minute).filter((distance) => distance > 1);
  const shortest = 0.5 * quantile(pauses, 0.9);
  return minute.filter((at, i) => i === 0 || at - minute[i - 1] > shortest);
}

const distancesOf = (minutes: Int32Array): Float64Array =>
  Float64Array.from(
    { length: Math.max(0, minutes.length - 1) },
    (_, i) => minutes[i + 1] - minutes[i],
  );

/** Missed runs of a clock: rare by how often single runs go missing in this series. */
export function findMissedRuns(model: SeriesModel, clock: Clock): Finding[] {
  const { series, level } = model;
  const { runs, period } = clock;
  const missed = missedAfterEachRun(series, clock);
  const episodes = missed.reduce((count, runsMissed) => count + (runsMissed > 0 ? 1 : 0), 0);
  const found: Finding[] = [];
  for (let i = 0; i < runs.length; i++) {
    if (missed[i] === 0) continue;
    const chance = (episodes - 1 + 0.5) / (runs.length + PRIOR_RUNS);
    const severity = -missed[i] * Math.log10(chance) - Math.log10(MINUTES_PER_DAY / period);
    const extent = {
      from: runs[i] + period,
      to: i + 1 < runs.length ? runs[i + 1] : series.length,
    };
    found.push({
      rule: 'missed runs',
      direction: 'below',
      severity,
      extent,
      decided: extent,
      observed: 0,
      expected: level.between(extent.from, extent.to),
      dispersion: 0,
      model,
      reference: null,
      comparedHours: runs.length,
    });
  }
  return found;
}

/** Runs missing after each run; none are claimed where logs are missing. */
function missedAfterEachRun(
  series: ObservedSeries,
  { runs, period, tolerance }: Clock,
): Int32Array {
  return runs.map((run, i) => {
    const last = i + 1 === runs.length;
    const next = last ? series.length : runs[i + 1];
    const silent = callsBetween(series, run + period - tolerance, next) === 0;
    if (!silent || touchesGap(series, run, next)) return 0;
    const due = last
      ? Math.floor((next - run - tolerance) / period)
      : Math.round((next - run) / period) - 1;
    return Math.max(0, due);
  });
}
