import * as v from 'valibot';
import { parseMinute, type Minute } from '../activity/minute';
import { checked, parseForeignJson, RefusedJson, shown } from '../foreignJson';

/**
 * AWS's own Insights records, read leniently: members that came with the years are optional, further members are let
 * pass, ids need not be UUIDs (AWS's documented samples have none), averages may be exponent forms.
 */

const text = v.pipe(v.string(), v.maxLength(8192, 'at most 8192 characters'));
const average = v.pipe(v.number(), v.minValue(0, 'a rate of 0 or more'));
const duration = v.pipe(
  v.number(),
  v.integer('whole minutes'),
  v.minValue(0, 'minutes of 0 or more'),
  v.maxValue(10_000_000, 'minutes of at most 19 years'),
);
const ranking = v.array(v.looseObject({ value: text, average }));

const InsightRecord = v.looseObject({
  eventTime: v.pipe(
    text,
    v.check((time) => parseMinute(time) !== null, 'a time such as 2019-11-01T20:37:00Z'),
  ),
  awsRegion: text,
  eventID: text,
  recipientAccountId: v.optional(text, ''),
  sharedEventID: text,
  insightDetails: v.looseObject({
    state: v.picklist(['Start', 'End']),
    eventSource: text,
    eventName: text,
    insightType: v.picklist(['ApiCallRateInsight', 'ApiErrorRateInsight']),
    errorCode: v.nullish(text),
    sourceEventCategory: v.nullish(text),
    insightSource: v.nullish(text),
    insightContext: v.looseObject({
      statistics: v.looseObject({
        baseline: v.looseObject({ average }),
        insight: v.looseObject({ average }),
        insightDuration: v.nullish(duration),
        baselineDuration: v.nullish(duration),
      }),
      attributions: v.nullish(
        v.array(
          v.looseObject({
            attribute: v.picklist(['userIdentityArn', 'userAgent', 'errorCode']),
            insight: ranking,
            baseline: ranking,
          }),
        ),
      ),
    }),
  }),
});

export type InsightRecord = v.InferOutput<typeof InsightRecord>;

/** One half of a recorded insight, with the minute of its `eventTime`. */
export interface RecordedHalf {
  readonly record: InsightRecord;
  readonly minute: Minute;
}

type Members = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * The Insights records in a JSON text, which is a record, or records wrapped in `Records`, in `Events` of
 * `lookup-events` (also as `CloudTrailEvent` strings), in EventBridge envelopes, or in a list. A record that cannot be
 * used is handed to `refuse` with the reason.
 */
export function recordedHalves(json: string, refuse: (reason: string) => void): RecordedHalf[] {
  const halves: RecordedHalf[] = [];
  const attempt = (read: () => void) => {
    try {
      read();
    } catch (error) {
      if (!(error instanceof RefusedJson)) throw error;
      refuse(error.message);
    }
  };
  const visit = (value: unknown): void => {
    const inner = unwrapped(value);
    if (Array.isArray(inner)) inner.forEach((item) => attempt(() => visit(item)));
    else halves.push(toHalf(inner));
  };
  attempt(() => visit(parseForeignJson(json)));
  return halves;
}

/** A list of what a wrapper holds; anything else as it is. */
function unwrapped(value: unknown): unknown {
  if (!isObject(value)) return value;
  if (typeof value.CloudTrailEvent === 'string') return [parseForeignJson(value.CloudTrailEvent)];
  if (isObject(value.detail)) return [value.detail];
  return value.Records ?? value.Events ?? value;
}

function toHalf(value: unknown): RecordedHalf {
  if (!isObject(value))
    throw new RefusedJson(`expected an Insights record, found ${shown(value)}.`);
  const isLake = !isObject(value.insightDetails) && memberOf(value, 'insightState') !== undefined;
  const record = checked(InsightRecord, isLake ? trailFormOf(value) : value, '');
  return { record, minute: parseMinute(record.eventTime)! };
}

/** A member of a CloudTrail Lake record: SQL returns the names in lower case. */
const memberOf = (record: Members, name: string): unknown =>
  record[name] ?? record[name.toLowerCase()];

/** Query results hold nested values as JSON text and numbers as text. */
const nested = (value: unknown): unknown =>
  typeof value === 'string' ? parseForeignJson(value) : value;
const numeric = (value: unknown): unknown =>
  typeof value === 'string' && value.trim() !== '' ? Number(value) : value;

/** The flat record of CloudTrail Lake (user guide, "record contents for Insights events for event data stores") as a trail's. */
function trailFormOf(record: Members): Members {
  const context = nested(memberOf(record, 'insightContext'));
  const of = (name: string) => memberOf(record, name);
  return {
    eventTime: of('eventTime'),
    awsRegion: of('awsRegion'),
    eventID: of('eventID'),
    recipientAccountId: of('recipientAccountId'),
    sharedEventID: of('sharedEventID'),
    insightDetails: {
      state: of('insightState'),
      eventSource: of('insightEventSource'),
      eventName: of('insightEventName'),
      insightType: of('insightType'),
      errorCode: of('insightErrorCode'),
      insightSource: of('insightSource'),
      insightContext: isObject(context) ? contextOf(context) : context,
    },
  };
}

function contextOf(context: Members): Members {
  const of = (name: string) => numeric(memberOf(context, name));
  const attributions = nested(memberOf(context, 'attributions'));
  return {
    statistics: {
      baseline: { average: of('baselineAverage') },
      insight: { average: of('insightAverage') },
      insightDuration: of('insightDuration'),
      baselineDuration: of('baselineDuration'),
    },
    attributions: Array.isArray(attributions) ? attributions.map(attributionOf) : attributions,
  };
}

/** Before March 2025 an attribution held one value each for the insight and the baseline instead of lists. */
function attributionOf(attribution: unknown): unknown {
  if (!isObject(attribution)) return attribution;
  const list = (name: 'insight' | 'baseline') => {
    const value = memberOf(attribution, `${name}Value`);
    const single = { value, average: numeric(memberOf(attribution, `${name}Average`)) };
    return memberOf(attribution, name) ?? (value === undefined || value === null ? [] : [single]);
  };
  return {
    attribute: memberOf(attribution, 'attribute'),
    insight: list('insight'),
    baseline: list('baseline'),
  };
}
