import type { Analysis } from '../../core/analysis';
import { isPartial, isShared } from '../../core/export/shared/sharedAnalysis';
import type { ValueClass } from '../../core/export/redact/values';
import { listedInsights, type ListedInsight } from '../../core/insights/listedInsights';
import { parseRecordedInsights } from '../../core/insights/recordedInsights';
import type { AnalysisSummary } from '../../store/stored';
import { handOver, type HandedOver } from './handOver';

/** What is peculiar to an analysis that somebody passed on. */
export interface Received {
  /** It holds the minutes around its insights alone: nothing can be detected in it again. */
  readonly isPartial: boolean;
  /** Classes of values that came as pseudonyms; a key map turns them back. */
  readonly redacted: readonly ValueClass[];
  /** Whether it came with the CloudTrail events behind its insights. */
  readonly hasEvents: boolean;
}

/** An analysis on the page, with the name and id it is stored under. */
export interface OpenAnalysis extends Omit<Analysis, 'recorded'> {
  readonly id: string;
  readonly name: string;
  /** False when this browser refused to store it: it is gone with the page. */
  readonly stored: boolean;
  /** Ours by severity, then those that AWS alone recorded. */
  readonly insights: readonly ListedInsight[];
  /** Absent of one made of logs here. */
  readonly received?: Received;
  /** Its logs are still being read: what is found may change, and nothing is stored. */
  readonly isSoFar?: boolean;
}

/** An analysis as the page gets it. */
export function toOpenAnalysis(
  { id, name }: Pick<AnalysisSummary, 'id' | 'name'>,
  analysis: Analysis,
  stored: boolean,
): OpenAnalysis {
  const { table, presence, coverage, ledger, settings, fileHours } = analysis;
  return {
    table,
    presence,
    coverage,
    ledger,
    settings,
    fileHours,
    insights: listedOf(analysis),
    id,
    name,
    stored,
    ...(isShared(analysis) && {
      received: {
        isPartial: isPartial(analysis),
        redacted: analysis.shared.redacted,
        hasEvents: analysis.shared.events.length > 0,
      },
    }),
  };
}

/** On its way to the page, its table as copies: those need no memory for a form between. */
export function forPage(open: OpenAnalysis): HandedOver<OpenAnalysis> {
  const { callers, apiStart, minute, errorCode, caller, calls } = open.table;
  const columns = {
    callers: {
      userIdentityArn: callers.userIdentityArn.slice(),
      userAgent: callers.userAgent.slice(),
      sourceIPAddress: callers.sourceIPAddress.slice(),
      accessKeyId: callers.accessKeyId.slice(),
    },
    apiStart: apiStart.slice(),
    minute: minute.slice(),
    errorCode: errorCode.slice(),
    caller: caller.slice(),
    calls: calls.slice(),
  };
  const { callers: ofCallers, ...ofRows } = columns;
  return handOver(
    { ...open, table: { ...open.table, ...columns } },
    [...Object.values(ofCallers), ...Object.values(ofRows)].map(({ buffer }) => buffer),
  );
}

const listed = new WeakMap<Analysis, readonly ListedInsight[]>();

/** Its insights beside those AWS recorded; made once, as AWS's records may be many. */
export function listedOf(analysis: Analysis): readonly ListedInsight[] {
  const before = listed.get(analysis);
  if (before) return before;
  const texts = isShared(analysis) ? analysis.shared.recorded : (analysis.recorded ?? []);
  const made = listedInsights(analysis.insights, parseRecordedInsights(texts).insights);
  listed.set(analysis, made);
  return made;
}

/** What the start screen lists of an analysis. */
export function summaryOf(
  { id, name, createdAt }: Pick<AnalysisSummary, 'id' | 'name' | 'createdAt'>,
  analysis: Analysis,
): AnalysisSummary {
  const { ledger, coverage } = analysis;
  const earliest = coverage.map(({ start }) => start).sort((a, b) => a - b)[0];
  const latest = coverage.map(({ end }) => end).sort((a, b) => b - a)[0];
  return {
    id,
    name,
    createdAt,
    events: ledger.records.in,
    insights: listedOf(analysis).length,
    start: earliest ?? null,
    end: latest ?? null,
  };
}
