import { LONGEST_STRING } from '../../core/activity/dictionary';
import { encodeUtf8 } from '../../core/activity/utf8';
import { userIdentityLabel } from '../../core/cloudtrail/userIdentity';
import type { Muted } from '../settings/leftOut';
import { formatClock, formatWallTime, type TimeZone } from '../format';

/** What the list of records can be narrowed by, a value at a time. */
export const EVENT_FIELDS = [
  'eventName',
  'identity',
  'sourceIPAddress',
  'userAgent',
  'errorCode',
] as const;
export type EventField = (typeof EVENT_FIELDS)[number];

/** One record as the list shows it. All of it is hostile text. */
export interface EventRow extends Readonly<Record<EventField, string>> {
  readonly eventTime: string;
  readonly eventSource: string;
  /** Who called as Insights attributes it, without the session. */
  readonly caller: string;
  readonly errorMessage: string;
  /** JSON on one line; empty where there are none. */
  readonly requestParameters: string;
  /** The record as it stands in its file. */
  readonly text: string;
}

type Members = Readonly<Record<string, unknown>>;

/** A record's text as a row; what is no text where text belongs shows as JSON, what is missing as nothing. */
export function toEventRow(text: string): EventRow {
  const record = membersOf(parsed(text));
  const { requestParameters } = record;
  const userIdentity = membersOf(record.userIdentity);
  return {
    eventTime: wordOf(record.eventTime),
    eventSource: wordOf(record.eventSource),
    caller: callerOf(userIdentity),
    eventName: wordOf(record.eventName),
    identity: wordOf(userIdentity.arn) || callerOf(userIdentity),
    sourceIPAddress: wordOf(record.sourceIPAddress),
    userAgent: wordOf(record.userAgent),
    errorCode: wordOf(record.errorCode),
    errorMessage: wordOf(record.errorMessage),
    requestParameters: requestParameters == null ? '' : JSON.stringify(requestParameters),
    text,
  };
}

/** As Insights attributes a call: the session name, which a person asks for, is left out. */
function callerOf(identity: Members): string {
  const issuer = membersOf(membersOf(identity.sessionContext).sessionIssuer);
  const [type, arn, accountId, invokedBy, userName, principalId] = [
    identity.type,
    identity.arn,
    identity.accountId,
    identity.invokedBy,
    identity.userName,
    identity.principalId,
  ].map(wordOf);
  const sessionIssuerArn = wordOf(issuer.arn);
  return userIdentityLabel({
    type,
    arn,
    accountId,
    invokedBy,
    userName,
    principalId,
    sessionIssuerArn,
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const membersOf = (value: unknown): Members =>
  typeof value === 'object' && value !== null ? (value as Members) : {};

const wordOf = (value: unknown): string =>
  value == null ? '' : typeof value === 'string' ? value : JSON.stringify(value);

/** Rows with any of the chosen values of every field that has some chosen, and with every word of the text. */
export function filterEvents(
  rows: readonly EventRow[],
  chosen: readonly Choice[],
  text: string,
): readonly EventRow[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const fields = [...new Set(chosen.map(({ field }) => field))];
  const wanted = fields.map(
    (field) =>
      [
        field,
        new Set(chosen.filter((each) => each.field === field).map(({ value }) => value)),
      ] as const,
  );
  return rows.filter((row) => {
    if (!wanted.every(([field, values]) => values.has(row[field]))) return false;
    const record = words.length > 0 ? row.text.toLowerCase() : '';
    return words.every((word) => record.includes(word));
  });
}

/** One value that rows must have. */
export interface Choice {
  readonly field: EventField;
  readonly value: string;
}

export const isChosen = (chosen: readonly Choice[], { field, value }: Choice): boolean =>
  chosen.some((each) => each.field === field && each.value === value);

/** With the choice, or without it where it was there. */
export const toggled = (chosen: readonly Choice[], choice: Choice): readonly Choice[] =>
  isChosen(chosen, choice)
    ? chosen.filter(({ field, value }) => field !== choice.field || value !== choice.value)
    : [...chosen, choice];

/** `23:59:07` on the wall clock of the zone; what is no time as it is. */
export function formatSecond(eventTime: string, zone: TimeZone): string {
  const time = Date.parse(eventTime);
  if (Number.isNaN(time)) return eventTime;
  return `${formatClock(time / 60_000, zone)}:${secondOf(time)}`;
}

/** `2026-01-31 23:59:07`, the same with its day. */
export function formatDaySecond(eventTime: string, zone: TimeZone): string {
  const time = Date.parse(eventTime);
  return Number.isNaN(time)
    ? eventTime
    : `${formatWallTime(time / 60_000, zone)}:${secondOf(time)}`;
}

const secondOf = (time: number): string => new Date(time).toISOString().slice(17, 19);

/** What leaves out all calls with a record's value; null where calls are not known by it. */
export function mutedBy(row: EventRow, field: EventField): Muted | null {
  const { eventSource, eventName, caller, sourceIPAddress, userAgent } = row;
  const muted: Record<EventField, Muted | null> = {
    eventName: { eventSource, eventName },
    identity: { userIdentityArn: caller },
    sourceIPAddress: { sourceIPAddress },
    userAgent: { userAgent },
    errorCode: null,
  };
  const isWhole = (value: string) => encodeUtf8(value).length <= LONGEST_STRING;
  const wanted = muted[field];
  return wanted && Object.values(wanted).every(isWhole) ? wanted : null;
}

/** All records as one log file, as CloudTrail delivers them. */
export const toLogFile = (rows: readonly EventRow[]): string =>
  `{"Records":[\n${rows
    .filter(({ text }) => parsed(text) !== null)
    .map(({ text }) => text)
    .join(',\n')}\n]}\n`;

/** Both lists as one, in order of time; each is in that order already. */
export const inOrder = (rows: readonly EventRow[]): readonly EventRow[] =>
  rows.toSorted((a, b) => (a.eventTime < b.eventTime ? -1 : a.eventTime > b.eventTime ? 1 : 0));

/** Longer cells are cut by the page's edge anyway; a record may hold half a million characters. */
const MOST_CHARACTERS = 240;

export const cut = (text: string): string =>
  text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;
