import type { ActivityTable } from './activityTable';

/** The rows of a table that pass, under the same numbers of strings, APIs and callers. */
export function filterRows(
  table: ActivityTable,
  passes: (api: number, row: number) => boolean,
): ActivityTable {
  const { apiStart } = table;
  const kept = new Uint32Array(table.minute.length);
  const starts = new Uint32Array(apiStart.length);
  let count = 0;
  for (let api = 0; api + 1 < apiStart.length; api++) {
    for (let row = apiStart[api]; row < apiStart[api + 1]; row++) {
      if (passes(api, row)) kept[count++] = row;
    }
    starts[api + 1] = count;
  }
  const rows = kept.subarray(0, count);
  const gathered = (column: Uint32Array) => rows.map((row) => column[row]);
  return {
    ...table,
    apiStart: starts,
    minute: gathered(table.minute),
    errorCode: gathered(table.errorCode),
    caller: gathered(table.caller),
    calls: gathered(table.calls),
  };
}
