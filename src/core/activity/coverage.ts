import type { Presence } from './activityTable';
import { toMinute, type Minute } from './minute';

/** Where the logs of one account and Region reach: silence inside is silence, outside or in a gap it is missing logs. */
export interface Coverage {
  readonly recipientAccountId: string;
  readonly awsRegion: string;
  /** First complete minute. */
  readonly start: Minute;
  /** The minute after the last complete one. */
  readonly end: Minute;
  /** Missing logs inside [start, end): ascending, disjoint, half-open pairs start₀, end₀, start₁, end₁, … */
  readonly gaps: Uint32Array;
  /** From here to `end` files may still be missing: CloudTrail delivers up to about 15 minutes late. */
  readonly incompleteFrom: Minute;
  /** False where the account logs too little (< 1 event in 10 minutes) for a silence to mean anything. */
  readonly silenceMeansSilence: boolean;
}

export type Scope = Pick<Coverage, 'recipientAccountId' | 'awsRegion'>;

const nameOf = ({ recipientAccountId, awsRegion }: Scope): string =>
  JSON.stringify([recipientAccountId, awsRegion]);

/** The coverage of the account and Region of any series in the logs it is of. */
export function coverageByScope(coverage: readonly Coverage[]): (scope: Scope) => Coverage {
  const byName = new Map(coverage.map((each) => [nameOf(each), each]));
  return (scope) => byName.get(nameOf(scope))!;
}

/** A trail's log file that was there, by its name, and could not be read. */
export interface LostFile {
  readonly recipientAccountId: string;
  readonly awsRegion: string;
  readonly deliveredAt: Minute;
}

/** A file's events are at most so much older than its delivery: 3.4 minutes as a rule, 10 at most. */
const LOST_MINUTES = 10;
const DELIVERY_MINUTES = 15;
const SHORTEST_GAP = 15;
const LEAST_EVENTS_PER_MINUTE = 0.1;

/**
 * Where the logs of each account and Region reach, by the events of every kind. A pause much longer than this account
 * and Region ever makes (five times the 99.9th percentile, at least 15 minutes) is missing logs.
 *
 * A Region that logs too little for that shares the span and the gaps of its whole account: a Region nobody uses is
 * silent, not missing, and the first calls there are news.
 *
 * Where a file was lost, the minutes before its delivery that have no events at all are missing too, be they few.
 */
export function coverageOf(
  presence: readonly Presence[],
  lost: readonly LostFile[] = [],
): Coverage[] {
  const accounts = new Map<string, ActiveMinutes>();
  for (const [account, all] of groupByAccount(presence)) accounts.set(account, unionOf(all));
  return presence.map((own) => {
    const account = accounts.get(own.recipientAccountId) ?? own;
    const covered = coverageIn(own, isTelling(own, account) ? own : account);
    const ownLost = lost.filter((file) => nameOf(file) === nameOf(own));
    return ownLost.length === 0 ? covered : withLost(covered, own, ownLost);
  });
}

type ActiveMinutes = Pick<Presence, 'minute' | 'events'>;

function coverageIn(
  { recipientAccountId, awsRegion }: Presence,
  { minute, events }: ActiveMinutes,
): Coverage {
  const first = minute.length > 0 ? minute[0] : 0;
  const last = minute.length > 0 ? minute[minute.length - 1] : 0;
  const start = toMinute(Math.min(first + 1, last));
  const end = toMinute(Math.max(start, last));
  const silenceMeansSilence =
    eventsPerMinute({ minute, events }, end - start) >= LEAST_EVENTS_PER_MINUTE;
  return {
    recipientAccountId,
    awsRegion,
    start,
    end,
    gaps: silenceMeansSilence ? gapsBetween(minute, start, end) : new Uint32Array(0),
    incompleteFrom: toMinute(Math.max(start, end - DELIVERY_MINUTES)),
    silenceMeansSilence,
  };
}

/** Whether a Region logs enough over the account's whole span to tell missing logs from silence by itself. */
function isTelling(own: ActiveMinutes, { minute }: ActiveMinutes): boolean {
  const span = minute.length > 0 ? minute[minute.length - 1] - minute[0] : 0;
  return eventsPerMinute(own, span) >= LEAST_EVENTS_PER_MINUTE;
}

const eventsPerMinute = ({ events }: ActiveMinutes, minutes: number): number =>
  events.reduce((sum, count) => sum + count, 0) / Math.max(1, minutes);

/** Pauses between events that are too long to be silence; their ends are minutes with events. */
function gapsBetween(minute: Uint32Array, start: Minute, end: Minute): Uint32Array {
  const longest = Math.max(SHORTEST_GAP, 5 * usualPause(minute));
  const edges: number[] = [];
  for (let i = 1; i < minute.length; i++) {
    if (minute[i] - minute[i - 1] <= longest) continue;
    edges.push(Math.max(start, minute[i - 1] + 1), Math.min(end, minute[i]));
  }
  return Uint32Array.from(edges);
}

/** The 99.9th percentile of the distances between minutes with events; in short logs without the three longest. */
function usualPause(minute: Uint32Array): number {
  const distances = minute
    .slice(1)
    .map((at, i) => at - minute[i])
    .sort();
  const rank = Math.min(Math.ceil(0.999 * distances.length) - 1, distances.length - 4);
  return distances[Math.max(0, rank)] ?? 0;
}

function withLost(covered: Coverage, { minute }: Presence, lost: readonly LostFile[]): Coverage {
  const active = new Set(minute);
  const missing = new Set<number>();
  for (const { deliveredAt } of lost) {
    for (let at = deliveredAt - LOST_MINUTES; at < deliveredAt; at++) {
      if (at >= covered.start && at < covered.end && !active.has(at)) missing.add(at);
    }
  }
  const { gaps } = covered;
  const spans = Array.from(missing, (at) => [at, at + 1]);
  for (let i = 0; i < gaps.length; i += 2) spans.push([gaps[i], gaps[i + 1]]);
  return { ...covered, gaps: united(spans.sort((a, b) => a[0] - b[0])) };
}

/** Spans sorted by their start, made disjoint. */
function united(spans: readonly number[][]): Uint32Array {
  const edges: number[] = [];
  for (const [start, end] of spans) {
    const last = edges.length - 1;
    if (last > 0 && start <= edges[last]) edges[last] = Math.max(edges[last], end);
    else edges.push(start, end);
  }
  return Uint32Array.from(edges);
}

function groupByAccount(presence: readonly Presence[]): Map<string, Presence[]> {
  const groups = new Map<string, Presence[]>();
  for (const one of presence) {
    const group = groups.get(one.recipientAccountId);
    if (group === undefined) groups.set(one.recipientAccountId, [one]);
    else group.push(one);
  }
  return groups;
}

function unionOf(all: readonly Presence[]): ActiveMinutes {
  const events = new Map<number, number>();
  for (const one of all) {
    one.minute.forEach((minute, i) =>
      events.set(minute, (events.get(minute) ?? 0) + one.events[i]),
    );
  }
  const minute = Uint32Array.from(events.keys()).sort();
  return { minute, events: minute.map((at) => events.get(at) ?? 0) };
}
