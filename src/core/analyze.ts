import type { ActivityPart } from './activity/activityPart';
import type { ActivityTable } from './activity/activityTable';
import { allCallSeries } from './activity/callSeries';
import { coverageByScope, coverageOf, type Coverage } from './activity/coverage';
import { mergeFileHours } from './activity/fileHours';
import { mergeActivity } from './activity/mergeActivity';
import type { Release } from './activity/release';
import type { Analysis } from './analysis';
import { findInsightWindows } from './insights/findInsightWindows';
import type { Insight } from './insights/insight';
import { findLargestBursts } from './insights/largestBursts';
import { judgedTable } from './insights/mutes';
import { allMinutes, edgesOf, seriesWithout, withoutSpans } from './insights/excludedSpans';
import type { DetectionSettings } from './insights/settings';
import { parseRecordedInsights } from './insights/recordedInsights';
import { bySeverity, describeWindow, toInsight } from './insights/toInsight';
import { lostFiles, toLedger, type FileReport, type Ledger } from './ledger';
import type { LogReport } from './read/readFile';

/** An analysis before anything in it is judged. */
export type CountedLogs = Omit<Analysis, 'settings' | 'insights'>;

/** The whole pipeline behind the readers: what they counted and what they say of their files → an analysis. */
export const analyze = (
  parts: readonly ActivityPart[],
  reports: readonly (FileReport | LogReport)[],
  settings: DetectionSettings,
): Analysis => judge(mergeLogs(parts, reports), settings);

/** What all readers counted, as one; the parts stay as they are. `release` gets what is needed on the way alone. */
export function mergeLogs(
  parts: readonly ActivityPart[],
  reports: readonly (FileReport | LogReport)[],
  release?: Release,
): CountedLogs {
  const activity = mergeActivity(parts, release);
  const { table, presence } = activity;
  const ledger = toLedger(reports, activity);
  const coverage = coverageOf(presence, lostFiles(ledger.skipped));
  const recorded = recordedIn(reports);
  return {
    table,
    presence,
    coverage,
    ledger: withRefused(ledger, recorded),
    recorded,
    fileHours: mergeFileHours(
      reports.flatMap((report) => ('fileHours' in report ? (report.fileHours ?? []) : [])),
    ),
  };
}

export const judge = (logs: CountedLogs, settings: DetectionSettings): Analysis => ({
  ...logs,
  settings,
  insights: findInsights(logs.table, logs.coverage, settings),
});

/** Each once, in an order that does not tell which reader found it. */
const recordedIn = (reports: readonly (FileReport | LogReport)[]): string[] => [
  ...new Set(
    reports.flatMap((report) => ('insightRecords' in report ? report.insightRecords : [])).sort(),
  ),
];

/** So many of AWS's Insights records that cannot be used are named. */
const MOST_REFUSED = 20;

/** AWS's Insights records that cannot be compared are told where damaged files are. */
function withRefused(ledger: Ledger, recorded: readonly string[]): Ledger {
  const { refused } = parseRecordedInsights(recorded);
  const notes = refused
    .slice(0, MOST_REFUSED)
    .map((detail) => ({ name: "An Insights record of AWS's", detail }));
  return notes.length === 0 ? ledger : { ...ledger, notes: [...ledger.notes, ...notes] };
}

/** Every insight of a table under the given settings, most severe first; the largest bursts where there is too little history. */
export function findInsights(
  whole: ActivityTable,
  covered: readonly Coverage[],
  settings: DetectionSettings,
): Insight[] {
  const { excludedSpans } = settings;
  const table = judgedTable(whole, settings);
  const edges = edgesOf(excludedSpans);
  const wholeFor = coverageByScope(covered);
  const restFor = coverageByScope(covered.map((each) => withoutSpans(each, excludedSpans)));
  const judged = allCallSeries(judgedTable(whole, allMinutes(settings)), settings).filter(
    ({ key }) =>
      settings.insightTypes.includes(key.errorCode ? 'ApiErrorRateInsight' : 'ApiCallRateInsight'),
  );
  const found = judged.flatMap((series) =>
    findInsightWindows(series, wholeFor(series.key), settings).map((window) => ({
      window,
      series,
    })),
  );
  const rest = judged.map(({ key }) => restFor(key));
  return [...findLargestBursts(judged, rest, settings), ...found]
    .map(({ window, series }) => {
      const left = seriesWithout(series, edges);
      return toInsight(window, describeWindow(window, left, table, restFor(series.key)));
    })
    .sort(bySeverity);
}
