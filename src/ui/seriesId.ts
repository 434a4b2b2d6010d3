import type { SeriesKey } from '../core/activity/callSeries';

const ids = new WeakMap<SeriesKey, string>();

/** Field by field as JSON: names out of logs cannot run into each other. Made once for a key. */
export function seriesId(key: SeriesKey): string {
  const known = ids.get(key);
  if (known !== undefined) return known;
  const { recipientAccountId, awsRegion, eventSource, eventName, errorCode = null } = key;
  const id = JSON.stringify([recipientAccountId, awsRegion, eventSource, eventName, errorCode]);
  ids.set(key, id);
  return id;
}
