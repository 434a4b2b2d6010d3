import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { downloadOf, serveBuiltPage, settled, type BuiltPage } from '../support/builtPage';
import { formRecord } from '../support/formRecords';
import { securityLakeFile } from '../support/parquetLogs';
import { writeTar } from '../support/tarWriter';

const events = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) =>
    formRecord(0, {
      eventID: `event ${from + i}`,
      eventTime: timeOf(from + i),
      requestParameters: { name: `${from + i}`.repeat(80) },
    }),
  );
const timeOf = (n: number) => new Date(Date.UTC(2026, 0, 1) + n * 7000).toISOString();

/** Larger than what is read in one piece. */
const LARGE = 30_000;
const FILES = [
  { name: 'small.parquet', bytes: securityLakeFile(events(0, 10)) },
  {
    name: 'lake.tar',
    bytes: writeTar([{ name: 'aws/x.gz.parquet', data: securityLakeFile(events(5, 20)) }]),
  },
  {
    name: 'large.parquet',
    bytes: securityLakeFile(events(20, LARGE), { codec: 'UNCOMPRESSED', rowGroupSize: 10_000 }),
  },
];

describe('files of Security Lake', () => {
  let built: BuiltPage;
  let page: Page;
  const scripts: string[] = [];

  beforeAll(async () => {
    expect(FILES[2].bytes.length).toBeGreaterThan(8 << 20);
    built = await serveBuiltPage();
    page = await built.open();
    page.on('request', (request) => scripts.push(request.url()));
    const files = FILES.map(({ name, bytes }) => ({
      name,
      mimeType: 'application/octet-stream',
      buffer: Buffer.from(bytes),
    }));
    await page.getByTestId('files-input').setInputFiles(files);
    expect(await settled(page)).toBe('done');
  });
  afterAll(() => built.close());

  it('are read alone, out of an archive and in parts, every event once', async () => {
    const { files, records, skipped, notes } = JSON.parse(
      await downloadOf(page, 'export-ledger'),
    ) as Record<string, unknown>;
    expect({ files, skipped, notes }).toEqual({
      files: { in: 3, read: 3, skipped: 0 },
      skipped: [],
      notes: [],
    });
    expect(records).toMatchObject({ in: LARGE + 5, counted: LARGE, duplicates: 5 });
  });

  it('had their reader loaded when they came', () => {
    expect(scripts.filter((url) => url.includes('parquetReader'))).toHaveLength(1);
  });
});
