import type { ActivityPart } from './activityPart';
import { leaveToCollector } from './release';
import { ranked, replaced, sortedRows } from './sortRows';

/**
 * The same counts with APIs, callers and groups in the order `mergeActivity` wants them in. Readers do it, at the same
 * time: what is left to the one that merges is to walk sorted rows side by side. The part given is spent.
 */
export function sortPart(part: ActivityPart, release = leaveToCollector): ActivityPart {
  const toRanked = (rank: Uint32Array | null, numbers: Uint32Array) =>
    replaced(numbers, ranked(rank, numbers), release);
  const apis = sortedRows(part.apis);
  const callers = sortedRows(part.callers, release);
  const [mark, api, minute, errorCode, caller] = part.groups;
  const groups = sortedRows(
    [toRanked(apis.rank, api), minute, errorCode, toRanked(callers.rank, caller), mark],
    release,
  );
  const [sortedApi, sortedMinute, sortedErrorCode, sortedCaller, sortedMark] = groups.columns;
  const calls = callsOf(part.calls, groups.rank);
  release([part.calls]);
  return {
    ...part,
    apis: [...apis.columns],
    callers: [...callers.columns],
    groups: [sortedMark, sortedApi, sortedMinute, sortedErrorCode, sortedCaller],
    calls,
    ids: { ...part.ids, group: toRanked(groups.rank, part.ids.group) },
  };
}

function callsOf(calls: Uint32Array, rank: Uint32Array | null): Uint32Array {
  if (rank === null) return calls.slice();
  const sorted = new Uint32Array(calls.length);
  for (let group = 0; group < sorted.length; group++) sorted[rank[group]] = calls[group];
  return sorted;
}
