import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSample, serveBuiltPage, type BuiltPage } from '../support/builtPage';

describe('every value can be copied', () => {
  let built: BuiltPage;
  let page: Page;
  beforeAll(async () => {
    built = await serveBuiltPage();
    page = await built.open({
      viewport: { width: 1600, height: 1000 },
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    await openSample(page);
  });
  afterAll(() => built.close());

  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  const menu = () => page.locator('[role=menu]');
  const details = () => page.getByRole('region', { name: 'Insight details' });

  it('by key: c offers the values of the row that has the focus, and says what was copied', async () => {
    await page.keyboard.press('2');
    await page.keyboard.press('c');
    const items = menu().getByRole('menuitem');
    const names = await items.allInnerTexts();
    expect(names.map((name) => name.split('\n')[0]).join(' · ')).toMatch(
      /Event name.*Start.*Baseline avg\/min.*Insight avg\/min.*Rate change/s,
    );
    await page.keyboard.press('Enter');
    const row = page.locator('[data-testid=insight-row][aria-selected=true]');
    const name = await row.getAttribute('data-event-name');
    await expect.poll(copied).toBe(name);
    await page
      .getByRole('status')
      .filter({ hasText: `Copied ${name}` })
      .waitFor();
    expect(await row.evaluate((element) => element === document.activeElement)).toBe(true);
  });

  it('by key in the overview, the details and the ledger', async () => {
    const offered = async (): Promise<string> => {
      await page.keyboard.press('c');
      const texts = (await menu().getByRole('menuitem').allInnerTexts()).join(' · ');
      await page.keyboard.press('Escape');
      return texts;
    };
    await page.keyboard.press('1');
    expect(await offered()).toMatch(/API.*Insights/s);
    await page.keyboard.press('3');
    expect(await offered()).toMatch(/Baseline average.*Severity/s);
    await page.locator('[data-testid=ledger] button').first().click();
    expect(await offered()).toMatch(/Files in.*Records in/s);
    await page.keyboard.press('Enter');
  });

  it('by mouse: a sign stands beside the value under the pointer, and never covers it', async () => {
    const cells = [
      page.locator('[data-testid=insight-row] .insightAverage').first(),
      details().locator('dd').nth(3),
      details().getByRole('tabpanel').locator('td').first(),
    ];
    for (const cell of cells) {
      await cell.scrollIntoViewIfNeeded();
      await cell.hover({ position: { x: 4, y: 6 } });
      const sign = page.locator('.here button');
      await sign.click();
      await expect.poll(copied).toBe(await cell.getAttribute('data-copy'));
      expect(await page.evaluate(() => document.activeElement !== document.body)).toBe(true);
    }
  });

  it('by mouse the sign never comes under the pointer: a click on a row chooses the row', async () => {
    await page.mouse.move(0, 0);
    const row = page.locator('[data-testid=insight-row]').nth(2);
    await row.locator('.rateChange').click();
    expect(await row.getAttribute('aria-selected')).toBe('true');
  });

  it('by mouse not where a menu or a button copies already', async () => {
    await page.locator('[data-testid=insight-row] .name').first().hover();
    expect(await page.locator('.here').count()).toBe(0);
  });
});
