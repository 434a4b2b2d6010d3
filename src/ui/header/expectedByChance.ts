import { scaleLinear } from 'd3';
import type { ActivityTable } from '../../core/activity/activityTable';
import { MINUTES_PER_DAY } from '../../core/activity/minute';
import type { Analysis } from '../../core/analysis';
import type { DetectionSettings } from '../../core/insights/settings';

/**
 * False insights per 1,000 series-days of ordinary traffic, measured on seeded series of nine kinds: by severity, for
 * archives of at least so many days.
 */
const SEVERITIES = [1.8, 2, 2.5, 3, 4];
const MEASURED = [
  { days: 90, falseInsights: [29, 19, 2.2, 1, 0.6] },
  { days: 30, falseInsights: [22, 13, 4.6, 2.5, 0.5] },
  { days: 7, falseInsights: [30, 20, 10, 6.8, 3.8] },
  { days: 0, falseInsights: [32, 27, 17, 8.1, 2.8] },
] as const;

type Judged = Pick<Analysis, 'table' | 'coverage' | 'settings'>;

/** How many insights ordinary traffic of this many series and days gives at the analysis' severity. */
export const expectedByChance = (judged: Judged): number =>
  chanceOf(judged)(judged.settings.severity);

/** The same at any severity. */
export function chanceOf({ table, coverage, settings }: Judged): (severity: number) => number {
  const minutes = coverage.reduce((most, { start, end }) => Math.max(most, end - start), 0);
  const days = minutes / MINUTES_PER_DAY;
  const { falseInsights } = MEASURED.find((measured) => days >= measured.days)!;
  const logRate = scaleLinear(SEVERITIES, falseInsights.map(Math.log)).clamp(true);
  const thousandSeriesDays = (countSeries(table, settings) * days) / 1000;
  return (severity) => thousandSeriesDays * Math.exp(logRate(severity));
}

/** Series that are judged: calls of write APIs (and of reads where wanted), errors of all APIs. */
function countSeries(
  { apis, apiStart, errorCode }: ActivityTable,
  { insightTypes, readEvents }: DetectionSettings,
): number {
  const rates = insightTypes.includes('ApiCallRateInsight');
  const errors = insightTypes.includes('ApiErrorRateInsight');
  let series = 0;
  for (let api = 0; api < apis.eventName.length; api++) {
    const codes = new Set(errorCode.subarray(apiStart[api], apiStart[api + 1]));
    const isJudged = codes.size > 0 && (readEvents || apis.readOnly[api] === 0);
    if (rates && isJudged) series++;
    codes.delete(0);
    if (errors) series += codes.size;
  }
  return series;
}
