import type { ActivityTable } from './activityTable';
import type { SeriesKey } from './callSeries';

/**
 * The APIs of a table whose rows belong to a series: the write API for a call series; for an error series the write
 * and the read API of that name, since AWS counts errors of both.
 */
export function apisOf(table: ActivityTable, key: SeriesKey): number[] {
  const { apis, strings } = table;
  const found: number[] = [];
  for (let api = 0; api < apis.eventName.length; api++) {
    if (
      (key.errorCode !== undefined || apis.readOnly[api] === 0) &&
      strings[apis.eventName[api]] === key.eventName &&
      strings[apis.eventSource[api]] === key.eventSource &&
      strings[apis.awsRegion[api]] === key.awsRegion &&
      strings[apis.recipientAccountId[api]] === key.recipientAccountId
    ) {
      found.push(api);
    }
  }
  return found;
}
