import type { ActivityPart } from './activityPart';
import { gathered, sortedRows } from './sortRows';

/**
 * The same counts with APIs, callers and groups in the order `mergeActivity` wants them in. Readers do it, at the same
 * time: what is left to the one that merges is to walk sorted rows side by side.
 */
export function sortPart(part: ActivityPart): ActivityPart {
  const apis = sortedRows(part.apis);
  const callers = sortedRows(part.callers);
  const [mark, api, minute, errorCode, caller] = part.groups;
  const groups = sortedRows([
    gathered(apis.rank, api),
    minute,
    errorCode,
    gathered(callers.rank, caller),
    mark,
  ]);
  const [sortedApi, sortedMinute, sortedErrorCode, sortedCaller, sortedMark] = groups.columns;
  const calls = new Uint32Array(part.calls.length);
  for (let group = 0; group < calls.length; group++) calls[groups.rank[group]] = part.calls[group];
  return {
    ...part,
    apis: [...apis.columns],
    callers: [...callers.columns],
    groups: [sortedMark, sortedApi, sortedMinute, sortedErrorCode, sortedCaller],
    calls,
    ids: { ...part.ids, group: gathered(groups.rank, part.ids.group) },
  };
}
