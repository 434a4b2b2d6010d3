import { memberOf } from '../recordNames';

/** Whether columns are those of a table of CloudTrail records, such as a query of Athena writes as Parquet. */
export function isRecordTable(columns: readonly string[]): boolean {
  const members = columns.map(memberOf);
  return (
    members.includes('eventJson') ||
    (members.includes('eventName') && members.includes('eventTime'))
  );
}

/** A row of such a table as a record; the whole record as JSON text where a column has it. */
export function recordOfTable(row: Readonly<Record<string, unknown>>): object | string {
  const record = renamed(row) as Record<string, unknown>;
  return typeof record.eventJson === 'string' ? record.eventJson : record;
}

/** Members of `requestParameters` and the like keep their names: those are in no table. */
function renamed(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'bigint') return Number(value);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== null && member !== undefined)
      .map(([name, member]) => [memberOf(name) ?? name, renamed(member)]),
  );
}
