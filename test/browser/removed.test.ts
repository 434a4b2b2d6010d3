import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { downloadOf, serveBuiltPage, settled, type BuiltPage } from '../support/builtPage';
import { logFile } from '../support/trailRecords';

describe('an analysis that was removed', () => {
  let built: BuiltPage;
  beforeAll(async () => {
    built = await serveBuiltPage();
  });
  afterAll(() => built.close());

  it('comes back whole by Undo, and is gone for good after a reload', async () => {
    const page = await built.open();
    await page
      .getByTestId('files-input')
      .setInputFiles({ name: 'acme.json', mimeType: 'application/json', buffer: logFile(0, 50) });
    expect(await settled(page)).toBe('done');
    const counts = await downloadOf(page, 'export-minute-counts');
    await page.getByRole('link', { name: 'Trailglass' }).click();
    await page.getByRole('button', { name: 'Remove acme' }).click();
    await page.getByText('Earlier analyses').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('button', { name: /^acme / }).click();
    expect(await settled(page)).toBe('done');
    expect(await downloadOf(page, 'export-minute-counts')).toBe(counts);

    await page.getByRole('link', { name: 'Trailglass' }).click();
    await page.getByRole('button', { name: 'Remove acme' }).click();
    await page.getByText('Earlier analyses').waitFor({ state: 'detached' });
    await page.reload();
    await page.locator('[data-testid=analysis][data-state=idle]').waitFor();
    expect(await page.getByText('acme').count()).toBe(0);
  });
});
