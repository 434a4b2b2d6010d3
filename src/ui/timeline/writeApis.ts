import type { ActivityTable } from '../../core/activity/activityTable';
import type { SeriesKey } from '../../core/activity/callSeries';

/** Whether the table holds every call of the API: true of write APIs alone. */
export function isWriteApi(table: ActivityTable, key: SeriesKey): boolean {
  const { apis, strings } = table;
  for (let api = 0; api < apis.readOnly.length; api++) {
    if (apis.readOnly[api] === 1) continue;
    if (
      strings[apis.eventName[api]] === key.eventName &&
      strings[apis.eventSource[api]] === key.eventSource &&
      strings[apis.awsRegion[api]] === key.awsRegion &&
      strings[apis.recipientAccountId[api]] === key.recipientAccountId
    )
      return true;
  }
  return false;
}
