import type { ActivityTable } from '../../core/activity/activityTable';
import type { SeriesKey } from '../../core/activity/callSeries';
import type { Coverage } from '../../core/activity/coverage';
import { toMinute } from '../../core/activity/minute';
import type { AttributeName } from '../../core/cloudtrail/insightsEvent';
import { ABSENT, rankedValues } from '../../core/insights/attribution';
import type { Insight } from '../../core/insights/insight';
import { baselineSpanOf, coveredMinutesIn, type MinuteSpan } from '../../core/insights/statistics';

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
  readonly inside: Share;
  readonly outside: Share;
  /** Not once before it, in any API of the whole table. */
  readonly firstSeen: boolean;
}

export interface AttributionTable {
  readonly attribute: AttributedBy;
  readonly rows: readonly AttributionRow[];
}

/** As many as AWS's console shows before its row "Other". */
const TOP = 5;

/** Which attributes a series has: an error series is about one error code, so it is no attribute there. */
const attributesOf = (key: SeriesKey): AttributedBy[] => [
  'userIdentityArn',
  'userAgent',
  ...(key.errorCode === undefined ? (['errorCode'] as const) : []),
  'sourceIPAddress',
  'accessKeyId',
];

/** Calls per value over a number of minutes. */
interface Tally {
  readonly calls: ReadonlyMap<string, number>;
  readonly total: number;
  readonly minutes: number;
}

const tallyOf = (ranked: readonly { value: string; calls: number }[], minutes: number): Tally => ({
  calls: new Map(ranked.map(({ value, calls }) => [value, calls])),
  total: ranked.reduce((sum, { calls }) => sum + calls, 0),
  minutes,
});

const callsOf = ({ calls }: Tally, values: readonly string[]): number =>
  values.reduce((sum, value) => sum + (calls.get(value) ?? 0), 0);

const shareIn = ({ total, minutes }: Tally, calls: number): Share => ({
  average: minutes > 0 ? calls / minutes : 0,
  share: total > 0 ? calls / total : 0,
});

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
  const unknown = new Set(values);
  const known = new Set<string>();
  const isSeen = attribute === 'errorCode' ? before.errorCodes : before.callers;
  const refOf = (at: number) => (attribute === 'errorCode' ? at : table.callers[attribute][at]);
  for (let at = 0; at < isSeen.length && unknown.size > 0; at++) {
    const value = isSeen[at] ? table.strings[refOf(at)] || ABSENT : '';
    if (unknown.delete(value)) known.add(value);
  }
  return known;
}

/**
 * Who and what made the calls of an insight: for each attribute the top five values with calls per minute during the
 * insight and during the baseline, and one row for all others.
 */
export function attributionTables(
  table: ActivityTable,
  { key, start, statistics, coveredBaseline }: Insight,
): AttributionTable[] {
  const before = seenBefore(table, start);
  const during = { start, end: toMinute(start + statistics.insightDuration) };
  return attributesOf(key).map((attribute) => {
    const inside = rankedValues(table, key, during, attribute);
    const outside = rankedValues(table, key, baselineSpanOf(start), attribute);
    return comparedTable(table, attribute, before, {
      inside: tallyOf(inside, statistics.insightDuration),
      outside: tallyOf(outside, coveredBaseline),
    });
  });
}

/** Who and what made the calls of a span, each against the rest of the logs; and how many calls. */
export function spanAttributions(
  table: ActivityTable,
  key: SeriesKey,
  span: MinuteSpan,
  coverage: Coverage | undefined,
): { readonly calls: number; readonly tables: readonly AttributionTable[] } {
  const before = seenBefore(table, span.start);
  const minutes = coveredMinutesIn(span, coverage);
  const all = coverage ? coveredMinutesIn(EVER, coverage) : 0;
  const compared = attributesOf(key).map((attribute) => {
    const inside = tallyOf(rankedValues(table, key, span, attribute), minutes);
    const rest = rankedValues(table, key, EVER, attribute)
      .map(({ value, calls }) => ({ value, calls: calls - callsOf(inside, [value]) }))
      .filter(({ calls }) => calls > 0);
    return { attribute, inside, outside: tallyOf(rest, Math.max(0, all - minutes)) };
  });
  return {
    calls: compared[0].inside.total,
    tables: compared.map(({ attribute, ...spans }) =>
      comparedTable(table, attribute, before, spans),
    ),
  };
}

const EVER: MinuteSpan = { start: toMinute(0), end: toMinute(0xffff_ffff) };

interface Compared {
  readonly inside: Tally;
  readonly outside: Tally;
}

function comparedTable(
  table: ActivityTable,
  attribute: AttributedBy,
  before: SeenBefore,
  { inside, outside }: Compared,
): AttributionTable {
  // Of a drop to nothing, those are named who used to call.
  const top = [...(inside.total > 0 ? inside : outside).calls.keys()].slice(0, TOP);
  const known = knownValues(table, before, attribute, top);

  const rows = top.map((value) => ({
    value,
    inside: shareIn(inside, callsOf(inside, [value])),
    outside: shareIn(outside, callsOf(outside, [value])),
    firstSeen: value !== ABSENT && !known.has(value),
  }));
  const others = {
    value: null,
    inside: shareIn(inside, inside.total - callsOf(inside, top)),
    outside: shareIn(outside, outside.total - callsOf(outside, top)),
    firstSeen: false,
  };
  const anyOthers = others.inside.average + others.outside.average > 0;
  return { attribute, rows: anyOthers ? [...rows, others] : rows };
}
