import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveBuiltPage, settled, type BuiltPage } from '../support/builtPage';
import { filesBelow, sharedData } from '../support/sharedData';

const FOLDER = sharedData('cloudtrail/invictus-aws_dataset/CloudTrail');

interface TrailRecord {
  readonly eventID: string;
  readonly eventTime: string;
  readonly eventName: string;
  readonly awsRegion: string;
}

/** Every record from 12:07 to before 12:10 of the Region, straight from the files. */
const recordsAround = (): TrailRecord[] =>
  filesBelow(FOLDER!)
    .flatMap(
      (path) => (JSON.parse(readFileSync(path, 'utf8')) as { Records: TrailRecord[] }).Records,
    )
    .filter(({ awsRegion }) => awsRegion === 'us-east-1')
    .filter(({ eventTime }) => eventTime >= '2023-07-10T12:07' && eventTime < '2023-07-10T12:10');

const idsOf = (records: readonly TrailRecord[]) => records.map(({ eventID }) => eventID).sort();

async function openBurst(page: Page): Promise<void> {
  await page
    .locator(
      '[data-testid=insight-row][data-event-name=DeleteParameter][data-insight-type=ApiCallRateInsight]',
    )
    .first()
    .click();
  await page.getByRole('tab', { name: 'CloudTrail events' }).click();
  await page.getByRole('grid', { name: 'CloudTrail events' }).waitFor();
}

async function downloaded(page: Page): Promise<TrailRecord[]> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: /^Download [\d,]+ events?$/ }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('cloudtrail-events-2023-07-10-1207.json');
  return JSON.parse(readFileSync(await download.path(), 'utf8')).Records as TrailRecord[];
}

const rowsOf = (page: Page) =>
  page.getByRole('grid', { name: 'CloudTrail events' }).getByRole('row');

describe.skipIf(!FOLDER)('the CloudTrail events of a burst of 78 calls', () => {
  let built: BuiltPage;
  let page: Page;

  beforeAll(async () => {
    built = await serveBuiltPage();
    page = await built.open({ viewport: { width: 1440, height: 1000 } });
    await page.getByTestId('folder-input').setInputFiles(FOLDER!);
    expect(await settled(page)).toBe('done');
    await openBurst(page);
  });
  afterAll(() => built.close());

  it('are its 78 records, and downloaded as the log file holds them', async () => {
    await page.getByText('78 of 78 events, 2023-07-10 12:07 – 12:10 UTC').waitFor();
    expect(await rowsOf(page).count()).toBe(79);
    const expected = recordsAround().filter(({ eventName }) => eventName === 'DeleteParameter');
    expect(idsOf(await downloaded(page))).toEqual(idsOf(expected));
  });

  it('are narrowed by a click on a value, and by text', async () => {
    const throttled = rowsOf(page).filter({ hasText: 'ThrottlingException' });
    await throttled.first().getByRole('gridcell', { name: 'ThrottlingException' }).hover();
    await throttled.first().getByRole('button', { name: 'Show only ThrottlingException' }).click();
    await page.getByText('38 of 78 events').waitFor();
    await page.getByRole('button', { name: 'Show events with any Error again' }).click();
    const { eventID } = recordsAround().find(({ eventName }) => eventName === 'DeleteParameter')!;
    await page.getByLabel('Filter events by text').fill(eventID.toUpperCase());
    await page.getByText('1 of 78 events').waitFor();
    await page.getByLabel('Filter events by text').fill('');
  });

  it('show a record in full one click away, and the next with an arrow', async () => {
    await rowsOf(page).nth(1).getByRole('gridcell').first().click();
    const shown = async () =>
      JSON.parse(
        await page.getByRole('region', { name: 'Record', exact: true }).innerText(),
      ) as TrailRecord;
    const first = await shown();
    expect(recordsAround()).toContainEqual(first);
    await page.keyboard.press('ArrowDown');
    await expect.poll(async () => (await shown()).eventID).not.toBe(first.eventID);
    await page.getByRole('button', { name: 'Close record' }).click();
  });

  it('stand among all events of these minutes at a switch', async () => {
    await page.getByLabel('All events of these minutes').check();
    const all = recordsAround();
    await page.getByText(`${all.length} of ${all.length} events`).waitFor();
    expect(idsOf(await downloaded(page))).toEqual(idsOf(all));
    await page.getByLabel('All events of these minutes').uncheck();
  });

  it('are there after a reload, without the files', async () => {
    await page.reload();
    await openBurst(page);
    await page.getByText('78 of 78 events').waitFor();
  });
});

describe('hostile records', () => {
  let built: BuiltPage;
  beforeAll(async () => {
    built = await serveBuiltPage();
  });
  afterAll(() => built.close());

  it('are shown as the text they are', async () => {
    const HTML = '<img src=x onerror="document.title=\'broken\'">';
    const record = (i: number) => ({
      eventVersion: '1.08',
      userIdentity: { type: 'IAMUser', arn: `arn:aws:iam::123456789012:user/${HTML}` },
      eventTime: `2026-01-10T10:05:${String(i % 60).padStart(2, '0')}Z`,
      eventSource: 'iam.amazonaws.com',
      eventName: 'CreateUser',
      awsRegion: 'us-east-1',
      sourceIPAddress: HTML,
      userAgent: '__proto__',
      errorCode: 'AccessDenied',
      errorMessage: HTML,
      requestParameters: { [HTML]: HTML, ['__proto__']: 'constructor', long: 'x'.repeat(20_000) },
      eventID: `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`,
      readOnly: false,
      eventType: 'AwsApiCall',
      managementEvent: true,
      recipientAccountId: '123456789012',
      eventCategory: 'Management',
    });
    const page = await built.open();
    const failures: Error[] = [];
    page.on('pageerror', (error) => failures.push(error));
    const around = (minute: number) => ({
      ...record(60 + minute),
      eventTime: `2026-01-10T10:${String(minute).padStart(2, '0')}:00Z`,
    });
    const Records = [
      ...Array.from({ length: 40 }, (_, i) => record(i)),
      ...Array.from({ length: 11 }, (_, minute) => around(minute)),
    ];
    await page.getByTestId('files-input').setInputFiles({
      name: 'hostile.json',
      mimeType: 'application/json',
      buffer: Buffer.from(JSON.stringify({ Records })),
    });
    expect(await settled(page)).toBe('done');
    await page.getByTestId('insight-row').first().click();
    await page.getByRole('tab', { name: 'CloudTrail events' }).click();
    await rowsOf(page).nth(5).getByRole('gridcell').first().click();
    const text = await page.getByRole('region', { name: 'Record', exact: true }).innerText();
    expect(text).toContain(JSON.stringify(HTML));
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.title()).not.toBe('broken');
    expect(failures).toEqual([]);
  });
});
