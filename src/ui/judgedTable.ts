import type { ActivityTable } from '../core/activity/activityTable';
import { apisOf } from '../core/activity/apis';
import type { SeriesKey } from '../core/activity/callSeries';
import { JudgedRows } from '../core/insights/judgedRows';
import type { DetectionSettings } from '../core/insights/settings';

/** What a table was made of whose rows are gathered when somebody looks at them. */
interface Made {
  readonly rows: JudgedRows;
  readonly whole: ActivityTable;
  /** The table of all of its rows, once they are gathered. */
  all?: ActivityTable;
}

const made = new WeakMap<ActivityTable, Made>();

/**
 * The table that detection sees, a small step at a time. Its rows are gathered when one is first asked for: of ten
 * million that takes half a second, and the page looks at those of one series.
 */
export function* judgedTableInSteps(
  whole: ActivityTable,
  settings: DetectionSettings,
): Generator<void, ActivityTable> {
  const rows = new JudgedRows(whole, settings);
  if (rows.areAll) return whole;
  const apiStart = yield* rows.starts(apisIn(whole));
  const from: Made = { rows, whole };
  const all = () => (from.all ??= rows.of(apisIn(whole)));
  const table: ActivityTable = {
    ...whole,
    apiStart,
    get minute() {
      return all().minute;
    },
    get errorCode() {
      return all().errorCode;
    },
    get caller() {
      return all().caller;
    },
    get calls() {
      return all().calls;
    },
  };
  made.set(table, from);
  return table;
}

const apisIn = ({ apis }: ActivityTable): number[] => Array.from(apis.sort.keys());

/** Gathers all of its rows, where they are still to be; a small step at a time. */
export function* gatherAll(table: ActivityTable): Generator<void, void> {
  const from = made.get(table);
  if (from && !from.all) from.all = yield* from.rows.gather(apisIn(from.whole));
}

/** The same table with the rows of one series alone, where they are still to be gathered. */
export function partOf(table: ActivityTable, key: SeriesKey): ActivityTable {
  return made.get(table)?.rows.of(apisOf(table, key)) ?? table;
}

/** The same with the rows of some APIs, which ascend; a small step at a time. */
export function* partInSteps(
  table: ActivityTable,
  apis: readonly number[],
): Generator<void, ActivityTable> {
  const judged = made.get(table);
  return judged ? yield* judged.rows.gather(apis) : table;
}

/** The table of all rows, whatever is left out of detection. */
export const wholeOf = (table: ActivityTable): ActivityTable => made.get(table)?.whole ?? table;
