import { MINUTES_PER_DAY } from '../activity/minute';
import type { Clock } from './clock';
import type { Finding } from './episode';
import { callsBetween, touchesGap, type ObservedSeries } from './observedSeries';
import type { SeriesModel } from './seriesModel';

/** Until a job shows otherwise, one run in 500 is taken to go missing. */
const PRIOR_RUNS = 250;

/** From this many pauses of two runs and more on, or two among this share of runs, pauses are planned: nights, weekends. */
const PLANNED_PAUSES = 5;
const PLANNED_SHARE = 0.05;
/** A job that runs about daily needs this many days to show whether it has weekends. */
const SLOW_PERIOD = MINUTES_PER_DAY / 2;
const LEAST_DAYS_IF_SLOW = 21;
/** Tail index of the lengths of such pauses. */
const PAUSE_INDEX = 0.5;

/** Missed runs of a clock: rare by how often single runs go missing in this series, and by its other pauses. */
export function findMissedRuns(model: SeriesModel, clock: Clock): Finding[] {
  const { series, level } = model;
  const { runs, period } = clock;
  if (period >= SLOW_PERIOD && model.shape.days < LEAST_DAYS_IF_SLOW) return [];
  const missed = missedAfterEachRun(series, clock);
  const found: Finding[] = [];
  const severityOfMissed = missedSeverity(missed, clock, model.shape.days);
  for (let i = 0; i < runs.length; i++) {
    if (missed[i] === 0) continue;
    const extent = {
      from: runs[i] + period,
      to: i + 1 < runs.length ? runs[i + 1] : series.length,
    };
    found.push({
      rule: 'missed runs',
      direction: 'below',
      severity: severityOfMissed(missed[i]),
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

/** log10 of the days between two pauses of so many missed runs. */
function missedSeverity(
  missed: Int32Array,
  { runs, period }: Clock,
  days: number,
): (runsMissed: number) => number {
  const pauses = missed.filter((runsMissed) => runsMissed > 0).sort();
  const long = pauses.filter((runsMissed) => runsMissed > 1);
  const chance = (pauses.length - 1 + 0.5) / (runs.length + PRIOR_RUNS);
  const planned =
    long.length >= PLANNED_PAUSES ||
    (long.length > 1 && long.length >= PLANNED_SHARE * runs.length);
  const perRun = -Math.log10(chance);
  return (runsMissed) => {
    const byChance = runsMissed * perRun - Math.log10(MINUTES_PER_DAY / period);
    if (!planned) return byChance;
    const asLong = long.filter((other) => other >= runsMissed).length;
    const longest = asLong > 1 ? runsMissed : long[long.length - 2];
    const byPauses =
      Math.log10(days / asLong) + Math.log(runsMissed / longest) / (PAUSE_INDEX * Math.LN10);
    return Math.min(byChance, byPauses);
  };
}

/** Runs missing after each run; none are claimed where logs are missing, or files may be. */
function missedAfterEachRun(
  series: ObservedSeries,
  { runs, period, tolerance }: Clock,
): Int32Array {
  return runs.map((run, i) => {
    const last = i + 1 === runs.length;
    const next = last ? series.completeBefore : runs[i + 1];
    const silent =
      callsBetween(series, run + period - tolerance, last ? series.length : next) === 0;
    if (!silent || touchesGap(series, run, next)) return 0;
    const due = last
      ? Math.floor((next - run - tolerance) / period)
      : Math.round((next - run) / period) - 1;
    return Math.max(0, due);
  });
}
