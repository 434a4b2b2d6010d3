import type { ActivityTable, StringRef } from '../../core/activity/activityTable';
import type { SeriesKey } from '../../core/activity/callSeries';
import type { Coverage } from '../../core/activity/coverage';
import { type Minute, toMinute } from '../../core/activity/minute';
import { ABSENT, type RankedValue, rankingOf } from '../../core/insights/attribution';
import type { Insight } from '../../core/insights/insight';
import { baselineSpanOf, coveredMinutesIn, type MinuteSpan } from '../../core/insights/statistics';
import type { AttributedBy } from '../values/logValues';
import { partOf } from '../judgedTable';
import { seenBefore } from './firstSeen';

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
  /** Not once before it, in any API of the logs, with what is left out of detection. */
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

/** Calls per value over a number of minutes, most first. */
interface Tally {
  readonly ranked: readonly RankedValue[];
  readonly calls: ReadonlyMap<StringRef, number>;
  readonly total: number;
  readonly minutes: number;
}

const tallyOf = (ranked: readonly RankedValue[], minutes: number): Tally => ({
  ranked,
  calls: new Map(ranked.map(({ ref, calls }) => [ref, calls])),
  total: ranked.reduce((sum, { calls }) => sum + calls, 0),
  minutes,
});

const callsOf = ({ calls }: Tally, values: readonly RankedValue[]): number =>
  values.reduce((sum, { ref }) => sum + (calls.get(ref) ?? 0), 0);

const shareIn = ({ total, minutes }: Tally, calls: number): Share => ({
  average: minutes > 0 ? calls / minutes : 0,
  share: total > 0 ? calls / total : 0,
});

/**
 * Who and what made the calls of an insight: for each attribute the top five values with calls per minute during the
 * insight and during the baseline, and one row for all others.
 */
export function attributionTables(
  table: ActivityTable,
  { key, start, statistics, coveredBaseline }: Insight,
): AttributionTable[] {
  const end = toMinute(start + statistics.insightDuration);
  const part = partOf(table, key);
  const inside = rankingOf(part, key, { start, end });
  const outside = rankingOf(part, key, baselineSpanOf(start));
  return attributesOf(key).map((attribute) =>
    comparedTable(table, attribute, start, {
      inside: tallyOf(inside(attribute), statistics.insightDuration),
      outside: tallyOf(outside(attribute), coveredBaseline),
    }),
  );
}

/** Who and what made the calls of a span, each against the rest of the logs; and how many calls. */
export function spanAttributions(
  table: ActivityTable,
  key: SeriesKey,
  span: MinuteSpan,
  coverage: Coverage | undefined,
): { readonly calls: number; readonly tables: readonly AttributionTable[] } {
  const part = partOf(table, key);
  const ranking = rankingOf(part, key, span);
  const ever = rankingOf(part, key, EVER);
  const minutes = coveredMinutesIn(span, coverage);
  const all = coverage ? coveredMinutesIn(EVER, coverage) : 0;
  const compared = attributesOf(key).map((attribute) => {
    const inside = tallyOf(ranking(attribute), minutes);
    const rest = ever(attribute)
      .map((each) => ({ ...each, calls: each.calls - callsOf(inside, [each]) }))
      .filter(({ calls }) => calls > 0);
    return { attribute, inside, outside: tallyOf(rest, Math.max(0, all - minutes)) };
  });
  return {
    calls: compared[0].inside.total,
    tables: compared.map(({ attribute, ...spans }) =>
      comparedTable(table, attribute, span.start, spans),
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
  start: Minute,
  { inside, outside }: Compared,
): AttributionTable {
  // Of a drop to nothing, those are named who used to call.
  const top = (inside.total > 0 ? inside : outside).ranked.slice(0, TOP);
  const known = seenBefore(
    table,
    start,
    attribute,
    top.map(({ ref }) => ref),
  );
  const rows = top.map((each) => ({
    value: each.value,
    inside: shareIn(inside, callsOf(inside, [each])),
    outside: shareIn(outside, callsOf(outside, [each])),
    firstSeen: each.value !== ABSENT && !known.has(each.ref),
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
