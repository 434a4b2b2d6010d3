import { describe, expect, it } from 'vitest';
import { FORM_RECORDS } from '../../../support/formRecords';
import { JSON_FORMS, type LogRecord } from '../../../support/logForms';
import { parquetOf, recordTable, securityLakeFile } from '../../../support/parquetLogs';
import { writeTar } from '../../../support/tarWriter';
import { readBytes } from '../readBytes';
import { callLines, readLogs, textFile } from '../support';

const RECORDS: readonly LogRecord[] = FORM_RECORDS;
const expected = readLogs([textFile(JSON_FORMS.records(RECORDS))]);

describe('a file of Security Lake', () => {
  it.each(['1.0.0-rc.2', '1.1.0'] as const)(
    'in OCSF %s gives the very table of its records',
    async (version) => {
      const read = await readBytes('x.gz.parquet', securityLakeFile(RECORDS, { version }));
      expect(read.report.skipped).toEqual([]);
      expect(read.report.notes).toEqual([]);
      expect(read.records).toEqual(expected.records);
      expect(read.table).toEqual(expected.table);
      expect(read.presence).toEqual(expected.presence);
    },
  );

  it.each(['GZIP', 'SNAPPY', 'UNCOMPRESSED'] as const)('is read packed as %s', async (codec) => {
    const bytes = securityLakeFile(RECORDS, { codec, rowGroupSize: 2 });
    expect((await readBytes('x', bytes)).table).toEqual(expected.table);
  });

  it('is found inside of archives', async () => {
    const tar = writeTar([{ name: 'aws/x.parquet', data: securityLakeFile(RECORDS) }]);
    const { table, report } = await readBytes('lake.tar', tar);
    expect(table).toEqual(expected.table);
    expect(report.files).toEqual({ in: 1, read: 1, skipped: 0 });
  });

  it('without rows is read without complaint', async () => {
    const { report } = await readBytes('x', securityLakeFile([]));
    expect(report).toMatchObject({ files: { in: 1, read: 1, skipped: 0 }, notes: [] });
  });

  it('of another source is no log', async () => {
    const bytes = parquetOf({ metadata: { uid: 'text' }, rcode: 'text' }, [{ rcode: 'x' }]);
    expect((await readBytes('dns', bytes)).report.skipped).toEqual([
      {
        name: 'dns',
        reason: 'not a log file',
        detail: 'a Parquet file without the columns of CloudTrail events',
      },
    ]);
  });

  it('counts rows of other products as no records', async () => {
    const row = (name: string) => ({
      metadata: { product: { name }, uid: name },
      api: { operation: 'PutParameter', service: { name: 'ssm.amazonaws.com' } },
      cloud: { region: 'us-east-1' },
      time: 1_769_903_947_000n,
    });
    const columns = {
      metadata: { product: { name: 'text' }, uid: 'text' },
      api: { operation: 'text', service: { name: 'text' } },
      cloud: { region: 'text' },
      time: 'epoch',
    } as const;
    const { records } = await readBytes('x', parquetOf(columns, [row('CloudTrail'), row('EKS')]));
    expect(records).toMatchObject({ in: 2, counted: 1, unusable: 1 });
  });
});

describe('a table of records in Parquet', () => {
  it('gives the table of its records', async () => {
    const { table, records } = await readBytes('athena', recordTable(RECORDS));
    expect(records).toEqual(expected.records);
    expect(callLines(table)).toEqual(callLines(expected.table));
  });
});

describe('a broken Parquet file', () => {
  const whole = securityLakeFile(RECORDS, { rowGroupSize: 2 });

  it('is named with the reason wherever it is cut', async () => {
    for (let length = 4; length < whole.length; length += 97) {
      const { report } = await readBytes('cut', whole.slice(0, length));
      expect(report.files).toEqual({ in: 1, read: 0, skipped: 1 });
      expect(report.skipped[0]).toMatchObject({ name: 'cut', reason: 'damaged' });
      expect(report.skipped[0].detail).toMatch(/Parquet without a readable description: ./);
    }
  });

  it('never throws and stays accounted for, whatever byte is another', async () => {
    for (let at = 4; at < whole.length; at += 61) {
      const broken = whole.slice();
      broken[at] ^= 0x55;
      const { report, records } = await readBytes('flipped', broken);
      expect(report.files.in).toBe(1);
      expect(records.in).toBeLessThanOrEqual(RECORDS.length);
    }
  });

  it('gives the row groups before and behind the damage', async () => {
    const broken = whole.slice();
    broken.fill(0, 5000, 5400);
    const { report, records } = await readBytes('half', broken);
    expect(records.in).toBeGreaterThanOrEqual(3);
    expect(records.in).toBeLessThan(7);
    expect(report.notes[0].detail).toMatch(/^Parquet of 7 rows is damaged: rows \d to \d: ./);
  });

  it('that claims more rows than its bytes can hold is named, and costs no time', async () => {
    const source = { eventsource: 'iam.amazonaws.com', awsregion: 'us-east-1' };
    const row = { eventtime: '2026-01-01T00:00:00Z', eventname: 'CreateUser', ...source };
    const rows = new Array<typeof row>(200_000).fill(row);
    const columns = {
      eventtime: 'text',
      eventname: 'text',
      eventsource: 'text',
      awsregion: 'text',
    } as const;
    const bytes = parquetOf(columns, rows, { rowGroupSize: 50_000 });
    expect(bytes.length).toBeLessThan(65_536);
    const { report, records } = await readBytes('bomb', bytes);
    expect(records.in).toBe(50_000);
    expect(report.notes[0].detail).toContain(
      `rows 50000 to 100000: more rows than ${bytes.length} bytes can hold`,
    );
  });
});
