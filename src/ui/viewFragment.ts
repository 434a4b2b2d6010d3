import type { TimeZone } from './format';

/** What the URL fragment holds: ids and the time zone, never anything out of the logs. */
export interface View {
  readonly analysis: string | null;
  /** `sharedEventID` of the chosen insight. */
  readonly insight: string | null;
  readonly zone: TimeZone | null;
}

const zoneOf = (text: string | null): TimeZone | null =>
  text === 'UTC' || text === 'local' ? text : null;

/** `analysis=…&insight=…&zone=local`; what is missing or unknown is null. */
export function parseFragment(fragment: string): View {
  const fields = new URLSearchParams(fragment);
  return {
    analysis: fields.get('analysis') || null,
    insight: fields.get('insight') || null,
    zone: zoneOf(fields.get('zone')),
  };
}

/** The fragment without its `#`; empty for the start screen. */
export function formatFragment({ analysis, insight, zone }: View): string {
  const fields = new URLSearchParams();
  if (analysis) fields.set('analysis', analysis);
  if (insight) fields.set('insight', insight);
  if (zone === 'local') fields.set('zone', zone);
  return fields.toString();
}
