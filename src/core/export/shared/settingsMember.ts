import * as v from 'valibot';
import { toMinute } from '../../activity/minute';
import type { DetectionSettings } from '../../insights/settings';
import { LAST_MINUTE } from './columns';

const text = v.pipe(v.string(), v.maxLength(8192, 'at most 8192 characters'));
const value = v.optional(text);
const minute = v.pipe(
  v.number(),
  v.integer('a whole minute'),
  v.minValue(0, 'a minute since 1970'),
  v.maxValue(LAST_MINUTE, 'a minute before the year 2350'),
  v.transform(toMinute),
);

/** What is left out before judging: also a file of its own, that a team passes round. */
export const Mutes = v.pipe(
  v.array(
    v.strictObject({
      recipientAccountId: value,
      awsRegion: value,
      eventSource: value,
      eventName: value,
      userIdentityArn: value,
      userAgent: value,
      sourceIPAddress: value,
      reason: text,
      off: v.optional(v.boolean()),
    }),
  ),
  v.maxLength(10_000, 'at most 10,000'),
);
export const ExcludedSpans = v.pipe(
  v.array(
    v.strictObject({ start: minute, end: minute, reason: text, off: v.optional(v.boolean()) }),
  ),
  v.maxLength(10_000, 'at most 10,000'),
);

/** The settings of an analysis in a shared file. What is written is what is read: both go through this schema. */
export const Settings = v.object({
  severity: v.pipe(v.number(), v.minValue(0, 'from 0 to 100'), v.maxValue(100, 'from 0 to 100')),
  minimumCalls: v.pipe(v.number(), v.minValue(0, 'from 0 on')),
  insightTypes: v.array(v.picklist(['ApiCallRateInsight', 'ApiErrorRateInsight'])),
  readEvents: v.boolean(),
  serviceEvents: v.boolean(),
  signIns: v.boolean(),
  mutes: Mutes,
  excludedSpans: ExcludedSpans,
}) satisfies v.GenericSchema<unknown, DetectionSettings>;

export const settingsMember = (settings: DetectionSettings): DetectionSettings =>
  v.parse(Settings, settings);
