import type { ActivityTable } from '../../activity/activityTable';
import type { Coverage } from '../../activity/coverage';
import { checked, parseForeignJson, RefusedJson, shown } from '../../foreignJson';
import { bySeverity } from '../records';
import type { Insight } from '../../insights/insight';
import { SCHEMA_VERSION, TrailglassMember } from './schema';
import { recordedOnly } from './recordedOnly';
import type { SharedAnalysis } from './sharedAnalysis';
import { scopeOf } from './spans';
import { ownRecords, toBand, toInsight } from './toInsight';
import { toCoverage, toTable } from './toTable';

/**
 * A shared file as an analysis the page can show: what `insightsJson` wrote, or a file of Insights records that AWS wrote,
 * which then stand in `shared.recorded`. Throws `RefusedJson`, with path and value in its message, for anything else.
 */
export function importShared(text: string): SharedAnalysis {
  const value = parseForeignJson(text);
  const file = isObject(value) ? value : {};
  return file.trailglass === undefined
    ? recordedOnly(text)
    : fromTrailglass(file.Records, file.trailglass);
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Later versions of this file read earlier ones; a version from the future is named as such. */
function refuseOtherVersions(member: unknown): void {
  const version = isObject(member) ? member.schemaVersion : undefined;
  if (typeof version === 'number' && version > SCHEMA_VERSION) {
    throw new RefusedJson(
      `trailglass.schemaVersion: expected ${SCHEMA_VERSION}, found ${shown(version)}: a newer Trailglass wrote this file.`,
    );
  }
}

function fromTrailglass(records: unknown, trailglass: unknown): SharedAnalysis {
  refuseOtherVersions(trailglass);
  const member = checked(TrailglassMember, trailglass, 'trailglass');
  const own = ownRecords(records, new Set(member.insights.map((each) => each.sharedEventID)));
  const insights = member.insights.map((insight, index) => toInsight(insight, index, own));
  const table = toTable(member.table);
  const coverage = member.coverage.map(toCoverage);
  refuseUncovered(insights, table, coverage);
  return {
    table,
    presence: [],
    coverage,
    ledger: { ...member.ledger, skipped: [], notes: [] },
    settings: member.settings,
    insights: insights.toSorted(bySeverity),
    shared: {
      scope: member.scope,
      redacted: member.redacted,
      bands: member.insights.flatMap(toBand),
      events: member.events,
      recorded: member.recorded,
    },
  };
}

/** The page looks up the coverage of every series it shows. */
function refuseUncovered(
  insights: readonly Insight[],
  { apis, strings }: ActivityTable,
  coverage: readonly Coverage[],
): void {
  const covered = new Set(coverage.map(scopeOf));
  const scopes = Array.from(apis.recipientAccountId, (account, api) => ({
    recipientAccountId: strings[account],
    awsRegion: strings[apis.awsRegion[api]],
  }));
  for (const scope of [...insights.map(({ key }) => key), ...scopes]) {
    if (covered.has(scopeOf(scope))) continue;
    throw new RefusedJson(
      `trailglass.coverage: expected an entry for account ${shown(scope.recipientAccountId)} and Region ${shown(scope.awsRegion)}, found none.`,
    );
  }
}
