import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seriousFaults } from '../support/axe';
import { serveBuiltPage, settled, type BuiltPage } from '../support/builtPage';

const SCREENS = [
  { colorScheme: 'light', width: 1440 },
  { colorScheme: 'dark', width: 1440 },
  { colorScheme: 'light', width: 390 },
  { colorScheme: 'dark', width: 390 },
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
    await page.getByTestId('open-sample').click();
    expect(await settled(page)).toBe('done');
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

  it('on the ledger', async () => {
    await page.getByTestId('ledger').getByRole('button').first().click();
    expect(await seriousFaults(page)).toEqual([]);
  });
});
