import type { Analysis } from '../analysis';
import type { Insight } from '../insights/insight';
import { inTimeOrder, recordsOf } from './records';
import { settingsMember } from './shared/settingsMember';
import { SCHEMA_VERSION } from './shared/schema';
import {
  toSharedAnalysis,
  type ExpectedBand,
  type ShareChoice,
  type SharedAnalysis,
} from './shared/sharedAnalysis';
import { coverageMember, tableMember } from './shared/tableMember';

/**
 * Insights JSON: `Records` holds Start and End records exactly as AWS shapes them, sorted by time; the further member
 * `trailglass` holds what AWS's records have no place for, see FORMAT.md. `importShared` reads it again. The same analysis
 * gives the same bytes.
 */
export function insightsJson(analysis: Analysis, choice: ShareChoice = {}): string {
  const shared = toSharedAnalysis(analysis, choice);
  const members = {
    Records: recordsOf(shared.insights),
    trailglass: trailglassMember(shared),
  };
  return `${format(members, 2)}\n`;
}

function trailglassMember(analysis: SharedAnalysis) {
  const { settings, ledger, insights, coverage, table } = analysis;
  const { scope, redacted, bands, events, recorded } = analysis.shared;
  const bandOf = new Map(bands.map((band) => [band.sharedEventID, band]));
  return {
    schemaVersion: SCHEMA_VERSION,
    scope,
    ...(redacted.length > 0 ? { redacted } : {}),
    settings: settingsMember(settings),
    ledger: { files: ledger.files, records: ledger.records, bytes: ledger.bytes },
    coverage: coverage.map(coverageMember),
    insights: inTimeOrder(insights).map((insight) =>
      insightMember(insight, bandOf.get(insight.sharedEventID)),
    ),
    table: tableMember(table),
    events: events.map(({ sharedEventID, leftOut, records }) => ({
      sharedEventID,
      leftOut,
      records,
    })),
    recorded,
  };
}

/** Keyed to its records by `sharedEventID`; of an insight without an End record, what that would have told. */
function insightMember(insight: Insight, band: ExpectedBand | undefined) {
  const { sharedEventID, direction, severity, history, ongoing, coveredBaseline } = insight;
  const { end, statistics, attributions } = insight;
  return {
    sharedEventID,
    direction,
    severity,
    history,
    shortHistory: history !== 'usual',
    ongoing,
    coveredBaseline,
    explanation: insight.explanation,
    ...(ongoing ? { open: { end, statistics, attributions } } : {}),
    ...(band ? { band: bandMember(band) } : {}),
  };
}

/** JSON has no Infinity: where no count can be unusual stands null. */
const bandMember = ({ from, level, upper }: ExpectedBand) => ({
  from,
  level: Array.from(level),
  upper: Array.from(upper, (count) => (Number.isFinite(count) ? count : null)),
});

/** Lists of the outer levels one entry a line, everything inside on its line: fit for reading, `diff` and `grep`. */
function format(value: unknown, levels: number): string {
  if (levels > 0 && Array.isArray(value) && value.length > 0) {
    return `[\n${value.map((item) => JSON.stringify(item)).join(',\n')}\n]`;
  }
  if (levels === 0 || typeof value !== 'object' || value === null || Array.isArray(value)) {
    return JSON.stringify(value);
  }
  const members = Object.entries(value).map(
    ([name, member]) =>
      `${JSON.stringify(name)}: ${format(member, levels - 1 + listLevel(member))}`,
  );
  return `{\n${members.join(',\n')}\n}`;
}

const listLevel = (member: unknown): number => (Array.isArray(member) ? 1 : 0);
