import type { ActivityTable } from '../core/activity/activityTable';
import { apisOf } from '../core/activity/apis';
import type { SeriesKey } from '../core/activity/callSeries';
import { JudgedRows } from '../core/insights/judgedRows';
import type { DetectionSettings } from '../core/insights/settings';

/** What the tables were made of whose rows are gathered when somebody looks at them. */
const made = new WeakMap<
  ActivityTable,
  { readonly rows: JudgedRows; readonly whole: ActivityTable }
>();

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
  const apis = Array.from(whole.apis.sort.keys());
  const apiStart = yield* rows.starts(apis);
  let gathered: ActivityTable | undefined;
  const all = () => (gathered ??= rows.of(apis));
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
  made.set(table, { rows, whole });
  return table;
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
