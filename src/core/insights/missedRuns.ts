import { MINUTES_PER_DAY } from '../activity/minute';
import type { Clock } from './clock';
import type { Finding } from './episode';
import { firstIndexFrom, touchesGap, type ObservedSeries } from './observedSeries';
import type { SeriesModel } from './seriesModel';
import type { Span } from './span';

/** Until a job shows otherwise, one run in 500 is taken to go missing. */
const PRIOR_RUNS = 250;

/** From this many pauses of two runs and more on, or two that recur among this share of runs, pauses are planned: nights, weekends. */
const PLANNED_PAUSES = 5;
const PLANNED_SHARE = 0.05;
/** A job that runs about daily needs this many days to show whether it has weekends. */
const SLOW_PERIOD = MINUTES_PER_DAY / 2;
const LEAST_DAYS_IF_SLOW = 21;
/** A single call off the clock's time may be a run that came late: not before so many were due. */
const LEAST_BEFORE_OTHERS = 2;
/** Tail index of the lengths of such pauses. */
const PAUSE_INDEX = 0.5;

/** Missed runs of a clock: rare by how often single runs go missing in this series, and by its other pauses. */
export function findMissedRuns(model: SeriesModel, clock: Clock): Finding[] {
  const { series, level } = model;
  const { runs, period } = clock;
  if (period >= SLOW_PERIOD && model.shape.days < LEAST_DAYS_IF_SLOW) return [];
  const pauses = pausesOf(series, clock);
  const severityOfMissed = missedSeverity(pauses, clock, series);
  return pauses.map(({ missed, from, to }) => ({
    rule: 'missed runs',
    direction: 'below',
    severity: severityOfMissed(missed),
    extent: { from, to },
    decided: { from, to },
    observed: 0,
    expected: level.between(from, to),
    dispersion: 0,
    model,
    reference: null,
    comparedHours: runs.length,
  }));
}

/** log10 of the days between two pauses of so many missed runs. */
function missedSeverity(
  pauses: readonly MissedPause[],
  { runs, period }: Clock,
  { length, coveredMinutes }: ObservedSeries,
): (runsMissed: number) => number {
  const longPauses = pauses.filter(({ missed }) => missed > 1);
  const long = longPauses.map(({ missed }) => missed).sort((a, b) => a - b);
  const chance = (pauses.length - 1 + 0.5) / (runs.length + PRIOR_RUNS);
  const planned =
    long.length >= PLANNED_PAUSES ||
    (long.length >= PLANNED_SHARE * runs.length && recurs(longPauses, length));
  const perRun = -Math.log10(chance);
  return (runsMissed) => {
    const byChance = runsMissed * perRun - Math.log10(MINUTES_PER_DAY / period);
    if (!planned) return byChance;
    const asLong = long.filter((other) => other >= runsMissed).length;
    const longest = asLong > 1 ? runsMissed : long[long.length - 2];
    const byPauses =
      Math.log10(coveredMinutes / MINUTES_PER_DAY / asLong) +
      Math.log(runsMissed / longest) / (PAUSE_INDEX * Math.LN10);
    return Math.min(byChance, byPauses);
  };
}

/** Whether pauses come all through the logs: at least two, and never much longer without one than between the first two. */
function recurs(pauses: readonly MissedPause[], length: number): boolean {
  if (pauses.length < 2) return false;
  const starts = [0, ...pauses.map(({ from }) => from), length];
  const longest = 1.5 * (starts[2] - starts[1]);
  return starts.every((start, i) => i === 0 || start - starts[i - 1] <= longest);
}

/** Runs that did not come, and the silence from the first of them to the next call. */
interface MissedPause extends Span {
  readonly missed: number;
}

/** Where runs were due after a run and no call came. None are claimed where logs are missing, or files may be. */
function pausesOf(series: ObservedSeries, clock: Clock): MissedPause[] {
  const { runs, period, tolerance } = clock;
  const pauses: MissedPause[] = [];
  for (let i = 0; i < runs.length; i++) {
    const run = runs[i];
    const next = firstIndexFrom(series, Math.ceil(run + period - tolerance));
    const to = next < series.minute.length ? series.minute[next] : series.length;
    const missed =
      to === runs[i + 1]
        ? Math.round((to - run) / period) - 1
        : Math.floor((Math.min(to, series.completeBefore) - tolerance - run) / period);
    const told = to === runs[i + 1] || to >= series.completeBefore ? 1 : LEAST_BEFORE_OTHERS;
    if (missed < told || touchesGap(series, run, Math.min(to, series.completeBefore))) continue;
    pauses.push({ missed, from: run + period, to });
  }
  return pauses;
}
