import type { ActivityTable } from '../../activity/activityTable';
import type { Coverage } from '../../activity/coverage';

/** An activity table as JSON: its columns as lists; minutes as differences to the row before, at each API's first row whole. */
export function tableMember(table: ActivityTable) {
  const { strings, apis, callers, apiStart, errorCode, caller, calls } = table;
  const list = (column: Uint32Array | Uint8Array) => Array.from(column);
  return {
    strings,
    apis: {
      recipientAccountId: list(apis.recipientAccountId),
      awsRegion: list(apis.awsRegion),
      eventSource: list(apis.eventSource),
      eventName: list(apis.eventName),
      readOnly: list(apis.readOnly),
      sort: list(apis.sort),
    },
    callers: {
      userIdentityArn: list(callers.userIdentityArn),
      userAgent: list(callers.userAgent),
      sourceIPAddress: list(callers.sourceIPAddress),
      accessKeyId: list(callers.accessKeyId),
    },
    apiStart: list(apiStart),
    minute: list(minuteSteps(table)),
    errorCode: list(errorCode),
    caller: list(caller),
    calls: list(calls),
  };
}

function minuteSteps({ apiStart, minute }: ActivityTable): Uint32Array {
  const steps = minute.map((at, row) => (row === 0 ? at : at - minute[row - 1]));
  for (const row of apiStart) if (row < minute.length) steps[row] = minute[row];
  return steps;
}

export const coverageMember = (coverage: Coverage) => ({
  recipientAccountId: coverage.recipientAccountId,
  awsRegion: coverage.awsRegion,
  start: coverage.start,
  end: coverage.end,
  gaps: Array.from(coverage.gaps),
  incompleteFrom: coverage.incompleteFrom,
  silenceMeansSilence: coverage.silenceMeansSilence,
});
