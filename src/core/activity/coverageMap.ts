import type { Presence } from './activityTable';
import type { Coverage, LostFile } from './coverage';
import { FileHourCounter, type FileHours, hourOfDelivery } from './fileHours';
import { MINUTES_PER_HOUR } from './minute';

/** What the logs say of one hour, from best to worst. */
export const HourState = {
  /** Before the first log or behind the last one. */
  outside: 0,
  /** Logs reach over it, and nothing happened. */
  quiet: 1,
  covered: 2,
  /** Logs are missing in a part of it. */
  partly: 3,
  missing: 4,
  /** A log file of this hour was there by its name and could not be read, and there are no events. */
  lost: 5,
} as const;
export type HourState = (typeof HourState)[keyof typeof HourState];

/** One account and Region, hour by hour. */
export interface ScopeHours {
  readonly recipientAccountId: string;
  readonly awsRegion: string;
  /** De-duplicated events of every kind. */
  readonly events: Uint32Array;
  readonly files: Uint32Array;
  /** Files that were there and could not be read. */
  readonly lost: Uint32Array;
  /** `HourState` */
  readonly state: Uint8Array;
}

/** Account × Region × hour. */
export interface CoverageMap {
  /** Hours since the epoch; all scopes begin there and have as many hours. */
  readonly firstHour: number;
  readonly hours: number;
  readonly scopes: readonly ScopeHours[];
}

export interface Covered {
  readonly presence: readonly Presence[];
  readonly coverage: readonly Coverage[];
  readonly fileHours: readonly FileHours[];
  /** Log files that could not be read, by their names. */
  readonly lost: readonly LostFile[];
}

/** Fifty scopes over two years are less than a million; what is more ends at the last hour. */
const MOST_CELLS = 4_000_000;

type Place = Pick<Presence, 'recipientAccountId' | 'awsRegion'>;
const keyOf = ({ recipientAccountId, awsRegion }: Place): string =>
  JSON.stringify([recipientAccountId, awsRegion]);
const hourOf = (minute: number): number => Math.floor(minute / MINUTES_PER_HOUR);

/** The logs by account, Region and hour: events, files, and where logs are missing. */
export function coverageMapOf({ presence, coverage, fileHours, ...named }: Covered): CoverageMap {
  const lost = lostByHour(named.lost);
  const keys = [...new Set([...presence, ...fileHours, ...lost].map(keyOf))].sort();
  const all = [...presence.map(({ minute }) => minute)].filter(({ length }) => length > 0);
  const ends = [
    ...all.flatMap((minutes) => [hourOf(minutes[0]), hourOf(minutes[minutes.length - 1])]),
    ...[...fileHours, ...lost].flatMap(({ hour }) => [hour[0], hour[hour.length - 1]]),
  ];
  const last = ends.reduce((a, b) => Math.max(a, b), 0);
  const earliest = last - Math.floor(MOST_CELLS / Math.max(1, keys.length)) + 1;
  const firstHour = ends.reduce((a, b) => Math.min(a, b), Infinity);
  const span = { firstHour: Math.max(earliest, Math.min(firstHour, last)), last };
  const of = <T extends Place>(list: readonly T[], key: string) =>
    list.find((each) => keyOf(each) === key);
  const scopes = keys.map((key) => {
    const [recipientAccountId, awsRegion] = JSON.parse(key) as [string, string];
    const events = eventsByHour(of(presence, key), span);
    const files = filesByHour(of(fileHours, key), span);
    const lostFiles = filesByHour(of(lost, key), span);
    const state = statesOf(events, lostFiles, of(coverage, key), span.firstHour);
    return { recipientAccountId, awsRegion, events, files, lost: lostFiles, state };
  });
  return {
    firstHour: span.firstHour,
    hours: keys.length === 0 ? 0 : last - span.firstHour + 1,
    scopes,
  };
}

function lostByHour(files: readonly LostFile[]): FileHours[] {
  const lost = new FileHourCounter();
  for (const { deliveredAt, ...place } of files) {
    const hour = hourOfDelivery(deliveredAt);
    lost.add(place, hour, hour);
  }
  return lost.finish();
}

interface HourSpan {
  readonly firstHour: number;
  readonly last: number;
}

function eventsByHour(presence: Presence | undefined, { firstHour, last }: HourSpan): Uint32Array {
  const events = new Uint32Array(last - firstHour + 1);
  presence?.minute.forEach((minute, i) => {
    const hour = hourOf(minute) - firstHour;
    if (hour >= 0) events[hour] += presence.events[i];
  });
  return events;
}

function filesByHour(files: FileHours | undefined, { firstHour, last }: HourSpan): Uint32Array {
  const counts = new Uint32Array(last - firstHour + 1);
  files?.hour.forEach((hour, i) => {
    if (hour >= firstHour) counts[hour - firstHour] = files.files[i];
  });
  return counts;
}

function statesOf(
  events: Uint32Array,
  lost: Uint32Array,
  coverage: Coverage | undefined,
  firstHour: number,
): Uint8Array {
  const missing = missingMinutes(events.length, coverage, firstHour);
  const from = coverage ? hourOf(coverage.start) - firstHour : Infinity;
  const to = coverage ? hourOf(coverage.end) - firstHour : -Infinity;
  return Uint8Array.from(events, (count, hour) => {
    if (count === 0 && lost[hour] > 0) return HourState.lost;
    if (missing[hour] > 0) return count === 0 ? HourState.missing : HourState.partly;
    if (count > 0) return HourState.covered;
    return hour >= from && hour <= to ? HourState.quiet : HourState.outside;
  });
}

function missingMinutes(
  hours: number,
  coverage: Coverage | undefined,
  firstHour: number,
): Uint8Array {
  const missing = new Uint8Array(hours);
  const { gaps } = coverage ?? { gaps: [] };
  for (let i = 0; i < gaps.length; i += 2) {
    for (let minute = gaps[i]; minute < gaps[i + 1];) {
      const end = Math.min(gaps[i + 1], (hourOf(minute) + 1) * MINUTES_PER_HOUR);
      missing[hourOf(minute) - firstHour] += end - minute;
      minute = end;
    }
  }
  return missing;
}
