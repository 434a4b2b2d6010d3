import type { ActivityTable } from '../../core/activity/activityTable';
import { joinLeftOut } from '../../core/export/mutesFile';
import { JudgedRows } from '../../core/insights/judgedRows';
import type { DetectionSettings, ExcludedSpan, Mute } from '../../core/insights/settings';
import { shortIdentity } from '../insights/insightValues';
import { serviceOf } from '../timeline/words';

/** What a mute matches, without its reason. */
export type Muted = Omit<Mute, 'reason' | 'off'>;

/** The settings with these calls left out; what was switched off is on again. */
export function leaveOut(settings: DetectionSettings, muted: Muted): DetectionSettings {
  const { mutes } = joinLeftOut(settings, {
    mutes: [{ ...muted, reason: '' }],
    excludedSpans: [],
  });
  return { ...settings, mutes: mutes.map((mute) => (isAbout(mute, muted) ? on(mute) : mute)) };
}

/** The settings with these minutes left out. */
export function leaveOutSpan(
  settings: DetectionSettings,
  { start, end }: Pick<ExcludedSpan, 'start' | 'end'>,
): DetectionSettings {
  const { excludedSpans } = joinLeftOut(settings, {
    mutes: [],
    excludedSpans: [{ start, end, reason: '' }],
  });
  return {
    ...settings,
    excludedSpans: excludedSpans.map((span) =>
      span.start === start && span.end === end ? on(span) : span,
    ),
  };
}

/** Without its switch: on is what nothing says. */
export function on<Entry extends Mute | ExcludedSpan>(entry: Entry): Entry {
  const { off: _, ...rest } = entry;
  return rest as Entry;
}

const FIELDS = [
  'userIdentityArn',
  'userAgent',
  'sourceIPAddress',
  'eventName',
  'eventSource',
  'awsRegion',
  'recipientAccountId',
] as const satisfies readonly (keyof Muted)[];

const isAbout = (mute: Mute, muted: Muted): boolean =>
  FIELDS.every((field) => mute[field] === muted[field]);

/** A value of a mute with the word for what it is. */
export interface MutedValue {
  readonly what: string;
  readonly value: string;
}

const WORDS: Record<(typeof FIELDS)[number], string> = {
  userIdentityArn: 'user identity',
  userAgent: 'user agent',
  sourceIPAddress: 'source IP address',
  eventName: 'event name',
  eventSource: 'event source',
  awsRegion: 'Region',
  recipientAccountId: 'account',
};

/** What a mute matches, part by part; an API is one part. Identities stand without what all of an account repeat. */
export function muteWords(mute: Muted): MutedValue[] {
  const { eventSource, eventName } = mute;
  const isApi = eventSource !== undefined && eventName !== undefined;
  const parts = FIELDS.filter(
    (field) => !isApi || (field !== 'eventName' && field !== 'eventSource'),
  )
    .filter((field) => mute[field] !== undefined)
    .map((field) => ({ what: WORDS[field], value: shownAs(field, mute[field]!) }));
  return isApi
    ? [{ what: 'API', value: `${serviceOf(eventSource)} ${eventName}` }, ...parts]
    : parts;
}

const shownAs = (field: (typeof FIELDS)[number], value: string): string =>
  value === '' ? 'none' : field === 'userIdentityArn' ? shortIdentity(value) : value;

/** Calls that would count and are left out: by mutes and spans together, each call once. */
export function callsLeftOut(table: ActivityTable, settings: DetectionSettings): number {
  const rows = new JudgedRows(table, { ...settings, serviceEvents: true, signIns: true });
  return rows.callsLeftOut(settings);
}

/** Calls that one span leaves out while it is on. */
export const callsInSpan = (
  table: ActivityTable,
  settings: DetectionSettings,
  span: ExcludedSpan,
): number => callsLeftOut(table, { ...settings, mutes: [], excludedSpans: [on(span)] });

/** How many mutes and spans are on. */
export const countLeftOut = ({ mutes, excludedSpans }: DetectionSettings): number =>
  [...mutes, ...excludedSpans].filter(({ off }) => off !== true).length;
