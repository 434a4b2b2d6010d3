import { rollup, scaleLinear } from 'd3';
import type { ActivityTable } from '../../core/activity/activityTable';
import type { Coverage, Scope } from '../../core/activity/coverage';
import { MINUTES_PER_DAY } from '../../core/activity/minute';
import type { Analysis } from '../../core/analysis';
import { withoutSpans } from '../../core/insights/excludedSpans';
import { LEAST_MINUTES } from '../../core/insights/insightWindowOf';
import type { DetectionSettings } from '../../core/insights/settings';
import { formatRate } from '../format';
import { seriesOf } from '../overview/seriesOf';

/**
 * False insights per 1,000 series-days of ordinary traffic: by severity, for archives of at least so many days. Measured
 * on the 29,350 clean series of ten kinds in splits `dev` … `dev5`, weighted as in a typical account
 * (core/insights/README.md).
 */
const SEVERITIES = [1, 1.5, 1.8, 2, 2.5, 3, 3.5, 4, 5];
const MEASURED = [
  { days: 90, falseInsights: [200, 68, 31, 18, 3.9, 0.9, 0.35, 0.18, 0.07] },
  { days: 30, falseInsights: [209, 68, 32, 18, 5.2, 1.6, 0.99, 0.58, 0.15] },
  { days: 7, falseInsights: [193, 68, 36, 25, 9.3, 5.5, 3.5, 2.5, 0.94] },
  { days: 1.5, falseInsights: [135, 53, 30, 21, 8.8, 4.6, 3.3, 1.3, 0.57] },
  { days: 0, falseInsights: [138, 69, 53, 44, 25, 15, 8.7, 5.1, 1.1] },
] as const;

type Judged = Pick<Analysis, 'table' | 'coverage' | 'settings'>;

/** How many insights ordinary traffic of this many series and days gives at the analysis' severity. */
export const expectedByChance = (judged: Judged): number =>
  chanceOf(judged)(judged.settings.severity);

/** The same at any severity: each account and Region by the days that its own logs cover. */
export function chanceOf({ table, coverage, settings }: Judged): (severity: number) => number {
  const series = countSeries(table, settings);
  const scopes = coverage.map((each) => {
    const minutes = coveredMinutes(withoutSpans(each, settings.excludedSpans));
    const days = minutes / MINUTES_PER_DAY;
    const { falseInsights } = MEASURED.find((measured) => days >= measured.days)!;
    return {
      thousandSeriesDays:
        minutes < LEAST_MINUTES ? 0 : ((series.get(nameOf(each)) ?? 0) * days) / 1000,
      logRate: scaleLinear(SEVERITIES, falseInsights.map(Math.log)).clamp(true),
    };
  });
  return (severity) =>
    scopes.reduce(
      (sum, { thousandSeriesDays, logRate }) =>
        sum + thousandSeriesDays * Math.exp(logRate(severity)),
      0,
    );
}

/**
 * The number beside the insights that were found. Logs of many years with little in them may give fewer than the traffic
 * that was measured: then chance alone accounts for all of them.
 */
export function chanceWords(chance: number, found: number): string {
  if (chance >= 1 && chance >= found) return 'no more than by chance';
  return `about ${formatRate(Number(chance.toFixed(chance < 10 ? 1 : 0)))} by chance`;
}

/** Without missing logs: minutes that are not there raise no false insights. */
const coveredMinutes = ({ start, end, gaps }: Coverage): number =>
  gaps.reduce((minutes, at, i) => minutes + (i % 2 === 0 ? at : -at), end - start);

const nameOf = ({ recipientAccountId, awsRegion }: Scope): string =>
  JSON.stringify([recipientAccountId, awsRegion]);

/** Series that are judged, by account and Region. */
function countSeries(
  table: ActivityTable,
  { insightTypes, readEvents }: DetectionSettings,
): Map<string, number> {
  const judged = seriesOf(table, readEvents).filter(
    ({ key, minute }) =>
      minute.length > 0 &&
      insightTypes.includes(key.errorCode ? 'ApiErrorRateInsight' : 'ApiCallRateInsight'),
  );
  return rollup(
    judged,
    (all) => all.length,
    ({ key }) => nameOf(key),
  );
}
