import type { ActivityTable } from '../core/activity/activityTable';
import { judgedTable } from '../core/insights/mutes';
import type { DetectionSettings } from '../core/insights/settings';
import type { OpenAnalysis } from '../worker/client';

/** The judged table made last of each table, and what it leaves out, as text. */
const made = new WeakMap<
  ActivityTable,
  { readonly without: string; readonly table: ActivityTable }
>();

/** The table that detection sees, without what is left out; made anew only where something else is. */
export function judgedOf(table: ActivityTable, settings: DetectionSettings): ActivityTable {
  const { mutes, excludedSpans, serviceEvents, signIns } = settings;
  const without = JSON.stringify([mutes, excludedSpans, serviceEvents, signIns]);
  const last = made.get(table);
  if (last?.without === without) return last.table;
  const judged = judgedTable(table, settings);
  made.set(table, { without, table: judged });
  return judged;
}

/** The open analysis with the table that detection sees. */
export class Judged {
  readonly analysis: OpenAnalysis | null;

  constructor(open: () => OpenAnalysis | null) {
    this.analysis = $derived.by(() => {
      const analysis = open();
      return analysis && { ...analysis, table: judgedOf(analysis.table, analysis.settings) };
    });
  }
}
