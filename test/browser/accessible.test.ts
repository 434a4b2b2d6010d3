import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveBuiltPage, settled, type BuiltPage } from '../support/builtPage';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe calls serious or critical on the page as it stands, one line each. */
async function seriousFaults(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate<AxeResults>('axe.run(document)');
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
}

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
