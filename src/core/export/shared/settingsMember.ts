import * as v from 'valibot';
import type { DetectionSettings } from '../../insights/settings';

/** The settings of an analysis in a shared file. What is written is what is read: both go through this schema. */
export const Settings = v.object({
  severity: v.pipe(v.number(), v.minValue(0, 'from 0 to 100'), v.maxValue(100, 'from 0 to 100')),
  minimumCalls: v.pipe(v.number(), v.minValue(0, 'from 0 on')),
  insightTypes: v.array(v.picklist(['ApiCallRateInsight', 'ApiErrorRateInsight'])),
}) satisfies v.GenericSchema<unknown, DetectionSettings>;

export const settingsMember = (settings: DetectionSettings): DetectionSettings =>
  v.parse(Settings, settings);
