import { Field } from './field';

/** A column that is no plain member. */
export const Column = { none: -1, identity: -2, eventJson: -3 } as const;

/**
 * Columns by name in small letters and digits: of Event history (`Event time`, `AWS access key`), of CloudTrail Lake and
 * Athena (`eventtime`, `useridentity`, `useridentity.arn`) and of CloudWatch Logs Insights (`@message`).
 */
const COLUMNS: ReadonlyMap<string, number> = new Map([
  ...['eventVersion', 'eventTime', 'eventSource', 'eventName', 'awsRegion', 'eventID', 'eventType']
    .concat(['eventCategory', 'recipientAccountId', 'readOnly', 'managementEvent', 'errorCode'])
    .concat(['sourceIPAddress', 'userAgent', 'userName', 'accessKeyId', 'principalId', 'invokedBy'])
    .map((name) => [name.toLowerCase(), Field[name as keyof typeof Field]] as const),
  ['awsaccesskey', Field.accessKeyId],
  ['useridentitytype', Field.identityType],
  ['useridentityarn', Field.identityArn],
  ['arn', Field.identityArn],
  ['useridentityaccountid', Field.identityAccountId],
  ['useridentityinvokedby', Field.invokedBy],
  ['useridentityaccesskeyid', Field.accessKeyId],
  ['useridentityusername', Field.userName],
  ['useridentityprincipalid', Field.principalId],
  ['useridentity', Column.identity],
  ['eventjson', Column.eventJson],
  ['message', Column.eventJson],
  ['cloudtrailevent', Column.eventJson],
]);

/** What each cell of a row holds: a field, or one of `Column`. Null when the line is no header of CloudTrail events. */
export function parseHeader(cells: readonly string[]): Int32Array | null {
  const columns = Int32Array.from(cells, (cell) => {
    const name = cell.toLowerCase().replace(/[^a-z0-9]/g, '');
    return COLUMNS.get(name) ?? Column.none;
  });
  const isLog =
    columns.includes(Column.eventJson) ||
    (columns.includes(Field.eventName) && columns.includes(Field.eventTime));
  return isLog ? columns : null;
}

const SEPARATORS = [',', ';', '\t'];

/** The separator and columns of a first line; null when it is no header of CloudTrail events. */
export function parseFirstLine(line: string): { separator: number; columns: Int32Array } | null {
  for (const separator of SEPARATORS) {
    const cells = line.replace(/^\ufeff|\r$/g, '').split(separator);
    const columns = parseHeader(cells.map((cell) => cell.replace(/^"(.*)"$/, '$1')));
    if (columns !== null) return { separator: separator.charCodeAt(0), columns };
  }
  return null;
}
