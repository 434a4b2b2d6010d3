import type { ActivityTable, Presence } from './activity/activityTable';
import type { Coverage } from './activity/coverage';
import type { FileHours } from './activity/fileHours';
import type { Insight } from './insights/insight';
import type { DetectionSettings } from './insights/settings';
import type { Ledger } from './ledger';

/** Everything the page shows about one set of logs. Plain data and typed arrays: goes through postMessage and IndexedDB. */
export interface Analysis {
  readonly table: ActivityTable;
  readonly presence: readonly Presence[];
  readonly coverage: readonly Coverage[];
  readonly ledger: Ledger;
  readonly settings: DetectionSettings;
  /** Sorted by severity, highest first. */
  readonly insights: readonly Insight[];
  /**
   * AWS's own Insights records found in the logs, JSON texts, sorted; `parseRecordedInsights` reads them. Absent in analyses
   * stored before they were kept.
   */
  readonly recorded?: readonly string[];
  /** Log files by account, Region and hour. Absent in analyses stored before they were counted, and in shared ones. */
  readonly fileHours?: readonly FileHours[];
}
