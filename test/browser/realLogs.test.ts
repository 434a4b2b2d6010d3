import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { downloadOf, serveBuiltPage, settled, type BuiltPage } from '../support/builtPage';
import { sharedData } from '../support/sharedData';

const FOLDER = sharedData('cloudtrail/invictus-aws_dataset/CloudTrail');

/** Its three largest bursts: API, error, minute, calls. */
const BURSTS = [
  ['DeleteParameter', 'ApiCallRateInsight', '2023-07-10T12:08:00Z'],
  ['PutParameter', 'ApiCallRateInsight', '2023-07-10T11:58:00Z'],
  ['DeleteParameter', 'ApiErrorRateInsight', '2023-07-10T12:08:00Z'],
];

describe.skipIf(!FOLDER)('fifty-five minutes of a real trail, dropped as a folder', () => {
  let built: BuiltPage;
  let page: Page;

  beforeAll(async () => {
    built = await serveBuiltPage();
    page = await built.open();
    await page.getByTestId('folder-input').setInputFiles(FOLDER!);
    expect(await settled(page)).toBe('done');
  });
  afterAll(() => built.close());

  it('are accounted for to the last record', async () => {
    const { files, records } = JSON.parse(await downloadOf(page, 'export-ledger'));
    expect(files).toEqual({ in: 55, read: 55, skipped: 0 });
    expect(records).toMatchObject({ in: 2900, duplicates: 0, unusable: 0 });
    const { counted, otherManagement, data, otherKinds, duplicates, insights, unusable } = records;
    expect(counted + otherManagement + data + otherKinds + duplicates + insights + unusable).toBe(
      2900,
    );
  });

  it('hold 574 write management events over 108 APIs, with its known bursts minute by minute', async () => {
    const rows = (await downloadOf(page, 'export-minute-counts')).trim().split('\n').slice(1);
    const cells = rows.map((row) => row.split(','));
    const writes = cells.filter((row) => row[6] === 'false');
    expect(writes.reduce((sum, row) => sum + Number(row[7]), 0)).toBe(574);
    expect(new Set(writes.map((row) => row[3] + row[4])).size).toBe(108);
    const calls = (minute: string, name: string, error?: string) =>
      cells
        .filter((row) => row[0] === minute && row[3] === 'ssm.amazonaws.com' && row[4] === name)
        .filter((row) => error === undefined || row[5] === error)
        .reduce((sum, row) => sum + Number(row[7]), 0);
    expect(calls('2023-07-10T12:08:00Z', 'DeleteParameter')).toBe(78);
    expect(calls('2023-07-10T11:58:00Z', 'PutParameter')).toBe(67);
    expect(calls('2023-07-10T12:08:00Z', 'DeleteParameter', 'ThrottlingException')).toBe(38);
  });

  it('show their three bursts on top of the list, marked as short history', async () => {
    const rows = page.getByTestId('insight-row');
    const top = await Promise.all(
      [0, 1, 2].map(async (n) => {
        const row = rows.nth(n);
        expect((await row.innerText()).toLowerCase()).toContain('short history');
        return Promise.all(
          ['event-name', 'insight-type', 'start'].map((name) => row.getAttribute(`data-${name}`)),
        );
      }),
    );
    expect(top.sort()).toEqual(BURSTS.toSorted());
  });

  it('are exported with that mark', async () => {
    const { Records, trailglass } = JSON.parse(await downloadOf(page, 'export-insights'));
    expect(Records.length).toBeGreaterThanOrEqual(6);
    expect(
      trailglass.insights.every((insight: { shortHistory: boolean }) => insight.shortHistory),
    ).toBe(true);
  });

  it('are there after a reload, without the files', async () => {
    const before = await page.getByTestId('insight-row').count();
    await page.reload();
    const again = page.getByTestId('insight-row');
    await again.first().waitFor();
    expect(await again.count()).toBe(before);
  });
});
