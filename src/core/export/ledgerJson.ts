import { coverageMapOf, type ScopeHours } from '../activity/coverageMap';
import type { Analysis } from '../analysis';
import { lostFiles } from '../ledger';

/** A letter for each `HourState`, in their order. */
const STATES = '-qcpml';

/** The ledger as a file (FORMAT.md), with the coverage by hour: a thousand hours are three short texts. */
export function ledgerJson(analysis: Analysis): string {
  const { ledger, presence, coverage, fileHours = [] } = analysis;
  const lost = lostFiles(ledger.skipped);
  const { firstHour, scopes } = coverageMapOf({ presence, coverage, fileHours, lost });
  const members = { ...ledger, coverage: scopes.map((scope) => scopeMember(scope, firstHour)) };
  return JSON.stringify(members, null, 2);
}

/** From the first hour that is not outside to the last one. */
function scopeMember({ recipientAccountId, awsRegion, ...columns }: ScopeHours, firstHour: number) {
  const { events, files, state } = columns;
  const from = Math.max(
    0,
    state.findIndex((each) => each > 0),
  );
  const to = state.findLastIndex((each) => each > 0) + 1;
  return {
    recipientAccountId,
    awsRegion,
    start: `${new Date((firstHour + from) * 3_600_000).toISOString().slice(0, 13)}:00:00Z`,
    hours: Array.from(state.subarray(from, to), (each) => STATES[each]).join(''),
    events: events.slice(from, to).join(' '),
    files: files.slice(from, to).join(' '),
  };
}
