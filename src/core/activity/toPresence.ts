import type { Presence } from './activityTable';
import { ApiColumn, type CallGroups, GroupColumn, Share, shareOf } from './callGroups';
import { leaveToCollector, type Release } from './release';
import type { RowTable } from './rowIndex';
import { gathered, sortedOrder } from './sortRows';

/** Events of the kinds that a trail logs as they happen; Insights and aggregated events come later and in lumps. */
const SHOWS_LOGS: readonly Share[] = [Share.counted, Share.otherManagement, Share.data];

/** Minutes with events by account and Region, in the order of their texts; the groups are sorted by API and minute. */
export function toPresence(
  all: CallGroups,
  strings: readonly string[],
  release = leaveToCollector,
): Presence[] {
  const { api, minute, events } = minutesOfApis(all, release);
  const places = placesOf(all, strings);
  const place = gathered(places.ofApi, api);
  const order = sortedOrder([place, minute], release);
  const presence = split(
    places.sorted,
    gathered(place, order),
    gathered(minute, order),
    gathered(events, order),
  );
  release([api, minute, events, place, order]);
  return presence;
}

/** Events that show logs, by API and minute: a fraction of the groups. */
function minutesOfApis(all: CallGroups, release: Release) {
  const calls = all.callsByGroup();
  const { groups: table } = all;
  const firsts = new Uint32Array(calls.length);
  const events = new Uint32Array(calls.length);
  let minutes = 0;
  for (let group = 0; group < calls.length; group++) {
    if (calls[group] === 0 || !SHOWS_LOGS.includes(shareOf(table.cell(group, GroupColumn.mark))))
      continue;
    if (minutes === 0 || !isSameMinute(table, group, firsts[minutes - 1]))
      firsts[minutes++] = group;
    events[minutes - 1] += calls[group];
  }
  const groups = firsts.subarray(0, minutes);
  const api = table.cells(groups, GroupColumn.api);
  const minute = table.cells(groups, GroupColumn.minute);
  release([firsts]);
  return { api, minute, events: events.subarray(0, minutes) };
}

const isSameMinute = (table: RowTable, a: number, b: number): boolean =>
  table.cell(a, GroupColumn.minute) === table.cell(b, GroupColumn.minute) &&
  table.cell(a, GroupColumn.api) === table.cell(b, GroupColumn.api);

interface Place {
  readonly recipientAccountId: string;
  readonly awsRegion: string;
}

/** Every account and Region in text order, and which of them an API belongs to. */
function placesOf(
  all: CallGroups,
  strings: readonly string[],
): { sorted: Place[]; ofApi: Uint32Array } {
  const account = all.apis.column(ApiColumn.account);
  const region = all.apis.column(ApiColumn.region);
  const keys = Array.from(account, (ref, api) =>
    JSON.stringify([strings[ref], strings[region[api]]]),
  );
  const sortedKeys = [...new Set(keys)].sort();
  const rank = new Map(sortedKeys.map((key, index) => [key, index]));
  return {
    sorted: sortedKeys.map((key) => {
      const [recipientAccountId, awsRegion] = JSON.parse(key) as [string, string];
      return { recipientAccountId, awsRegion };
    }),
    ofApi: Uint32Array.from(keys, (key) => rank.get(key)!),
  };
}

function split(
  places: Place[],
  place: Uint32Array,
  minute: Uint32Array,
  events: Uint32Array,
): Presence[] {
  const presence: Presence[] = [];
  for (let from = 0; from < place.length;) {
    let to = from;
    while (to < place.length && place[to] === place[from]) to++;
    presence.push({
      ...places[place[from]],
      ...perMinute(minute.subarray(from, to), events.subarray(from, to)),
    });
    from = to;
  }
  return presence;
}

/** Sorted minutes made distinct, their events added up. */
function perMinute(minutes: Uint32Array, events: Uint32Array): Pick<Presence, 'minute' | 'events'> {
  const minute: number[] = [];
  const sums: number[] = [];
  minutes.forEach((value, at) => {
    if (minute.at(-1) !== value) {
      minute.push(value);
      sums.push(0);
    }
    sums[sums.length - 1] += events[at];
  });
  return { minute: Uint32Array.from(minute), events: Uint32Array.from(sums) };
}
