import { apisOf } from '../../core/activity/apis';
import { callSeriesOf, type SeriesKey } from '../../core/activity/callSeries';
import type { Minute } from '../../core/activity/minute';
import type { Analysis } from '../../core/analysis';
import { isPartial, isShared, sharedExpectedRange } from '../../core/export/shared/sharedAnalysis';
import { ExpectedMinutes, type ExpectedRange } from '../../core/insights/expectedRange';
import { explainMinute, type MinuteExplanation } from '../../core/insights/explainMinute';
import { allMinutes } from '../../core/insights/excludedSpans';
import { JudgedRows } from '../../core/insights/judgedRows';

export const ONLY_AROUND_INSIGHTS =
  'This analysis was received: it holds the minutes around its insights alone, so that nothing can be judged in it again.';

/** Others who want something of the analyzer wait no longer than this, in milliseconds. */
const EXACT_MS = 60;

/** What was normal in the one series that is looked at, which is judged once for all looks. */
export class ExpectedInSight {
  #analysis: Analysis | undefined;
  #key = '';
  #minutes: ExpectedMinutes | undefined;

  range(
    analysis: Analysis,
    key: SeriesKey,
    from: Minute,
    to: Minute,
    exactly: boolean,
  ): ExpectedRange {
    if (isShared(analysis) && isPartial(analysis)) {
      return sharedExpectedRange(analysis, key, from, to);
    }
    const minutes = this.#minutesOf(analysis, key);
    if (!exactly) return minutes.range(from, to);
    const end = performance.now() + EXACT_MS;
    return minutes.exactRange(from, to, () => performance.now() < end);
  }

  #minutesOf(analysis: Analysis, key: SeriesKey): ExpectedMinutes {
    const name = JSON.stringify(key);
    if (this.#minutes && this.#analysis === analysis && this.#key === name) return this.#minutes;
    const { series, coverage, settings } = judgedSeries(analysis, key);
    this.#analysis = analysis;
    this.#key = name;
    return (this.#minutes = new ExpectedMinutes(series, coverage, settings));
  }
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

/** A series with all its minutes, of the calls that are judged, and where its logs reach. */
function judgedSeries({ table, coverage, settings }: Analysis, key: SeriesKey) {
  const ofScope = coverage.find(
    (each) =>
      each.recipientAccountId === key.recipientAccountId && each.awsRegion === key.awsRegion,
  );
  const rows = new JudgedRows(table, allMinutes(settings)).of(apisOf(table, key));
  return { series: callSeriesOf(rows, key), coverage: ofScope!, settings };
}
