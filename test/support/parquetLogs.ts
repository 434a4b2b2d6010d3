import { gzipSync } from 'node:zlib';
import type { SchemaElement } from 'hyparquet';
import { parquetWriteBuffer } from 'hyparquet-writer';
import type { LogRecord } from './logForms';

/** CloudTrail records as Security Lake writes them: Parquet in the schema of OCSF. */

export type SourceVersion = '1.0.0-rc.2' | '1.1.0';

export interface Written {
  readonly version?: SourceVersion;
  readonly codec?: 'ZSTD' | 'GZIP' | 'SNAPPY' | 'UNCOMPRESSED';
  /** Beside GZIP and SNAPPY. */
  readonly compressors?: Parameters<typeof parquetWriteBuffer>[0]['compressors'];
  readonly rowGroupSize?: number;
}

/** A column of texts, of numbers, or of nested columns; all may be absent. */
type Column = 'text' | 'epoch' | 'number' | 'map' | { readonly [name: string]: Column };

const USER: Record<SourceVersion, Column> = {
  '1.0.0-rc.2': {
    type: 'text',
    name: 'text',
    uid: 'text',
    uuid: 'text',
    account_uid: 'text',
    credential_uid: 'text',
  },
  '1.1.0': {
    type: 'text',
    name: 'text',
    uid_alt: 'text',
    uid: 'text',
    account: { uid: 'text' },
    credential_uid: 'text',
  },
};

const columnsOf = (version: SourceVersion): Record<string, Column> => ({
  metadata: {
    product: { version: 'text', name: 'text', vendor_name: 'text', feature: { name: 'text' } },
    event_code: 'text',
    uid: 'text',
    version: 'text',
  },
  time: 'epoch',
  ...(version === '1.1.0' && { time_dt: 'epoch' }),
  cloud: { region: 'text', provider: 'text' },
  api: {
    response: { error: 'text', message: 'text', data: 'text' },
    operation: 'text',
    version: 'text',
    service: { name: 'text' },
    request: { data: 'text', uid: 'text' },
  },
  dst_endpoint: { svc_name: 'text' },
  actor: { user: USER[version], session: { issuer: 'text' }, invoked_by: 'text' },
  http_request: { user_agent: 'text' },
  src_endpoint: { uid: 'text', ip: 'text', domain: 'text' },
  class_uid: 'number',
  unmapped: 'map',
});

const LEAVES: Record<'text' | 'epoch' | 'number', Partial<SchemaElement>> = {
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  epoch: { type: 'INT64' },
  number: { type: 'INT32' },
};

function elementsOf(name: string, column: Column): SchemaElement[] {
  if (column === 'map') {
    return [
      { name, converted_type: 'MAP', repetition_type: 'OPTIONAL', num_children: 1 },
      { name: 'key_value', repetition_type: 'REPEATED', num_children: 2 },
      { name: 'key', repetition_type: 'REQUIRED', ...LEAVES.text },
      { name: 'value', repetition_type: 'OPTIONAL', ...LEAVES.text },
    ];
  }
  if (typeof column === 'string') {
    return [{ name, repetition_type: 'OPTIONAL', ...LEAVES[column] }];
  }
  const children = Object.entries(column);
  return [
    { name, repetition_type: 'OPTIONAL', num_children: children.length },
    ...children.flatMap(([child, of]) => elementsOf(child, of)),
  ];
}

/** The rows as a Parquet file with nested, optional columns. */
export function parquetOf(
  columns: Record<string, Column>,
  rows: readonly Record<string, unknown>[],
  { codec = 'GZIP', compressors = {}, rowGroupSize = 1000 }: Written = {},
): Uint8Array<ArrayBuffer> {
  const names = Object.keys(columns);
  return new Uint8Array(
    parquetWriteBuffer({
      schema: [
        { name: 'root', num_children: names.length },
        ...names.flatMap((name) => elementsOf(name, columns[name])),
      ],
      columnData: names.map((name) => ({ name, data: rows.map((row) => row[name] ?? null) })),
      codec,
      compressors: { GZIP: (bytes) => gzipSync(bytes), ...compressors },
      rowGroupSize,
    }),
  );
}

/** The records as a file of Security Lake. */
export function securityLakeFile(
  records: readonly LogRecord[],
  written: Written = {},
): Uint8Array<ArrayBuffer> {
  const version = written.version ?? '1.1.0';
  return parquetOf(
    columnsOf(version),
    records.map((record) => rowOf(record, version)),
    written,
  );
}

/** A table of CloudTrail's own columns, as a query engine writes it. */
export function recordTable(records: readonly LogRecord[]): Uint8Array<ArrayBuffer> {
  const texts = ['eventVersion', 'eventTime', 'eventSource', 'eventName', 'awsRegion', 'eventID']
    .concat(['sourceIPAddress', 'userAgent', 'errorCode', 'readOnly', 'eventType', 'eventCategory'])
    .concat(['managementEvent', 'recipientAccountId']);
  const lowered = (of: Record<string, unknown>, names: readonly string[]) =>
    Object.fromEntries(names.map((name) => [name.toLowerCase(), textOf(of[name])]));
  const identity = ['type', 'principalId', 'arn', 'accountId', 'accessKeyId'];
  return parquetOf(
    {
      useridentity: Object.fromEntries(
        identity.map((name) => [name.toLowerCase(), 'text' as const]),
      ),
      ...Object.fromEntries(texts.map((name) => [name.toLowerCase(), 'text' as const])),
    },
    records.map((record) => ({
      ...lowered(record, texts),
      useridentity: record.userIdentity ? lowered(record.userIdentity, identity) : null,
    })),
    { codec: 'SNAPPY' },
  );
}

const textOf = (value: unknown): string | null =>
  value === undefined || value === null ? null : String(value);

const isSignIn = ({ eventName }: LogRecord) => eventName === 'ConsoleLogin';

function rowOf(record: LogRecord, version: SourceVersion): Record<string, unknown> {
  const identity = record.userIdentity ?? {};
  const issuer = (identity.sessionContext as { sessionIssuer?: { arn?: string } } | undefined)
    ?.sessionIssuer?.arn;
  const isNew = version === '1.1.0';
  const time = BigInt(Date.parse(record.eventTime));
  const json = (value: unknown) =>
    value === undefined || value === null ? null : JSON.stringify(value);
  return {
    metadata: {
      product: {
        version: textOf(record.eventVersion),
        name: 'CloudTrail',
        vendor_name: 'AWS',
        feature: { name: isNew ? textOf(record.eventCategory) : 'Management, Data, and Insights' },
      },
      event_code: isNew ? textOf(record.eventType) : null,
      uid: record.eventID,
      version,
    },
    time,
    ...(isNew && { time_dt: time }),
    cloud: { region: record.awsRegion, provider: 'AWS' },
    api: {
      response: {
        error: textOf(record.errorCode),
        message: textOf(record.errorMessage),
        data: isNew ? json(record.responseElements) : null,
      },
      operation: record.eventName,
      version: null,
      service: { name: record.eventSource },
      request: {
        data: isNew ? json(record.requestParameters) : null,
        uid: textOf(record.requestID),
      },
    },
    dst_endpoint: null,
    actor: {
      user: {
        type: textOf(identity.type),
        name: textOf(identity.userName),
        ...(isNew
          ? {
              uid_alt: textOf(identity.principalId),
              uid: textOf(identity.arn),
              account: { uid: textOf(identity.accountId) },
            }
          : {
              uid: textOf(identity.principalId),
              uuid: textOf(identity.arn),
              account_uid: textOf(identity.accountId),
            }),
        credential_uid: textOf(identity.accessKeyId),
      },
      session: { issuer: issuer ?? null },
      invoked_by: textOf(identity.invokedBy),
    },
    http_request: { user_agent: textOf(record.userAgent) },
    src_endpoint: { uid: null, ip: textOf(record.sourceIPAddress), domain: null },
    class_uid: isNew ? (isSignIn(record) ? 3002 : 6003) : 3005,
    unmapped: {
      recipientAccountId: textOf(record.recipientAccountId),
      readOnly: textOf(record.readOnly),
      managementEvent: textOf(record.managementEvent),
      ...(!isNew && {
        eventType: textOf(record.eventType),
        eventCategory: textOf(record.eventCategory),
      }),
      'tlsDetails.tlsVersion': 'TLSv1.3',
    },
  };
}
