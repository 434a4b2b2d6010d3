import type { ListedInsight } from '../../core/insights/listedInsights';
import type { DetectionSettings } from '../../core/insights/settings';

/** The settings, and what was found under them. */
export interface SettingsBefore {
  readonly settings: DetectionSettings;
  readonly insights: readonly ListedInsight[];
}

/** Turning the severity on and on is one change. */
export const isOfSeverityAlone = (before: DetectionSettings, after: DetectionSettings): boolean =>
  JSON.stringify({ ...before, severity: 0 }) === JSON.stringify({ ...after, severity: 0 });
