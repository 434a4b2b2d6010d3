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

  it('by mouse in a dialog, too: what would leave, and what it becomes', async () => {
    await page.getByTestId('share').click();
    const dialog = page.getByRole('dialog');
    await dialog
      .getByRole('button', { name: /^Preview of/ })
      .first()
      .click();
    for (const name of ['.value', '.becomes']) {
      const value = dialog.locator(`.samples ${name}`).first();
      await value.hover({ position: { x: 4, y: 6 } });
      await dialog.locator('.here button').click();
      const words = (await value.innerText()).replace('→ ', '').trim();
      await expect.poll(copied).toBe(words);
    }
    await page.keyboard.press('Escape');
  });

  const chosen = async (layer: string) => {
    await page.keyboard.press('c');
    const first = page.locator(`${layer} [role=menuitem]`).first();
    await first.waitFor();
    const words = (await first.innerText()).trim();
    await page.keyboard.press('Enter');
    await page.locator(`${layer} .said`).filter({ hasText: 'Copied' }).waitFor();
    return words;
  };

  it('by key in a dialog: c offers its values alone, and Escape closes the menu before it', async () => {
    await page.getByTestId('share').click();
    const dialog = page.getByRole('dialog');
    await dialog.locator('[data-what=Number]').first().waitFor();
    expect(await chosen('dialog')).toContain(await copied());
    await page.keyboard.press('c');
    await dialog.locator('[role=menu]').waitFor();
    await page.keyboard.press('Escape');
    await dialog.locator('[role=menu]').waitFor({ state: 'hidden' });
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
  });

  it('by key in help and in the settings, which stay open', async () => {
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Help' }).waitFor();
    expect(await chosen('dialog')).toContain(await copied());
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Settings' }).click();
    const panel = page.getByRole('dialog', { name: 'Detection settings' });
    await panel.getByText('Severity').first().waitFor();
    expect(await chosen('.panel')).toContain(await copied());
    expect(await panel.isVisible()).toBe(true);
    await page.keyboard.press('Escape');
    await panel.waitFor({ state: 'hidden' });
  });

  it('by a tap on a value of the details', async () => {
    const touch = await built.open({
      viewport: { width: 1600, height: 1000 },
      hasTouch: true,
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    await openSample(touch);
    const fact = touch.getByRole('region', { name: 'Insight details' }).locator('dd').nth(3);
    await fact.tap({ position: { x: 4, y: 6 } });
    await touch.locator('.here button').tap();
    await expect
      .poll(() => touch.evaluate(() => navigator.clipboard.readText()))
      .toBe(await fact.getAttribute('data-copy'));
    await touch.getByRole('heading', { level: 2 }).first().tap();
    expect(await touch.locator('.here').count()).toBe(0);
    await touch.context().close();
  });

  it('by mouse on the start screen: what an earlier analysis is about', async () => {
    await page.getByRole('link', { name: 'Trailglass' }).click();
    const facts = page.locator('.start .open .muted').first();
    await facts.hover({ position: { x: 4, y: 6 } });
    await page.locator('.here button').click();
    await expect.poll(copied).toContain('5 insights');
  });

  it('by key on the start screen: names of earlier analyses, and commands', async () => {
    await page.keyboard.press('c');
    const items = await menu().getByRole('menuitem').allInnerTexts();
    expect(items.map((item) => item.split(/\s/)[0])).toEqual(
      expect.arrayContaining(['Name', 'Facts', 'Command']),
    );
    await page.getByRole('menuitem', { name: /^Command aws s3 sync/ }).press('Enter');
    await expect.poll(copied).toMatch(/^aws s3 sync /);
  });
});
