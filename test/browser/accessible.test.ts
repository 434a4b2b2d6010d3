import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seriousFaults } from '../support/axe';
import { openSample, serveBuiltPage, type BuiltPage } from '../support/builtPage';

const SCREENS = [
  { colorScheme: 'light', width: 1440 },
  { colorScheme: 'dark', width: 1440 },
  { colorScheme: 'dark', width: 390 },
  { colorScheme: 'light', width: 320 },
] as const;

describe.each(SCREENS)('axe finds nothing serious in $colorScheme at $width pixels', (screen) => {
  let built: BuiltPage;
  let page: Page;
  beforeAll(async () => {
    built = await serveBuiltPage();
    const { colorScheme, width } = screen;
    page = await built.open({ colorScheme, viewport: { width, height: 900 } });
  });
  afterAll(() => built.close());

  it('on the start screen', async () => {
    expect(await seriousFaults(page)).toEqual([]);
  });

  it('on the list', async () => {
    await openSample(page);
    expect(await seriousFaults(page)).toEqual([]);
  });

  it('on the details', async () => {
    await page.getByTestId('insight-row').first().click();
    await page.getByRole('tab', { name: 'Attributions' }).waitFor();
    expect(await seriousFaults(page)).toEqual([]);
  });

  it('on the record', async () => {
    await page.getByRole('tab', { name: 'Insights record' }).click();
    expect(await seriousFaults(page)).toEqual([]);
  });

  it('on the other tabs', async () => {
    for (const name of ['CloudTrail events', 'Why']) {
      await page.getByRole('tab', { name }).click();
      expect(await seriousFaults(page), name).toEqual([]);
    }
  });

  it('on the menu of a value', async () => {
    await page.getByRole('tab', { name: 'Attributions' }).click();
    await page
      .getByRole('tabpanel')
      .getByRole('button', { name: /assumed-role/ })
      .first()
      .click();
    await page.getByRole('menuitem').first().waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await page.keyboard.press('Escape');
  });

  it('on the menu of a row', async () => {
    const back = page.getByRole('button', { name: '← Insights' });
    if (await back.isVisible()) await back.click();
    await page.getByTestId('insight-row').first().focus();
    await page.keyboard.press('Shift+F10');
    await page.getByRole('menuitem').first().waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await page.keyboard.press('Escape');
  });

  it('on the palette', async () => {
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: /command/ }).fill('start');
    expect(await seriousFaults(page)).toEqual([]);
    await page.keyboard.press('Escape');
  });

  it.each(['Settings', 'Share'])('on %s', async (name) => {
    const back = page.getByRole('button', { name: '← Insights' });
    if (await back.isVisible()) await back.click();
    await page.getByRole('button', { name }).click();
    const dialog = page.getByRole('dialog', { name });
    await dialog.waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Close' }).click();
  });

  it('on a list from which a filter leaves nothing', async () => {
    await page.getByLabel('Filter by text').fill('no such API');
    await page.getByTestId('insight-row').first().waitFor({ state: 'detached' });
    expect(await seriousFaults(page)).toEqual([]);
  });

  it('on the ledger', async () => {
    await page.getByTestId('ledger').getByRole('button').first().click();
    expect(await seriousFaults(page)).toEqual([]);
  });
});
