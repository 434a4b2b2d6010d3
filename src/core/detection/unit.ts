import type { ActivityTable } from '../activity/activityTable';
import { calledApis } from '../activity/apis';
import {
  callSeriesIn,
  errorSeriesIn,
  namedApis,
  type CallSeries,
  type NamedApis,
} from '../activity/callSeries';
import type { InsightType } from '../cloudtrail/insightsEvent';
import type { DetectionSettings } from '../insights/settings';

/** What is judged, kept and judged again as one: the call series of a name, or its error series. */
export interface Unit {
  readonly named: NamedApis;
  readonly type: InsightType;
  /** The APIs whose rows it is made of, ascending. */
  readonly apis: readonly number[];
  /** Calls of reads alone: judged only where reads are. */
  readonly isOfReads: boolean;
}

/** All units of a table, in key order. */
export const unitsOf = (table: ActivityTable): Unit[] =>
  namedApis(table).flatMap((named): Unit[] => {
    const all = Array.from({ length: named.next - named.from }, (_, i) => named.from + i);
    const called = calledApis(table, all);
    const isOfReads = called.every((api) => table.apis.readOnly[api] !== 0);
    return [
      { named, type: 'ApiCallRateInsight', apis: called, isOfReads },
      { named, type: 'ApiErrorRateInsight', apis: all, isOfReads: false },
    ];
  });

export const isJudged = (
  { type, isOfReads }: Unit,
  { insightTypes, readEvents }: DetectionSettings,
): boolean => insightTypes.includes(type) && (readEvents || !isOfReads);

/** The series of a unit in a table that holds its judged rows. */
export const seriesIn = (table: ActivityTable, { named, type }: Unit): CallSeries[] =>
  type === 'ApiErrorRateInsight'
    ? errorSeriesIn(table, named)
    : callSeriesIn(table, named, { readEvents: true });

/** The APIs of several units, ascending, each once. */
export const apisOfUnits = (units: readonly Unit[]): number[] =>
  [...new Set(units.flatMap(({ apis }) => apis))].sort((a, b) => a - b);
