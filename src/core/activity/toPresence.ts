import type { Presence } from './activityTable';
import { ApiColumn, type CallGroups, GroupColumn, Share, shareOf } from './callGroups';
import { gathered, rowsWhere, sortedOrder } from './sortRows';

/** Events of the kinds that a trail logs as they happen; Insights and aggregated events come later and in lumps. */
const SHOWS_LOGS: readonly Share[] = [Share.counted, Share.otherManagement, Share.data];

/** Minutes with events by account and Region, in the order of their texts; the groups are sorted by API and minute. */
export function toPresence(all: CallGroups, strings: readonly string[]): Presence[] {
  const { api, minute, events } = minutesOfApis(all);
  const places = placesOf(all, strings);
  const place = gathered(places.ofApi, api);
  const order = sortedOrder([place, minute]);
  return split(
    places.sorted,
    gathered(place, order),
    gathered(minute, order),
    gathered(events, order),
  );
}

/** Events that show logs, by API and minute: a fraction of the groups. */
function minutesOfApis(all: CallGroups) {
  const calls = all.callsByGroup();
  const shows = (group: number) =>
    calls[group] > 0 && SHOWS_LOGS.includes(shareOf(all.groups.cell(group, GroupColumn.mark)));
  const groups = rowsWhere(calls.length, shows);
  const api = all.groups.cells(groups, GroupColumn.api);
  const minute = all.groups.cells(groups, GroupColumn.minute);
  const isFirst = (row: number) =>
    row === 0 || api[row] !== api[row - 1] || minute[row] !== minute[row - 1];
  const firsts = rowsWhere(groups.length, isFirst);
  const events = new Uint32Array(firsts.length);
  for (let row = 0, first = -1; row < groups.length; row++) {
    if (row === firsts[first + 1]) first++;
    events[first] += calls[groups[row]];
  }
  return { api: gathered(api, firsts), minute: gathered(minute, firsts), events };
}

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
