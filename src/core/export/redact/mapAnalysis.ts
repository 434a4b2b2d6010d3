import type { Duplicates } from '../../activity/duplicates';
import type { Analysis } from '../../analysis';
import type { Attribution } from '../../cloudtrail/insightsEvent';
import type { Insight } from '../../insights/insight';
import type { DetectionSettings, Mute } from '../../insights/settings';
import { sharedEventIDOf } from '../../insights/toInsightsEvents';
import type { Ledger } from '../../ledger';
import { isShared, type SharedParts } from '../shared/sharedAnalysis';
import { bySeverity } from '../records';
import { mapTable } from './mapTable';
import { mapIdentity, type ValueMap } from './values';

/**
 * An analysis in which every value that could name somebody or something went through `map`. All exports are made of an
 * analysis, so that what does not stand in it cannot stand in any of them.
 */
export function mapAnalysis<A extends Analysis>(analysis: A, map: ValueMap): A {
  const idOf = new Map<string, string>();
  const insights = analysis.insights.map((insight) => {
    const mapped = mapInsight(insight, map);
    idOf.set(insight.sharedEventID, mapped.sharedEventID);
    return mapped;
  });
  const account = <T extends { readonly recipientAccountId: string }>(of: T): T => ({
    ...of,
    recipientAccountId: map.value('accountIds', of.recipientAccountId),
  });
  return {
    ...analysis,
    table: mapTable(analysis.table, map),
    presence: analysis.presence.map(account),
    coverage: analysis.coverage.map(account),
    ...(analysis.fileHours && { fileHours: analysis.fileHours.map(account) }),
    ledger: mapLedger(analysis.ledger, map),
    settings: mapSettings(analysis.settings, map),
    insights: insights.sort(bySeverity),
    ...(analysis.recorded && { recorded: analysis.recorded.map((json) => map.record(json)) }),
    ...(isShared(analysis) ? { shared: mapShared(analysis.shared, idOf, map) } : {}),
  };
}

/** Ids of insights are computed from the account id, and would tell it to whoever tries all of them. */
function mapInsight(insight: Insight, map: ValueMap): Insight {
  const recipientAccountId = map.value('accountIds', insight.key.recipientAccountId);
  const key = { ...insight.key, recipientAccountId };
  const isSame = recipientAccountId === insight.key.recipientAccountId;
  return {
    ...insight,
    key,
    sharedEventID: isSame
      ? insight.sharedEventID
      : sharedEventIDOf(key, insight.insightType, insight.start),
    attributions: insight.attributions.map((each) => mapAttribution(each, map)),
    startAttributions: insight.startAttributions.map((each) => mapAttribution(each, map)),
  };
}

function mapAttribution({ attribute, insight, baseline }: Attribution, map: ValueMap): Attribution {
  const mapped = (value: string) => {
    if (attribute === 'userIdentityArn') return mapIdentity(value, map);
    return attribute === 'userAgent' ? map.value('userAgents', value) : value;
  };
  const list = (values: Attribution['insight']) =>
    values.map(({ value, average }) => ({ value: mapped(value), average }));
  return { attribute, insight: list(insight), baseline: list(baseline) };
}

/** Names of files and of archives may hold anything. */
const mapLedger = (ledger: Ledger, map: ValueMap): Ledger => ({
  ...ledger,
  skipped: ledger.skipped.map((file) => ({
    ...file,
    name: map.text(file.name),
    detail: map.text(file.detail),
  })),
  notes: ledger.notes.map(({ name, detail }) => ({
    name: map.text(name),
    detail: map.text(detail),
  })),
  ...(ledger.duplicates && { duplicates: mapDuplicates(ledger.duplicates, map) }),
});

const mapDuplicates = ({ pairs, others }: Duplicates, map: ValueMap): Duplicates => ({
  pairs: pairs.map(({ sources: [a, b], records }) => ({
    sources: [map.text(a), map.text(b)],
    records,
  })),
  others,
});

/** Mutes name who is left out, and reasons say why in anybody's words. */
function mapSettings(settings: DetectionSettings, map: ValueMap): DetectionSettings {
  const reason = <T extends { readonly reason: string }>(of: T): T => ({
    ...of,
    reason: map.text(of.reason),
  });
  return {
    ...settings,
    mutes: settings.mutes.map((mute) => mapMute(reason(mute), map)),
    excludedSpans: settings.excludedSpans.map(reason),
  };
}

function mapMute(mute: Mute, map: ValueMap): Mute {
  const { recipientAccountId, userIdentityArn, userAgent, sourceIPAddress } = mute;
  return {
    ...mute,
    ...(recipientAccountId && { recipientAccountId: map.value('accountIds', recipientAccountId) }),
    ...(userIdentityArn && { userIdentityArn: mapIdentity(userIdentityArn, map) }),
    ...(userAgent && { userAgent: map.value('userAgents', userAgent) }),
    ...(sourceIPAddress && { sourceIPAddress: map.value('ipAddresses', sourceIPAddress) }),
  };
}

function mapShared(
  { scope, redacted, bands, events, recorded }: SharedParts,
  idOf: ReadonlyMap<string, string>,
  map: ValueMap,
): SharedParts {
  const id = <T extends { readonly sharedEventID: string }>(of: T): T => ({
    ...of,
    sharedEventID: idOf.get(of.sharedEventID) ?? of.sharedEventID,
  });
  return {
    scope,
    redacted,
    bands: bands.map(id),
    events: events.map((each) => ({
      ...id(each),
      records: each.records.map((record) => map.record(record)),
    })),
    recorded: recorded.map((record) => map.record(record)),
  };
}
