import type { ActivityTable } from '../core/activity/activityTable';
import type { DetectionSettings } from '../core/insights/settings';
import { atOnce } from '../core/steps';
import type { OpenAnalysis } from '../worker/client';
import { judgedTableInSteps } from './judgedTable';
import { inSteps } from './parts/turns';

/** The judged table made last of each table, and what it leaves out, as text. */
const made = new WeakMap<
  ActivityTable,
  { readonly without: string; readonly table: ActivityTable }
>();

/** The table that detection sees, without what is left out; made anew only where something else is. */
export function judgedOf(table: ActivityTable, settings: DetectionSettings): ActivityTable {
  const last = made.get(table);
  const without = leftOutBy(settings);
  return last?.without === without
    ? last.table
    : keep(table, without, atOnce(judgedTableInSteps(table, settings)));
}

/** Makes it over as many tasks as it takes. */
export async function prepareJudged(
  table: ActivityTable,
  settings: DetectionSettings,
): Promise<ActivityTable> {
  const last = made.get(table);
  const without = leftOutBy(settings);
  if (last?.without === without) return last.table;
  return keep(table, without, await inSteps(judgedTableInSteps(table, settings)));
}

const leftOutBy = ({ mutes, excludedSpans, serviceEvents, signIns }: DetectionSettings): string =>
  JSON.stringify([mutes, excludedSpans, serviceEvents, signIns]);

function keep(table: ActivityTable, without: string, judged: ActivityTable): ActivityTable {
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
