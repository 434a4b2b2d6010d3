import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  downloadOf,
  openSample,
  serveBuiltPage,
  settled,
  type BuiltPage,
} from '../support/builtPage';
import { SAMPLE_STORY } from '../support/sampleTrail';

describe('the sample, one click away', () => {
  let built: BuiltPage;
  let page: Page;
  const requests: string[] = [];

  beforeAll(async () => {
    built = await serveBuiltPage();
    page = await built.open({ viewport: { width: 1440, height: 900 } });
    page.on('request', (request) => requests.push(request.url()));
    await openSample(page);
  });
  afterAll(() => built.close());

  it('tells exactly its story, and nothing of its daily rhythm', async () => {
    const rows = await page.getByTestId('insight-row').evaluateAll((elements) =>
      elements.map((element) => {
        const { eventSource, eventName, insightType, start, end } = (element as HTMLElement)
          .dataset;
        return { eventSource, eventName, insightType, start, end };
      }),
    );
    const story = SAMPLE_STORY.map(({ key, insightType, start, end }) => ({
      eventSource: key.eventSource,
      eventName: key.eventName,
      insightType,
      start,
      end,
    }));
    expect(new Set(rows.map((row) => JSON.stringify(row)))).toEqual(
      new Set(story.map((row) => JSON.stringify(row))),
    );
  });

  it('asks nobody for anything but its own files', () => {
    const address = new URL(built.address);
    const elsewhere = requests.filter(
      (url) => !url.startsWith('blob:') && new URL(url).host !== address.host,
    );
    expect(elsewhere).toEqual([]);
  });

  it('refuses every connection, by the page’s own policy', async () => {
    const refused = await page.evaluate(() =>
      fetch(location.href).then(
        () => false,
        () => true,
      ),
    );
    expect(refused).toBe(true);
  });

  it('exports a Start and an End record for each insight, in AWS’s shape', async () => {
    const { Records } = JSON.parse(await downloadOf(page, 'export-insights'));
    expect(Records.length).toBe(2 * SAMPLE_STORY.length);
    for (const record of Records) {
      expect(Object.keys(record)).toEqual([
        'eventVersion',
        'eventTime',
        'awsRegion',
        'eventID',
        'eventType',
        'recipientAccountId',
        'sharedEventID',
        'insightDetails',
        'eventCategory',
      ]);
      expect(record.eventTime).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:00Z$/);
    }
  });

  it('is cancelled at once, and leaves what was there before', async () => {
    const before = await page.getByTestId('insight-row').count();
    await page.getByTestId('files-input').setInputFiles('public/sample-trail.tar.gz');
    await page.getByRole('button', { name: 'Cancel' }).click();
    expect(await settled(page)).toBe('done');
    expect(await page.getByTestId('insight-row').count()).toBe(before);
  });
});
