import { ComparedHours } from '../../../src/core/insights/comparedHours';
import { inRank, rank } from '../../../src/core/insights/rankedRecords';
import { RecordTail } from '../../../src/core/insights/recordTail';
import { severityOf } from '../../../src/core/insights/returnPeriod';

/**
 * The detector's return period as a causal stream, for NAB: each row is judged by what came before it alone. Rows take the
 * place of minutes and values of any sign the place of counts, so the deviation is the distance from a running median
 * in running median absolute deviations; records of blocks and their tail are the detector's own.
 */
const BLOCK_ROWS = 12;
const DAYS_BEFORE = 7;
/** Rows the level is taken from, a week of five minutes each, and how many newest rows are averaged. */
const LEVEL_ROWS = 2016;
const WINDOW_ROWS = [1, 12];
/** After an alarm its like are no news for this long; alike is what is as rare to half a power of ten. */
const QUIET_ROWS = 144;
const STEPS_PER_POWER = 2;
const SHAPE = { occupancy: 1, exponential: 0.5, index: 0.2, apart: 1 };

/** Values at even steps. */
export interface Rows {
  readonly values: Float64Array;
  readonly rowsPerDay: number;
}

/** log10 of the days between two such rows, one per row. */
export function causalSeverities({ values, rowsPerDay }: Rows): Float64Array {
  const severities = new Float64Array(values.length);
  for (const looked of [values, againstDaysBefore(values, rowsPerDay)]) {
    for (const width of WINDOW_ROWS) {
      returnPeriods(deviationsFrom(looked, width), rowsPerDay).forEach((severity, row) => {
        severities[row] = Math.max(severities[row], severity);
      });
    }
  }
  return onlyNews(severities);
}

/** Each row less the median of the same time of the days before: the second opinion of the detector. */
function againstDaysBefore(values: Float64Array, rowsPerDay: number): Float64Array {
  return values.map((value, row) => {
    const before: number[] = [];
    for (let day = 1; day <= DAYS_BEFORE && row - day * rowsPerDay >= 0; day++)
      before.push(values[row - day * rowsPerDay]);
    return before.length === 0 ? 0 : value - before.sort((a, b) => a - b)[before.length >> 1];
  });
}

/** How far the mean of the newest `width` rows lies from the rows before, in their spread. */
function deviationsFrom(values: Float64Array, width: number): Float64Array {
  const deviations = new Float64Array(values.length);
  let usual = { level: 0, unit: Infinity };
  let sum = 0;
  for (let row = 0; row < values.length; row++) {
    sum += values[row] - (row >= width ? values[row - width] : 0);
    const from = row - width + 1;
    if (from >= BLOCK_ROWS && row % BLOCK_ROWS === 0) {
      usual = usualOf(values.slice(Math.max(0, from - LEVEL_ROWS), from));
    }
    deviations[row] = from < BLOCK_ROWS ? 0 : Math.abs(sum / width - usual.level) / usual.unit;
  }
  return deviations;
}

/** Median and median absolute deviation, the latter never quite 0. */
function usualOf(values: Float64Array): { level: number; unit: number } {
  const middle = values.length >> 1;
  values.sort();
  const level = values[middle];
  const range = values[values.length - 1] - values[0];
  const spread = values.map((value) => Math.abs(value - level)).sort()[middle];
  return { level, unit: Math.max(spread, 0.02 * range, 1e-3 * Math.abs(level), 1e-9) };
}

/** Severity of each row against the records of the blocks that ended before it. */
function returnPeriods(deviations: Float64Array, rowsPerDay: number): Float64Array {
  const severities = new Float64Array(deviations.length);
  const records: number[] = [];
  for (let start = 0; start < deviations.length; start += BLOCK_ROWS) {
    const end = Math.min(deviations.length, start + BLOCK_ROWS);
    const tail = tailOfBlocks(records, start / rowsPerDay);
    const reference = tail.referenceFor(records.length + BLOCK_ROWS);
    for (let row = start; row < end; row++) {
      if (records.length > BLOCK_ROWS) severities[row] = severityOf(reference, deviations[row]);
    }
    records.push(deviations.subarray(start, end).reduce((most, one) => Math.max(most, one), 0));
  }
  return severities;
}

function tailOfBlocks(records: readonly number[], days: number): RecordTail {
  const deviations = Float64Array.from(records);
  const ranked = rank(deviations);
  const hours = new ComparedHours(Int32Array.from(records.keys()));
  const compared = { hour: ranked, deviation: inRank(deviations, ranked) };
  return new RecordTail(compared, { ...SHAPE, days }, 1, hours);
}

/** A row that is hardly severer than one shortly before says nothing new. */
function onlyNews(severities: Float64Array): Float64Array {
  const steps = severities.map((severity) => Math.floor(STEPS_PER_POWER * severity));
  return severities.map((severity, row) => {
    const before = steps.subarray(Math.max(0, row - QUIET_ROWS), row);
    return before.some((step) => step >= steps[row]) ? 0 : severity;
  });
}
