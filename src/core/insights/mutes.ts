import type { ActivityTable } from '../activity/activityTable';
import type { Coverage } from '../activity/coverage';
import { filterRows } from '../activity/filterRows';
import { EventSort } from '../cloudtrail/classify';
import type { DetectionSettings, ExcludedSpan, Mute } from './settings';

/** The table that is judged: without what is muted, and without the sorts of event that are switched off. */
export function judgedTable(
  table: ActivityTable,
  { mutes, serviceEvents, signIns }: DetectionSettings,
): ActivityTable {
  const on = mutes.filter(isOn);
  if (on.length === 0 && serviceEvents && signIns) return table;
  const muting = on.map((mute) => matcherOf(table, mute));
  const isSwitchedOff = (api: number) =>
    (!serviceEvents && table.apis.sort[api] === EventSort.serviceEvent) ||
    (!signIns && table.apis.sort[api] === EventSort.signIn);
  return filterRows(
    table,
    (api, row) => !isSwitchedOff(api) && !muting.some((matches) => matches(api, row)),
  );
}

const isOn = ({ off }: Mute | ExcludedSpan): boolean => off !== true;

/** Calls that a mute leaves out of a table while it is on. */
export function callsMutedBy(table: ActivityTable, mute: Mute): number {
  const matches = matcherOf(table, mute);
  let calls = 0;
  for (let api = 0; api + 1 < table.apiStart.length; api++) {
    for (let row = table.apiStart[api]; row < table.apiStart[api + 1]; row++) {
      if (matches(api, row)) calls += table.calls[row];
    }
  }
  return calls;
}

/** Whether a row has all values that a mute gives; a mute that gives none matches nothing. */
function matcherOf(table: ActivityTable, mute: Mute): (api: number, row: number) => boolean {
  const { apis, callers, caller, strings } = table;
  const refOf = new Map(strings.map((text, ref) => [text, ref]));
  const wanted = (names: readonly (ApiName | CallerName)[]) =>
    names.flatMap((name) => {
      const value = mute[name];
      return value === undefined ? [] : [{ name, ref: refOf.get(value) ?? -1 }];
    });
  const ofApi = wanted(['recipientAccountId', 'awsRegion', 'eventSource', 'eventName']);
  const ofCaller = wanted(['userIdentityArn', 'userAgent', 'sourceIPAddress']);
  if (ofApi.length + ofCaller.length === 0) return () => false;
  return (api, row) =>
    ofApi.every(({ name, ref }) => apis[name as ApiName][api] === ref) &&
    ofCaller.every(({ name, ref }) => callers[name as CallerName][caller[row]] === ref);
}

type ApiName = 'recipientAccountId' | 'awsRegion' | 'eventSource' | 'eventName';
type CallerName = 'userIdentityArn' | 'userAgent' | 'sourceIPAddress';

/** Coverage in which excluded spans are missing logs: in no average, and no silence. */
export function withoutSpans(coverage: Coverage, spans: readonly ExcludedSpan[]): Coverage {
  const on = spans.filter(isOn);
  if (on.length === 0) return coverage;
  const gaps: [number, number][] = [];
  for (let i = 0; i < coverage.gaps.length; i += 2) {
    gaps.push([coverage.gaps[i], coverage.gaps[i + 1]]);
  }
  for (const { start, end } of on) {
    const from = Math.max(start, coverage.start);
    const to = Math.min(end, coverage.end);
    if (from < to) gaps.push([from, to]);
  }
  return { ...coverage, gaps: Uint32Array.from(joined(gaps).flat()) };
}

/** Overlapping and touching spans made one, ascending. */
function joined(spans: [number, number][]): [number, number][] {
  const result: [number, number][] = [];
  for (const [from, to] of spans.sort((a, b) => a[0] - b[0])) {
    const last = result.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else result.push([from, to]);
  }
  return result;
}
