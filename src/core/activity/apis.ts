import type { ActivityTable } from './activityTable';
import type { SeriesKey } from './callSeries';

/**
 * The APIs of a table whose rows belong to a series: for a call series the write APIs of that name (the read ones where
 * it is only logged as a read); for an error series both, since AWS counts errors of both.
 */
export function apisOf(table: ActivityTable, key: SeriesKey): number[] {
  const { apis, strings } = table;
  const found: number[] = [];
  for (let api = 0; api < apis.eventName.length; api++) {
    if (
      strings[apis.eventName[api]] === key.eventName &&
      strings[apis.eventSource[api]] === key.eventSource &&
      strings[apis.awsRegion[api]] === key.awsRegion &&
      strings[apis.recipientAccountId[api]] === key.recipientAccountId
    ) {
      found.push(api);
    }
  }
  return key.errorCode === undefined ? calledApis(table, found) : found;
}

/** What a call series is made of: the write APIs of the name; the read ones where it is only logged as a read. */
export function calledApis({ apis }: ActivityTable, named: readonly number[]): number[] {
  const writes = named.filter((api) => apis.readOnly[api] === 0);
  return writes.length > 0 ? writes : [...named];
}
