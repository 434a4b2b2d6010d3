import type { ActivityTable } from '../activity/activityTable';
import { keyOfApi, type SeriesKey } from '../activity/callSeries';
import type { DetectionMemory } from './detectionMemory';
import type { Unit } from './unit';

/** What is handed over in one go: some hundredths of a second's work, so that all detectors end at about the same time. */
const BATCH_ROWS = 100_000;
export const BATCH_UNITS = 100;

export const rowsOf = ({ apiStart }: ActivityTable, { apis }: Unit): number =>
  apis.reduce((sum, api) => sum + apiStart[api + 1] - apiStart[api], 0);

/** The units from `first` on that make one batch. */
export function batchFrom(
  { units: all, table }: DetectionMemory,
  units: readonly number[],
  first: number,
  mostUnits = BATCH_UNITS,
): readonly number[] {
  let next = first;
  for (let rows = 0; rows < BATCH_ROWS && next < units.length && next < first + mostUnits; next++)
    rows += rowsOf(table, all[units[next]]);
  return units.slice(first, next);
}

/** Units of the series wanted first, then those that showed insights, then the others. */
export function inOrder(
  memory: DetectionMemory,
  units: readonly number[],
  first: readonly SeriesKey[],
): number[] {
  const { table, units: all } = memory;
  const names = new Set(first.map(nameOf));
  const rank = (unit: number): number => {
    if (names.size > 0 && names.has(nameOf(keyOfApi(table, all[unit].named.from)))) return 0;
    return memory.lastOf(unit)?.some(({ told }) => told.length > 0) ? 1 : 2;
  };
  const ranks = new Map(units.map((unit) => [unit, rank(unit)]));
  return units.toSorted((a, b) => ranks.get(a)! - ranks.get(b)!);
}

const nameOf = ({ recipientAccountId, awsRegion, eventSource, eventName }: SeriesKey): string =>
  JSON.stringify([recipientAccountId, awsRegion, eventSource, eventName]);
