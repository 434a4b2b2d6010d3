import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { causalSeverities, type Rows } from './causal';

/**
 * The Numenta Anomaly Benchmark's own scoring rules, standard profile (Lavin and Ahmad 2015; numenta/NAB, scripts
 * `sweeper.py` and `scorer.py`): one true positive per labelled window, worth more the earlier; false positives worth less
 * the nearer they follow a window; one threshold for the whole corpus; 0 for silence, 100 for a perfect detector.
 */
const TRUE_POSITIVE = 1;
const FALSE_POSITIVE = 0.11;
const FALSE_NEGATIVE = 1;
const PROBATION_SHARE = 0.15;
const MOST_PROBATION_ROWS = 750;

export interface NabSeries extends Rows {
  readonly name: string;
  /** Row spans, both ends included. */
  readonly windows: readonly (readonly [number, number])[];
}

/** Every series of a NAB folder: `data/` and `windows.json`. */
export function readNab(folder: string): NabSeries[] {
  const windows = JSON.parse(readFileSync(join(folder, 'windows.json'), 'utf8')) as Record<
    string,
    [string, string][]
  >;
  return Object.entries(windows).map(([name, spans]) => {
    const rows = readFileSync(join(folder, 'data', name), 'utf8')
      .trim()
      .split(/\r?\n/)
      .slice(1);
    const times = rows.map((row) => row.split(',')[0]);
    return {
      name,
      values: Float64Array.from(rows, (row) => Number(row.split(',')[1])),
      rowsPerDay: rowsPerDayOf(times),
      windows: spans.map(([from, to]) => [rowOf(times, from), rowOf(times, to)] as const),
    };
  });
}

/** By the usual step between rows. */
function rowsPerDayOf(times: readonly string[]): number {
  const minutes = times.map((time) => Date.parse(`${time.replace(' ', 'T')}Z`) / 60_000);
  const steps = minutes.slice(1).map((minute, row) => minute - minutes[row]);
  const usual = steps.sort((a, b) => a - b)[steps.length >> 1];
  return Math.max(1, Math.round(1440 / Math.max(1, usual)));
}

/** Windows are written with fractions of a second, rows without. */
const rowOf = (times: readonly string[], time: string): number => times.indexOf(time.slice(0, 19));

const probationOf = (rows: number): number =>
  Math.min(Math.floor(PROBATION_SHARE * rows), MOST_PROBATION_ROWS);

const scaledSigmoid = (position: number): number =>
  position > 3 ? -1 : 2 / (1 + Math.exp(5 * position)) - 1;

interface Worth {
  readonly severity: number;
  /** Index of the window the row lies in, counted over the corpus; −1 outside. */
  readonly window: number;
  readonly worth: number;
}

/** What an alarm at each row after probation would be worth. */
function worthOfRows(
  { values, windows }: NabSeries,
  severities: Float64Array,
  firstWindow: number,
): Worth[] {
  const worth: Worth[] = [];
  for (let row = probationOf(values.length); row < values.length; row++) {
    const inside = windows.findIndex(([from, to]) => row >= from && row <= to);
    worth.push({
      severity: severities[row],
      window: inside < 0 ? -1 : firstWindow + inside,
      worth: inside < 0 ? worthOutside(windows, row) : worthInside(windows[inside], row),
    });
  }
  return worth;
}

/** Early in the window nearly 1, at its last row nearly 0. */
function worthInside([from, to]: readonly [number, number], row: number): number {
  const position = -(to - row + 1) / (to - from + 1);
  return (scaledSigmoid(position) / scaledSigmoid(-1)) * TRUE_POSITIVE;
}

/** −1 far from any window before, less just after one. */
function worthOutside(windows: NabSeries['windows'], row: number): number {
  const before = windows.filter(([, to]) => to < row);
  if (before.length === 0) return -FALSE_POSITIVE;
  const [from, to] = before[before.length - 1];
  const position = Math.abs(to - row) / (to - from);
  return scaledSigmoid(position) * FALSE_POSITIVE;
}

/** The corpus' score at its best threshold, 0 to 100. */
export function nabScore(
  corpus: readonly NabSeries[],
  severitiesOf: (series: NabSeries) => Float64Array = causalSeverities,
): number {
  let windows = 0;
  const rows: Worth[] = [];
  for (const series of corpus) {
    for (const worth of worthOfRows(series, severitiesOf(series), windows)) rows.push(worth);
    windows += series.windows.length;
  }
  rows.sort((a, b) => b.severity - a.severity);
  const best = bestSum(rows, windows);
  const silent = -FALSE_NEGATIVE * windows;
  return (100 * (best - silent)) / (TRUE_POSITIVE * windows - silent);
}

/** The largest sum over all thresholds; each window counts once, with its earliest alarm. */
function bestSum(rows: readonly Worth[], windows: number): number {
  const found = new Float64Array(windows).fill(-FALSE_NEGATIVE);
  let sum = -FALSE_NEGATIVE * windows;
  let best = sum;
  for (let i = 0; i < rows.length; i++) {
    const { severity, window, worth } = rows[i];
    const gain = window < 0 ? worth : Math.max(0, worth - found[window]);
    if (window >= 0) found[window] = Math.max(found[window], worth);
    sum += gain;
    const last = i + 1 === rows.length || rows[i + 1].severity < severity;
    if (last) best = Math.max(best, sum);
  }
  return best;
}
