import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { downloadOf, serveBuiltPage, settled, type BuiltPage } from '../support/builtPage';
import { logFile } from '../support/trailRecords';

const SAMPLE = 'public/sample-trail.tar.gz';

describe('while logs are read', () => {
  let built: BuiltPage;
  let page: Page;

  beforeAll(async () => (built = await serveBuiltPage()));
  beforeEach(async () => (page = await built.open()));
  afterAll(() => built.close());

  it('more can be added: it waits, and is read after them into the same analysis', async () => {
    const buffer = Buffer.from(logFile(0, 3));
    const more = { name: 'more.json', mimeType: 'application/json', buffer };
    await page.getByTestId('files-input').setInputFiles(SAMPLE);
    await page.getByTestId('files-input').setInputFiles(more);
    await page.getByText('1 more waiting').waitFor();
    await page.getByText('1 more waiting').waitFor({ state: 'detached' });
    expect(await settled(page)).toBe('done');
    const { files, records } = JSON.parse(await downloadOf(page, 'export-ledger'));
    expect(files.in).toBe(6223);
    expect(records.in).toBe(62_145 + 3);
  });

  it('Cancel ends all workers that are at it, so that their memory is given back', async () => {
    await page.getByTestId('files-input').setInputFiles(SAMPLE);
    await page.getByRole('button', { name: 'Cancel' }).waitFor();
    const atWork = page.workers();
    expect(atWork.length).toBeGreaterThanOrEqual(2);
    const ended = atWork.map((worker) => worker.waitForEvent('close'));
    await page.getByRole('button', { name: 'Cancel' }).click();
    await Promise.all(ended);
    await page.getByTestId('open-sample').waitFor();
  });
});
