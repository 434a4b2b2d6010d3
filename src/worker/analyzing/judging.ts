import { apisOf } from '../../core/activity/apis';
import { callSeriesOf, type SeriesKey } from '../../core/activity/callSeries';
import type { Minute } from '../../core/activity/minute';
import type { Analysis } from '../../core/analysis';
import { isPartial, isShared, sharedExpectedRange } from '../../core/export/shared/sharedAnalysis';
import { expectedRange, type ExpectedRange } from '../../core/insights/expectedRange';
import { explainMinute, type MinuteExplanation } from '../../core/insights/explainMinute';
import { withoutSpans } from '../../core/insights/excludedSpans';
import { JudgedRows } from '../../core/insights/judgedRows';

export const ONLY_AROUND_INSIGHTS =
  'This analysis was received: it holds the minutes around its insights alone, so that nothing can be judged in it again.';

export function rangeIn(
  analysis: Analysis,
  key: SeriesKey,
  from: Minute,
  to: Minute,
): ExpectedRange {
  if (isShared(analysis) && isPartial(analysis)) {
    return sharedExpectedRange(analysis, key, from, to);
  }
  const { series, coverage, settings } = judgedSeries(analysis, key);
  return expectedRange(series, coverage, settings, from, to);
}

export function explanationIn(
  analysis: Analysis,
  key: SeriesKey,
  minute: Minute,
): MinuteExplanation {
  if (isPartial(analysis)) throw new Error(ONLY_AROUND_INSIGHTS);
  const { series, coverage, settings } = judgedSeries(analysis, key);
  return explainMinute(series, coverage, settings, minute);
}

/** A series as detection sees it, and where its logs reach without the spans that are left out. */
function judgedSeries({ table, coverage, settings }: Analysis, key: SeriesKey) {
  const ofScope = coverage.find(
    (each) =>
      each.recipientAccountId === key.recipientAccountId && each.awsRegion === key.awsRegion,
  );
  const rows = new JudgedRows(table, settings).of(apisOf(table, key));
  return {
    series: callSeriesOf(rows, key),
    coverage: withoutSpans(ofScope!, settings.excludedSpans),
    settings,
  };
}
