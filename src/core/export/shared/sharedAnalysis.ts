import type { ActivityTable } from '../../activity/activityTable';
import { callSeriesOf, type SeriesKey } from '../../activity/callSeries';
import type { Coverage } from '../../activity/coverage';
import { filterRows } from '../../activity/filterRows';
import { MINUTES_PER_HOUR, toMinute, type Minute } from '../../activity/minute';
import type { Analysis } from '../../analysis';
import { expectedRange, nothingExpected, type ExpectedRange } from '../../insights/expectedRange';
import type { Insight } from '../../insights/insight';
import { allMinutes } from '../../insights/excludedSpans';
import { judgedTable } from '../../insights/mutes';
import { baselineSpanOf, type MinuteSpan } from '../../insights/statistics';
import type { Ledger } from '../../ledger';
import { inTimeOrder } from '../records';
import type { ValueClass } from '../redact/values';
import { withoutUnused } from './withoutUnused';
import { isIn, scopeOf, spansByScope, withGapsOutside } from './spans';

/** Graphs reach so far to both sides of an insight. */
export const MARGIN = 12 * MINUTES_PER_HOUR;

/** What was normal around one insight; one entry of `level` and `upper` per minute from `from`, as in `ExpectedRange`. */
export interface ExpectedBand extends ExpectedRange {
  readonly sharedEventID: string;
  readonly from: Minute;
}

/** The records behind one insight, as the logs have them. */
export interface EventsOfInsight {
  readonly sharedEventID: string;
  /** JSON texts. */
  readonly records: readonly string[];
  /** How many more there were than the cap lets keep. */
  readonly leftOut: number;
}

/** What goes into a shared file beside the analysis itself. */
export interface SharedParts {
  /**
   * `insights`: the table holds only the APIs of the insights, from the beginning of each baseline to twelve hours after
   * each insight; every other minute is a gap of the coverage. `everything`: the whole table.
   */
  readonly scope: 'insights' | 'everything';
  /** Classes whose values are pseudonyms already, and stay as they are when it is passed on again. */
  readonly redacted: readonly ValueClass[];
  /** In time order, one an insight. */
  readonly bands: readonly ExpectedBand[];
  readonly events: readonly EventsOfInsight[];
  /** AWS's own Insights records found in the logs, as JSON texts; `parseRecordedInsights` reads them. */
  readonly recorded: readonly string[];
}

/** An analysis as it is passed on: what the receiver sees is all that is in it. Presence and file names stay behind. */
export interface SharedAnalysis extends Analysis {
  readonly shared: SharedParts;
}

export const isShared = (analysis: Analysis): analysis is SharedAnalysis => 'shared' in analysis;

/** Whether the table holds less than the logs did, so that nothing can be detected in it again. */
export const isPartial = (analysis: Analysis): boolean =>
  isShared(analysis) && analysis.shared.scope === 'insights';

export type ShareChoice = Partial<Omit<SharedParts, 'bands'>>;

/**
 * The part of an analysis that is passed on. Of one that was imported in part, the same part; one that was imported whole
 * may have been judged again since, so its expected ranges are made anew.
 */
export function toSharedAnalysis(analysis: Analysis, choice: ShareChoice = {}): SharedAnalysis {
  const before = isShared(analysis) ? analysis.shared : undefined;
  const isPart = before?.scope === 'insights';
  const scope = isPart ? 'insights' : (choice.scope ?? before?.scope ?? 'insights');
  const { table, coverage } =
    isPart || scope === 'everything' ? analysis : aroundInsights(analysis);
  return {
    table,
    presence: [],
    coverage,
    ledger: withoutNames(analysis.ledger),
    settings: analysis.settings,
    insights: analysis.insights,
    shared: {
      scope,
      redacted: choice.redacted ?? before?.redacted ?? [],
      bands: isPart ? before.bands : bandsOf(analysis),
      events: choice.events ?? before?.events ?? [],
      recorded: choice.recorded ?? before?.recorded ?? analysis.recorded ?? [],
    },
  };
}

/** Names of files and folders stay here. */
function withoutNames({ files, records, bytes }: Ledger): Ledger {
  return { files, records, bytes, skipped: [], notes: [] };
}

/** One band an insight, in time order. */
function bandsOf(analysis: Analysis): ExpectedBand[] {
  const judged = judgedPart(analysis);
  return inTimeOrder(analysis.insights).map((insight) => bandOf(insight, judged));
}

/** Rows and coverage of the minutes that belong to the insights. */
function aroundInsights({ table, coverage, insights }: Analysis): {
  table: ActivityTable;
  coverage: Coverage[];
} {
  const spans = spansByScope(insights, spanOf);
  const apis = new Set(insights.map(({ key }) => apiOf(key)));
  const { apis: columns, strings } = table;
  const spansOfApi = Array.from(columns.eventName.keys(), (api) => {
    const key = {
      recipientAccountId: strings[columns.recipientAccountId[api]],
      awsRegion: strings[columns.awsRegion[api]],
      eventSource: strings[columns.eventSource[api]],
      eventName: strings[columns.eventName[api]],
    };
    return apis.has(apiOf(key)) ? spans.get(scopeOf(key))! : [];
  });
  return {
    table: withoutUnused(filterRows(table, (api, row) => isIn(spansOfApi[api], table.minute[row]))),
    coverage: coverage
      .filter((each) => spans.has(scopeOf(each)))
      .map((each) => withGapsOutside(each, spans.get(scopeOf(each))!)),
  };
}

const spanOf = ({ start, end }: Insight): MinuteSpan => ({
  start: baselineSpanOf(start).start,
  end: toMinute(end + MARGIN),
});

const apiOf = (key: SeriesKey): string =>
  JSON.stringify([key.recipientAccountId, key.awsRegion, key.eventSource, key.eventName]);

/** What detection looked at: without the calls that the settings leave out, in all minutes. */
const judgedPart = ({ table, coverage, settings }: Analysis): JudgedPart => ({
  table: judgedTable(table, allMinutes(settings)),
  coverage,
  settings,
});

type JudgedPart = Pick<Analysis, 'table' | 'coverage' | 'settings'>;

function bandOf(
  { sharedEventID, key, start, end }: Insight,
  { table, coverage, settings }: JudgedPart,
): ExpectedBand {
  const scope = coverage.find((each) => scopeOf(each) === scopeOf(key))!;
  const from = toMinute(Math.max(0, start - MARGIN));
  const to = toMinute(end + MARGIN);
  const { level, upper } = expectedRange(callSeriesOf(table, key), scope, settings, from, to);
  return { sharedEventID, from, level: level.map(shortened), upper };
}

/** Four digits are more than a graph can show, and a third of the characters. */
const shortened = (level: number): number => Number(level.toPrecision(4));

/** What was normal in each minute of [from, to) as far as the bands of the insights tell; elsewhere as in a gap. */
export function sharedExpectedRange(
  { insights, shared }: SharedAnalysis,
  key: SeriesKey,
  from: Minute,
  to: Minute,
): ExpectedRange {
  const range = nothingExpected(Math.max(0, to - from));
  const series = insights.filter(
    (each) => apiOf(each.key) === apiOf(key) && each.key.errorCode === key.errorCode,
  );
  const ids = new Set(series.map(({ sharedEventID }) => sharedEventID));
  for (const band of shared.bands) {
    if (!ids.has(band.sharedEventID)) continue;
    const first = Math.max(from, band.from);
    const last = Math.min(to, band.from + band.level.length);
    if (first >= last) continue;
    range.level.set(band.level.subarray(first - band.from, last - band.from), first - from);
    range.upper.set(band.upper.subarray(first - band.from, last - band.from), first - from);
  }
  return range;
}
