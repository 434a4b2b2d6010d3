import type { ActivityTable } from '../../core/activity/activityTable';
import {
  allCallSeries,
  callSeriesIn,
  errorSeriesIn,
  namedApis,
  type CallSeries,
} from '../../core/activity/callSeries';
import { inSlices } from '../parts/turns';
import { seriesRowOf } from './rows';

const known = new WeakMap<ActivityTable, Map<boolean, CallSeries[]>>();

/** All series of a table, made once: a pass over every row, which on a large archive takes a while. */
export function seriesOf(table: ActivityTable, readEvents: boolean): CallSeries[] {
  const made = known.get(table)?.get(readEvents) ?? allCallSeries(table, { readEvents });
  keep(table, readEvents, made);
  return made;
}

/** Makes them, and what the overview needs to know of each, over as many tasks as it takes. */
export async function prepareSeries(
  table: ActivityTable,
  readEvents: boolean,
): Promise<readonly CallSeries[]> {
  const before = known.get(table)?.get(readEvents);
  if (before) return before;
  const made: CallSeries[] = [];
  await inSlices(namedApis(table), (named) => {
    const calls = callSeriesIn(table, named, { readEvents });
    for (const series of [...calls, ...errorSeriesIn(table, named)]) {
      seriesRowOf(series);
      made.push(series);
    }
  });
  keep(table, readEvents, made);
  return made;
}

function keep(table: ActivityTable, readEvents: boolean, made: CallSeries[]): void {
  const ofTable = known.get(table) ?? new Map<boolean, CallSeries[]>();
  known.set(table, ofTable.set(readEvents, made));
}
