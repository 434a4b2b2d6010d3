import type { ActivityTable } from '../../core/activity/activityTable';
import { toMinute } from '../../core/activity/minute';
import type { AttributeName } from '../../core/cloudtrail/insightsEvent';
import { ABSENT, rankedValues } from '../../core/insights/attribution';
import type { Insight } from '../../core/insights/insight';
import { baselineSpanOf } from '../../core/insights/statistics';

/** AWS's three attributes, and two more that the table holds. */
export type AttributedBy = AttributeName | 'sourceIPAddress' | 'accessKeyId';

/** Calls per minute of one value, and its share of all calls of the same span, 0 to 1. */
export interface Share {
  readonly average: number;
  readonly share: number;
}

export interface AttributionRow {
  /** `null` as a string where the records hold none, as AWS writes it; null for all values beyond the top. */
  readonly value: string | null;
  readonly insight: Share;
  readonly baseline: Share;
  /** Not once before the insight, in any API of the whole table. */
  readonly firstSeen: boolean;
}

export interface AttributionTable {
  readonly attribute: AttributedBy;
  readonly rows: readonly AttributionRow[];
}

/** As many as AWS's console shows before its row "Other". */
const TOP = 5;

/** Which attributes an insight has: an error-rate insight is about one error code, so it is no attribute there. */
const attributesOf = (insight: Insight): AttributedBy[] => [
  'userIdentityArn',
  'userAgent',
  ...(insight.key.errorCode === undefined ? (['errorCode'] as const) : []),
  'sourceIPAddress',
  'accessKeyId',
];

const total = (ranked: readonly { calls: number }[]): number =>
  ranked.reduce((sum, { calls }) => sum + calls, 0);

/** Callers and error codes that occur anywhere in the table before a minute. */
interface SeenBefore {
  readonly callers: Uint8Array;
  readonly errorCodes: Uint8Array;
}

function seenBefore(table: ActivityTable, minute: number): SeenBefore {
  const callers = new Uint8Array(table.callers.userAgent.length);
  const errorCodes = new Uint8Array(table.strings.length);
  for (let row = 0; row < table.minute.length; row++) {
    if (table.minute[row] >= minute) continue;
    callers[table.caller[row]] = 1;
    errorCodes[table.errorCode[row]] = 1;
  }
  return { callers, errorCodes };
}

/** Of some values of one attribute, those that were seen before. */
function knownValues(
  table: ActivityTable,
  before: SeenBefore,
  attribute: AttributedBy,
  values: readonly string[],
): ReadonlySet<string> {
  const wanted = new Set(values);
  const known = new Set<string>();
  const note = (ref: number) => {
    const value = table.strings[ref] || ABSENT;
    if (wanted.has(value)) known.add(value);
  };
  if (attribute === 'errorCode') before.errorCodes.forEach((seen, ref) => seen && note(ref));
  else before.callers.forEach((seen, caller) => seen && note(table.callers[attribute][caller]));
  return known;
}

/**
 * Who and what made the calls of an insight: for each attribute the top five values with calls per minute during the
 * insight and during the baseline, and one row for all others.
 */
export function attributionTables(table: ActivityTable, insight: Insight): AttributionTable[] {
  const { start, statistics, coveredBaseline } = insight;
  const during = { start, end: toMinute(start + statistics.insightDuration) };
  const baseline = baselineSpanOf(start);
  const before = seenBefore(table, start);

  return attributesOf(insight).map((attribute) => {
    const inside = rankedValues(table, insight.key, during, attribute);
    const outside = rankedValues(table, insight.key, baseline, attribute);
    const calls = { insight: total(inside), baseline: total(outside) };
    const top = inside.length > 0 ? inside.slice(0, TOP) : outside.slice(0, TOP);
    const values = top.map(({ value }) => value);
    const known = knownValues(table, before, attribute, values);
    const outsideCalls = new Map(outside.map(({ value, calls }) => [value, calls]));
    const insideCalls = new Map(inside.map(({ value, calls }) => [value, calls]));

    const row = (value: string | null, insightCalls: number, baselineCalls: number) => ({
      value,
      insight: shareOf(insightCalls, statistics.insightDuration, calls.insight),
      baseline: shareOf(baselineCalls, coveredBaseline, calls.baseline),
      firstSeen: value !== null && value !== ABSENT && !known.has(value),
    });
    const rows = values.map((value) =>
      row(value, insideCalls.get(value) ?? 0, outsideCalls.get(value) ?? 0),
    );
    const sum = (counts: ReadonlyMap<string, number>) =>
      values.reduce((calls, value) => calls + (counts.get(value) ?? 0), 0);
    const rest = [calls.insight - sum(insideCalls), calls.baseline - sum(outsideCalls)] as const;
    return { attribute, rows: rest[0] + rest[1] > 0 ? [...rows, row(null, ...rest)] : rows };
  });
}

const shareOf = (calls: number, minutes: number, all: number): Share => ({
  average: minutes > 0 ? calls / minutes : 0,
  share: all > 0 ? calls / all : 0,
});
