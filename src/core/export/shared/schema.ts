import * as v from 'valibot';
import { toMinute } from '../../activity/minute';
import { VALUE_CLASSES } from '../redact/values';
import { LAST_MINUTE } from './columns';
import { Settings } from './settingsMember';

/** Version of the member that is Trailglass's own; raised with every change of its shape, see FORMAT.md. */
export const SCHEMA_VERSION = 1;

/** A user agent of 1,024 bytes and a whole identity path fit; more is no value of a log. */
const text = v.pipe(v.string(), v.maxLength(8192, 'at most 8192 characters'));
const uuid = v.pipe(
  v.string(),
  v.regex(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'a UUID in lower case'),
);
const count = v.pipe(
  v.number(),
  v.integer('a whole number'),
  v.minValue(0, 'a count of 0 or more'),
  v.maxValue(Number.MAX_SAFE_INTEGER, 'a count within exact numbers'),
);
const rate = v.pipe(v.number(), v.minValue(0, 'a rate of 0 or more'));
const minute = v.pipe(
  v.number(),
  v.integer('a whole minute'),
  v.minValue(0, 'a minute since 1970'),
  v.maxValue(LAST_MINUTE, 'a minute before the year 2350'),
  v.transform(toMinute),
);
/** A list whose entries are checked as columns: see `toColumn`. */
const column = v.custom<readonly unknown[]>(Array.isArray, 'a list');

const Statistics = v.strictObject({
  baseline: v.strictObject({ average: rate }),
  insight: v.strictObject({ average: rate }),
  insightDuration: count,
  baselineDuration: count,
});
const ranking = v.pipe(
  v.array(v.strictObject({ value: text, average: rate })),
  v.maxLength(5, 'at most five values'),
);
const Attributions = v.array(
  v.strictObject({
    attribute: v.picklist(['userIdentityArn', 'userAgent', 'errorCode']),
    insight: ranking,
    baseline: ranking,
  }),
);

/** The records that Trailglass itself wrote; what AWS wrote is read by `parseRecordedInsights`, more leniently. */
export const OwnRecord = v.object({
  eventTime: v.pipe(
    v.string(),
    v.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:00Z$/, 'a minute such as 2019-11-01T20:37:00Z'),
  ),
  awsRegion: text,
  recipientAccountId: text,
  sharedEventID: uuid,
  insightDetails: v.object({
    state: v.picklist(['Start', 'End']),
    eventSource: text,
    eventName: text,
    insightType: v.picklist(['ApiCallRateInsight', 'ApiErrorRateInsight']),
    errorCode: v.optional(text),
    insightContext: v.object({ statistics: Statistics, attributions: Attributions }),
  }),
});

const Explanation = v.strictObject({
  rule: v.picklist([
    'record',
    'first seen',
    'missed runs',
    'silence',
    'dip',
    'lasting change',
    'largest burst',
  ]),
  from: minute,
  to: minute,
  counted: v.optional(v.picklist(['minutes', 'calls between runs'])),
  observed: rate,
  expected: rate,
  /** Null where no count would have been too many. */
  limit: v.nullable(v.number()),
  comparedHours: count,
  peakMinute: minute,
  peakCalls: count,
});

export const OwnInsight = v.strictObject({
  sharedEventID: uuid,
  direction: v.picklist(['above', 'below']),
  severity: v.number(),
  history: v.picklist(['usual', 'short', 'none']),
  shortHistory: v.boolean(),
  ongoing: v.boolean(),
  coveredBaseline: count,
  explanation: Explanation,
  open: v.optional(
    v.strictObject({ end: minute, statistics: Statistics, attributions: Attributions }),
  ),
  band: v.optional(v.strictObject({ from: minute, level: column, upper: column })),
});

const FileCounts = v.strictObject({ in: count, read: count, skipped: count });
const RecordCounts = v.strictObject({
  in: count,
  counted: count,
  otherManagement: count,
  data: count,
  otherKinds: count,
  duplicates: count,
  insights: count,
  unusable: count,
  classifiedByFallback: count,
});

const CoverageMember = v.strictObject({
  recipientAccountId: text,
  awsRegion: text,
  start: minute,
  end: minute,
  gaps: column,
  incompleteFrom: minute,
  silenceMeansSilence: v.boolean(),
});

export const TableMember = v.strictObject({
  strings: v.array(text),
  apis: v.strictObject({
    recipientAccountId: column,
    awsRegion: column,
    eventSource: column,
    eventName: column,
    readOnly: column,
    sort: column,
  }),
  callers: v.strictObject({
    userIdentityArn: column,
    userAgent: column,
    sourceIPAddress: column,
    accessKeyId: column,
  }),
  apiStart: column,
  minute: column,
  errorCode: column,
  caller: column,
  calls: column,
});

/** A CloudTrail record has at most 256 KB, since 2025 on request 1 MB. */
const record = v.pipe(v.string(), v.maxLength(4_000_000, 'a record of at most 4 MB'));

export const TrailglassMember = v.strictObject({
  schemaVersion: v.literal(SCHEMA_VERSION),
  scope: v.picklist(['insights', 'everything']),
  redacted: v.optional(v.array(v.picklist(VALUE_CLASSES)), []),
  settings: Settings,
  ledger: v.strictObject({
    files: FileCounts,
    records: RecordCounts,
    bytes: v.strictObject({ in: count, unpacked: count }),
  }),
  coverage: v.array(CoverageMember),
  insights: v.array(OwnInsight),
  table: TableMember,
  events: v.array(
    v.strictObject({ sharedEventID: uuid, leftOut: count, records: v.array(record) }),
  ),
  recorded: v.array(record),
});

export type OwnRecord = v.InferOutput<typeof OwnRecord>;
export type OwnInsight = v.InferOutput<typeof OwnInsight>;
export type CoverageMember = v.InferOutput<typeof CoverageMember>;
export type TableMember = v.InferOutput<typeof TableMember>;
export type TrailglassMember = v.InferOutput<typeof TrailglassMember>;
