import type { ActivityTable } from '../activity/activityTable';
import type { SeriesOptions } from '../activity/callSeries';
import type { Coverage } from '../activity/coverage';
import { filterRows } from '../activity/filterRows';
import { EventSort } from '../cloudtrail/classify';
import type { DetectionSettings, ExcludedSpan, Mute } from './settings';
import { indexOfMinute } from './statistics';

/** The table that is judged: without what is muted or in a span left out, and without sorts of event switched off. */
export function judgedTable(
  table: ActivityTable,
  { mutes, excludedSpans, serviceEvents, signIns }: DetectionSettings,
): ActivityTable {
  const mutesOn = mutes.filter(isOn);
  const edges = edgesOf(excludedSpans);
  if (mutesOn.length + edges.length === 0 && serviceEvents && signIns) return table;
  const muting = mutesOn.map((mute) => matcherOf(table, mute));
  const isSwitchedOff = (api: number) =>
    (!serviceEvents && table.apis.sort[api] === EventSort.serviceEvent) ||
    (!signIns && table.apis.sort[api] === EventSort.signIn);
  /** A row lies in a span when an odd number of edges stands at or before its minute. */
  const isInSpan = (row: number) =>
    edges.length > 0 && indexOfMinute(edges, table.minute[row] + 1) % 2 === 1;
  return filterRows(
    table,
    (api, row) =>
      !isSwitchedOff(api) && !isInSpan(row) && !muting.some((matches) => matches(api, row)),
  );
}

/** Start and end of each span that is on, joined where they overlap, ascending. */
const edgesOf = (spans: readonly ExcludedSpan[]): Uint32Array =>
  Uint32Array.from(
    joined(
      spans
        .filter(isOn)
        .filter(({ start, end }) => start < end)
        .map(({ start, end }) => [start, end]),
    ).flat(),
  );

const isOn = ({ off }: Mute | ExcludedSpan): boolean => off !== true;

/** Calls that a mute leaves out of a table while it is on; reads that succeeded only with `readEvents`. */
export const callsMutedBy = (
  table: ActivityTable,
  mute: Mute,
  options: SeriesOptions = { readEvents: false },
): number => callsThatCount(table, options, matcherOf(table, mute));

/** Calls of all rows that pass and count towards some series: of writes, failed ones, and with `readEvents` all. */
export function callsThatCount(
  table: ActivityTable,
  { readEvents }: SeriesOptions,
  passes: (api: number, row: number) => boolean = () => true,
): number {
  const { apis, apiStart, errorCode } = table;
  let calls = 0;
  for (let api = 0; api + 1 < apiStart.length; api++) {
    const all = readEvents || apis.readOnly[api] === 0;
    for (let row = apiStart[api]; row < apiStart[api + 1]; row++) {
      if ((all || errorCode[row] !== 0) && passes(api, row)) calls += table.calls[row];
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
