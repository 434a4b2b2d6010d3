import type { ActivityTable } from '../activity/activityTable';
import type { SeriesOptions } from '../activity/callSeries';
import { JudgedRows } from './judgedRows';
import { DEFAULT_SETTINGS, type DetectionSettings, type Mute } from './settings';

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
): number =>
  new JudgedRows(table, { ...DEFAULT_SETTINGS, mutes: [{ ...mute, off: false }] }).callsLeftOut(
    options,
  );
