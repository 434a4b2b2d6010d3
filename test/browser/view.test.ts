import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSample, serveBuiltPage, settled, type BuiltPage } from '../support/builtPage';

describe('what is shown', () => {
  let built: BuiltPage;
  let page: Page;
  beforeAll(async () => {
    built = await serveBuiltPage();
    page = await built.open({ viewport: { width: 1440, height: 900 } });
    await openSample(page);
  });
  afterAll(() => built.close());

  const rows = () => page.getByTestId('insight-row');
  const names = () =>
    rows().evaluateAll((all) => all.map((row) => (row as HTMLElement).dataset.eventName));
  const chips = () =>
    page.getByRole('group', { name: 'Filters in force' }).locator('.chip').allInnerTexts();
  const sinceReload = async () => {
    await page.reload();
    expect(await settled(page)).toBe('done');
    await page.getByRole('treegrid').waitFor();
  };

  it('is narrowed by a click on a value, and by another, with how they join', async () => {
    const all = await rows().count();
    await rows().filter({ hasText: 'CreateAccessKey' }).click();
    const details = page.getByRole('region', { name: 'Insight details' });
    await details.getByRole('button', { name: 'iam.amazonaws.com' }).click();
    await page.getByRole('menuitem', { name: 'Only insights with this service' }).click();
    expect(await rows().count()).toBeLessThan(all);
    expect(new Set(await names())).toEqual(new Set(['CreateAccessKey', 'AttachUserPolicy']));
    await page.getByLabel('Filter by API').selectOption({ label: 'AttachUserPolicy (1)' });
    expect(await names()).toEqual(['AttachUserPolicy']);
  });

  it('leaves out instead when a chip is turned round, and the overview follows', async () => {
    await page.getByRole('button', { name: /^Only API AttachUserPolicy/ }).click();
    expect(await names()).toEqual(['CreateAccessKey']);
    expect((await chips()).map((chip) => chip.replace(/\s+/g, ' ').trim())).toEqual([
      'service iam.amazonaws.com ✕',
      'not API AttachUserPolicy ✕',
    ]);
    const lanes = page.getByRole('treegrid').getByRole('row');
    await expect.poll(async () => (await lanes.allInnerTexts()).join()).not.toContain('backup');
  });

  it('stands in the address without a word of the logs, and is there after a reload', async () => {
    await page.getByRole('tab', { name: 'Why' }).click();
    await page.getByRole('columnheader', { name: 'Start' }).getByRole('button').click();
    await page.getByLabel('Group').selectOption('service');
    await page.getByLabel('Filter by text').fill('access');
    const kept = () => page.evaluate(() => (history.state as { text?: string } | null)?.text);
    await expect.poll(kept).toBe('access');
    expect(page.url()).toContain('group=service');
    const address = decodeURIComponent(page.url()).replace(/analysis=[^&]*/, '');
    expect(address).not.toMatch(/iam|Attach|Access|amazonaws|us-east|\d{12}/i);
    await sinceReload();
    expect(await names()).toEqual(['CreateAccessKey']);
    expect(await chips()).toHaveLength(2);
    expect(await page.getByLabel('Filter by text').inputValue()).toBe('access');
    expect(await page.getByLabel('Group').inputValue()).toBe('service');
    expect(await page.getByRole('tab', { selected: true }).innerText()).toBe('Why');
    expect(
      await page.getByRole('columnheader', { name: 'Start' }).getAttribute('aria-sort'),
    ).not.toBe('none');
  });

  it('goes back step by step', async () => {
    await page.goBack();
    await expect.poll(names).toEqual(['AttachUserPolicy']);
    await page.goBack();
    await expect.poll(chips).toHaveLength(1);
    await page.goForward();
    await expect.poll(names).toEqual(['AttachUserPolicy']);
  });

  it('is all again when every filter is cleared, and focus stays among the filters', async () => {
    await page.getByRole('button', { name: 'Clear all' }).click();
    await expect.poll(() => rows().count()).toBe(5);
    const label = await page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
    expect(label).toBe('Filter by text');
  });

  it('is zoomed to a span that a reload keeps', async () => {
    await page.getByRole('treegrid').focus();
    for (let i = 0; i < 2; i++) await page.keyboard.press('+');
    await expect.poll(() => page.url()).toContain('span=');
    const readout = page.getByRole('group', { name: 'Filters in force' }).locator('.chip');
    const span = await readout.innerText();
    await page.waitForTimeout(300);
    await sinceReload();
    expect(await readout.innerText()).toBe(span);
    expect(await page.getByRole('button', { name: 'All time', exact: true }).isEnabled()).toBe(
      true,
    );
  });

  it('is not disturbed by an address that somebody made up', async () => {
    const [path, fragment] = page.url().split('#');
    const analysis = new URLSearchParams(fragment).get('analysis')!;
    for (const made of [
      'insight=%00&only=api.999999999&series=9999.1&span=-999999999_5&sort=x&tab=<b>',
      'only=__proto__.1&without=identity.-4&group=constructor&order=1&series=a.b',
    ]) {
      await page.goto('about:blank');
      await page.goto(`${path}#analysis=${analysis}&${made}`);
      expect(await settled(page)).toBe('done');
      await expect.poll(() => rows().count()).toBe(5);
    }
  });
});
