import {
  ApiColumn,
  CallGroups,
  emptyTables,
  GroupColumn,
  NO_CALLER,
  Share,
  shareOf,
  toApiKind,
} from './callGroups';
import type { RowIndex, RowTable } from './rowIndex';

/**
 * A copy for a look at counts that are still growing. Reads that succeeded are most of a trail: unless `withReads`, their
 * APIs are left out, and they show only that logs are there. Event ids are left out, too: two readers' copies together
 * count an event twice that both have found.
 */
export function countsSoFar(
  all: CallGroups,
  text: (ref: number) => string,
  withReads: boolean,
): CallGroups<RowIndex> {
  const copy = new CallGroups(emptyTables(), text);
  copyRows(all.apis, copy.apis, 5);
  copyRows(all.callers, copy.callers, 4);
  const unnamed = unnamedReads(copy.apis);
  const calls = all.callsByGroup();
  const row = new Uint32Array(5);
  for (let group = 0; group < calls.length; group++) {
    for (let column = 0; column < 5; column++) row[column] = all.groups.cell(group, column);
    if (!withReads && shareOf(row[GroupColumn.mark]) === Share.otherManagement) {
      row[GroupColumn.api] = unnamed[row[GroupColumn.api]];
      row[GroupColumn.caller] = NO_CALLER;
    }
    copy.add(copy.groups.indexOf(row), calls[group]);
  }
  return copy;
}

/** Each row keeps its number. */
function copyRows(from: RowTable, to: RowIndex, width: number): void {
  const row = new Uint32Array(width);
  for (let at = 0; at < from.size; at++) {
    for (let column = 0; column < width; column++) row[column] = from.cell(at, column);
    to.indexOf(row);
  }
}

/** By API, a read without a name in the same account and Region. */
function unnamedReads(apis: RowIndex): Uint32Array {
  const row = new Uint32Array(5);
  row[ApiColumn.kind] = toApiKind(true, 0);
  return Uint32Array.from({ length: apis.size }, (_, api) => {
    row[ApiColumn.account] = apis.cell(api, ApiColumn.account);
    row[ApiColumn.region] = apis.cell(api, ApiColumn.region);
    return apis.indexOf(row);
  });
}
