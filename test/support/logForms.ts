/** The forms in which people have CloudTrail records, written from one list of them. */

export interface LogRecord {
  readonly [member: string]: unknown;
  readonly eventTime: string;
  readonly eventSource: string;
  readonly eventName: string;
  readonly awsRegion: string;
  readonly eventID: string;
  readonly recipientAccountId?: string;
  readonly errorCode?: string;
  readonly readOnly?: boolean;
  readonly userIdentity?: Record<string, unknown>;
}

type Form = (records: readonly LogRecord[]) => string;

const json = (value: unknown): string => JSON.stringify(value);
const lines = (records: readonly LogRecord[], toLine: (record: LogRecord) => string): string =>
  records.map((record) => `${toLine(record)}\n`).join('');

const logEvents = (records: readonly LogRecord[]) =>
  records.map((record, i) => ({ id: `${i}`, timestamp: 1769903947000 + i, message: json(record) }));

const lookupEvent = (record: LogRecord) => ({
  EventId: record.eventID,
  EventName: record.eventName,
  ReadOnly: `${record.readOnly}`,
  EventTime: 1424476529.0,
  EventSource: record.eventSource,
  Resources: [],
  CloudTrailEvent: json(record),
});

const envelope = (record: LogRecord) => ({
  version: '0',
  id: '51dc8145-541c-5518-2349-56d7dffdf2d8',
  'detail-type': 'AWS API Call via CloudTrail',
  source: 'aws.ssm',
  account: record.recipientAccountId,
  time: '2001-01-01T00:00:00Z',
  region: record.awsRegion,
  resources: [],
  detail: record,
});

/** Every form that holds whole records: they all have to give the same counts. */
export const JSON_FORMS: Readonly<Record<string, Form>> = {
  records: (records) => json({ Records: records }),
  'records-pretty': (records) => JSON.stringify({ Records: records }, null, 2),
  'records-beside-others': (records) => json({ version: '1', Records: records, NextToken: '{"a"' }),
  'bare-array': (records) => json(records),
  'objects-in-a-row': (records) => records.map(json).join(''),
  'json-lines': (records) => lines(records, json),
  'json-lines-crlf': (records) => records.map(json).join('\r\n'),
  'byte-order-mark': (records) => `\ufeff${json({ Records: records })}`,
  'trails-in-an-array': (records) => json(records.map((record) => ({ Records: [record] }))),
  'lookup-events': (records) =>
    JSON.stringify({ Events: records.map(lookupEvent), NextToken: 'x' }, null, 4),
  'lookup-events-unquoted': (records) => json({ Events: records }),
  'filter-log-events': (records) =>
    json({
      events: logEvents(records),
      searchedLogStreams: [{ logStreamName: 'x', searchedCompletely: true }],
    }),
  'subscription-payload': (records) =>
    json({
      messageType: 'DATA_MESSAGE',
      owner: '111111111111',
      logGroup: 'trail',
      logStream: '111111111111_CloudTrail_us-east-1',
      subscriptionFilters: ['all'],
      logEvents: logEvents(records),
    }),
  'firehose-payloads': (records) =>
    records
      .map((record) => json({ messageType: 'DATA_MESSAGE', logEvents: logEvents([record]) }))
      .join(''),
  'logs-export': (records) =>
    lines(records, (record) => `2026-02-01T00:00:00.000Z ${json(record)}`),
  'logs-tail': (records) =>
    lines(
      records,
      (record) => `2026-02-01T00:00:00.000Z 111111111111_CloudTrail_us-east-1 ${json(record)}`,
    ),
  'group-and-stream': (records) =>
    lines(
      records,
      (record) => `trail 111111111111_CloudTrail_us-east-1_2 2026-02-01T00:00:00Z ${json(record)}`,
    ),
  eventbridge: (records) => lines(records, (record) => json(envelope(record))),
  'eventbridge-in-records': (records) => json({ Records: records.map(envelope) }),
  'under-aws-cloudtrail': (records) =>
    json(
      records.map((record) => ({
        '@timestamp': 'x',
        cloud: { region: 'y' },
        aws: { cloudtrail: record },
      })),
    ),
  'under-dotted-name': (records) => lines(records, (record) => json({ 'aws.cloudtrail': record })),
  'elasticsearch-hits': (records) =>
    json({
      took: 1,
      hits: {
        hits: records.map((record) => ({ _id: '1', _source: { aws: { cloudtrail: record } } })),
      },
    }),
  'under-raw': (records) => lines(records, (record) => json({ _time: '1', _raw: json(record) })),
  'under-message': (records) =>
    lines(records, (record) => json({ '@version': '1', message: json(record) })),
  'under-eventjson': (records) => json(records.map((record) => ({ eventjson: json(record) }))),
  'quoted-lines': (records) => lines(records, (record) => json(json(record))),
  'quoted-twice': (records) => lines(records, (record) => json(json(json(record)))),
};

const quotedCell = (text: string): string => `"${text.replaceAll('"', '""')}"`;
const plainCell = (text: string): string => (/[",\r\n]/.test(text) ? quotedCell(text) : text);
const table = (
  rows: readonly (readonly string[])[],
  cell: (text: string) => string,
  end: string,
  separator = ',',
) => rows.map((row) => row.map(cell).join(separator) + end).join('');

const text = (value: unknown): string => (value === undefined ? '' : String(value));

const HISTORY_COLUMNS: readonly (readonly [string, (record: LogRecord) => string])[] = [
  ['User name', ({ userIdentity }) => text(userIdentity?.userName)],
  ['AWS access key', ({ userIdentity }) => text(userIdentity?.accessKeyId)],
  ['Event time', ({ eventTime }) => eventTime],
  ['Event source', ({ eventSource }) => eventSource],
  ['Event name', ({ eventName }) => eventName],
  ['AWS region', ({ awsRegion }) => awsRegion],
  ['Source IP address', (record) => text(record.sourceIPAddress)],
  ['User agent', (record) => text(record.userAgent)],
  ['Error code', ({ errorCode }) => text(errorCode)],
  ['Resources', () => '[{"resourceType":"AWS::EC2::VPC","resourceName":"vpc-1, two"}]'],
  ['Request ID', () => 'r'],
  ['Event ID', ({ eventID }) => eventID],
  ['Read-only', ({ readOnly }) => text(readOnly)],
  ['Event type', (record) => text(record.eventType)],
  ['Recipient Account Id', ({ recipientAccountId }) => text(recipientAccountId)],
  ['Event category', (record) => text(record.eventCategory)],
];

const history = (records: readonly LogRecord[], columns = HISTORY_COLUMNS) => [
  columns.map(([name]) => name),
  ...records.map((record) => columns.map(([, valueOf]) => valueOf(record))),
];

/** Athena's text of a struct. */
const struct = (members: Record<string, unknown> = {}): string =>
  `{${Object.entries(members)
    .map(([name, value]) =>
      typeof value === 'object'
        ? `${name.toLowerCase()}=${struct(value as Record<string, unknown>)}`
        : `${name.toLowerCase()}=${text(value)}`,
    )
    .join(', ')}}`;

const LAKE_COLUMNS = [
  'eventVersion',
  'eventTime',
  'eventSource',
  'eventName',
  'awsRegion',
  'sourceIPAddress',
].concat([
  'userAgent',
  'errorCode',
  'eventID',
  'readOnly',
  'eventType',
  'recipientAccountId',
  'eventCategory',
]);

/** Forms of rows: a row says less than a record, but the same where it counts. */
export const CSV_FORMS: Readonly<Record<string, Form>> = {
  'event-history': (records) => table(history(records), plainCell, '\n'),
  'event-history-spreadsheet': (records) =>
    table(
      history(records).map((row) =>
        row.map((cell) => cell.replace(/^(?:true|false)$/, (word) => word.toUpperCase())),
      ),
      plainCell,
      '\r\n',
    ),
  'event-history-semicolons': (records) => table(history(records), quotedCell, '\r\n', ';'),
  athena: (records) =>
    table(
      [
        ['useridentity', ...LAKE_COLUMNS.map((name) => name.toLowerCase())],
        ...records.map((record) => [
          struct(record.userIdentity),
          ...LAKE_COLUMNS.map((name) => text(record[name])),
        ]),
      ],
      quotedCell,
      '\n',
    ),
  'lake-eventjson': (records) =>
    table(
      [
        ['eventname', 'eventjson', 'eventjsonchecksum'],
        ...records.map((record) => [record.eventName, json(record), 'x']),
      ],
      quotedCell,
      '\n',
    ),
  'logs-insights': (records) =>
    table(
      [
        ['@timestamp', '@message'],
        ...records.map((record) => ['2026-02-01 00:00:00.000', json(record)]),
      ],
      quotedCell,
      '\n',
    ),
};

/** Results of `SELECT *` and of `SELECT eventJson`, as `aws cloudtrail get-query-results` prints them. */
const lakeResults = (rows: readonly Record<string, string>[]): string =>
  JSON.stringify(
    {
      QueryStatus: 'FINISHED',
      QueryStatistics: {
        ResultsCount: rows.length,
        TotalResultsCount: rows.length,
        BytesScanned: 7,
      },
      QueryResultRows: rows.map((row) =>
        Object.entries(row).map(([name, value]) => ({ [name]: value })),
      ),
    },
    null,
    4,
  );

const rowOf = (record: LogRecord): Record<string, string> =>
  Object.fromEntries([
    ['userIdentity', struct(record.userIdentity)],
    ...LAKE_COLUMNS.map((name) => [name, text(record[name])] as const),
  ]);

const athenaResults = (records: readonly LogRecord[], hasHeader: boolean): string => {
  const columns = ['userIdentity', ...LAKE_COLUMNS].map((name) => name.toLowerCase());
  const dataOf = (cells: readonly string[]) => ({
    Data: cells.map((cell) => (cell === '' ? {} : { VarCharValue: cell })),
  });
  return JSON.stringify({
    ResultSet: {
      Rows: [
        ...(hasHeader ? [dataOf(columns)] : []),
        ...records.map((record) => dataOf(Object.values(rowOf(record)))),
      ],
      ResultSetMetadata: { ColumnInfo: columns.map((Name) => ({ Name, Type: 'varchar' })) },
    },
    UpdateCount: 0,
  });
};

/** Query results as JSON: rows as in CSV. */
export const RESULT_FORMS: Readonly<Record<string, Form>> = {
  'lake-get-query-results': (records) => lakeResults(records.map(rowOf)),
  'lake-get-query-results-eventjson': (records) =>
    lakeResults(records.map((record) => ({ eventJson: json(record), eventID: record.eventID }))),
  'athena-get-query-results': (records) => athenaResults(records, true),
  'athena-get-query-results-next-page': (records) => athenaResults(records, false),
};

/** The console's older download: no account, no Read-only, no category. */
export const oldEventHistory: Form = (records) =>
  table(
    history(
      records,
      HISTORY_COLUMNS.filter(
        ([name]) => !/Read-only|Recipient|category|type|Request|Resources/.test(name),
      ),
    ),
    plainCell,
    '\n',
  );
