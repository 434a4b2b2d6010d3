import type { ActivityTable } from '../../core/activity/activityTable';
import { allCallSeries, type CallSeries } from '../../core/activity/callSeries';

const known = new WeakMap<ActivityTable, Map<boolean, CallSeries[]>>();

/** All series of a table, made once: a pass over every row, which on a large archive is a task of its own. */
export function seriesOf(table: ActivityTable, readEvents: boolean): CallSeries[] {
  const made = known.get(table) ?? new Map<boolean, CallSeries[]>();
  known.set(table, made);
  const series = made.get(readEvents) ?? allCallSeries(table, { readEvents });
  made.set(readEvents, series);
  return series;
}
