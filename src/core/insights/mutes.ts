import type { ActivityTable } from '../activity/activityTable';
import type { SeriesOptions } from '../activity/callSeries';
import { JudgedRows } from './judgedRows';
import { mutesRow, mutingOf } from './muting';
import type { DetectionSettings, Mute } from './settings';

/** The table that is judged: without what is muted or in a span left out, and without sorts of event switched off. */
export function judgedTable(table: ActivityTable, settings: DetectionSettings): ActivityTable {
  const rows = new JudgedRows(table, settings);
  return rows.areAll ? table : rows.of(Array.from(table.apis.sort.keys()));
}

/** Calls that a mute leaves out of a table while it is on; reads that succeeded only with `readEvents`. */
export const callsMutedBy = (
  table: ActivityTable,
  mute: Mute,
  options: SeriesOptions = { readEvents: false },
): number => {
  const muting = mutingOf(table, mute);
  return callsThatCount(
    table,
    options,
    (api, row) => muting !== null && mutesRow(muting, api, table.caller[row]),
  );
};

/** Calls of all rows that pass and count towards some series: of writes, failed ones, and with `readEvents` all. */
export function callsThatCount(
  table: ActivityTable,
  { readEvents }: SeriesOptions,
  passes: (api: number, row: number) => boolean = () => true,
): number {
  const { apis, apiStart, errorCode } = table;
  let calls = 0;
  for (let api = 0; api + 1 < apiStart.length; api++) {
    const all = readEvents || apis.readOnly[api] === 0;
    for (let row = apiStart[api]; row < apiStart[api + 1]; row++) {
      if ((all || errorCode[row] !== 0) && passes(api, row)) calls += table.calls[row];
    }
  }
  return calls;
}
