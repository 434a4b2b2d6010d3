import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSample, serveBuiltPage, settled, type BuiltPage } from '../support/builtPage';

describe('by keyboard alone', () => {
  let built: BuiltPage;
  let page: Page;
  beforeAll(async () => {
    built = await serveBuiltPage();
    page = await built.open({ viewport: { width: 1440, height: 900 } });
  });
  afterAll(() => built.close());

  const chosen = () =>
    page.locator('[data-testid=insight-row][aria-selected=true]').getAttribute('data-event-name');
  const focused = (selector: string) =>
    page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector);
  const toBody = () => page.locator('body').click({ position: { x: 2, y: 2 } });

  it('the sample opens, and focus goes on to what has opened', async () => {
    await page.getByTestId('open-sample').focus();
    await page.keyboard.press('Enter');
    expect(await settled(page)).toBe('done');
    await page.getByTestId('insight-row').first().waitFor();
    await expect.poll(() => focused('h1')).toBe(true);
  });

  it('files are chosen from a button that opens the browser’s own dialog', async () => {
    const dialog = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: /Add logs/ }).focus();
    await page.keyboard.press('Enter');
    expect((await dialog).isMultiple()).toBe(true);
  });

  it('n and p go to the next insight and back', async () => {
    await toBody();
    const first = await chosen();
    await page.keyboard.press('n');
    const second = await chosen();
    expect(second).not.toBe(first);
    await page.keyboard.press('p');
    expect(await chosen()).toBe(first);
  });

  it('the address holds the choice, and going back takes it back', async () => {
    await page.keyboard.press('n');
    const address = page.url();
    const second = await chosen();
    await page.keyboard.press('n');
    await page.goBack();
    expect(page.url()).toBe(address);
    expect(await chosen()).toBe(second);
  });

  it('g groups the overview by service, account, Region and not at all', async () => {
    const grouping = () => page.getByLabel('Group').inputValue();
    const seen = [];
    for (let i = 0; i < 4; i++) {
      await page.keyboard.press('g');
      seen.push(await grouping());
    }
    expect(seen).toEqual(['service', 'account', 'Region', 'none']);
  });

  it('1, 2 and 3 go to the overview, the list and the details', async () => {
    await page.keyboard.press('1');
    await expect.poll(() => focused('[role=treegrid]')).toBe(true);
    await page.keyboard.press('2');
    await expect.poll(() => focused('[data-testid=insight-row]')).toBe(true);
    await page.keyboard.press('3');
    await expect.poll(() => focused('[aria-label="Insight details"] h2')).toBe(true);
    const ring = () => page.evaluate(() => getComputedStyle(document.activeElement!).outlineStyle);
    expect(await ring()).toBe('solid');
  });

  it('Shift+F10 on a row asks what to do with each of its values, and Escape goes back to the row', async () => {
    await page.keyboard.press('2');
    const menu = page.locator('[role=menu]');
    for (const key of ['Shift+F10', 'ContextMenu']) {
      await page.keyboard.press(key);
      expect(await menu.getByRole('menuitem').count()).toBeGreaterThanOrEqual(5);
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowRight');
      await expect.poll(() => menu.getAttribute('aria-label')).toMatch(/^(service|error code) /);
      await page.keyboard.press('ArrowLeft');
      await expect.poll(() => menu.getAttribute('aria-label')).toBe('Values');
      await page.keyboard.press('Escape');
      await expect.poll(() => focused('[data-testid=insight-row]')).toBe(true);
    }
  });

  it('v does the same wherever the focus is, and what is asked for is done', async () => {
    const all = await page.getByTestId('insight-row').count();
    await page.keyboard.press('3');
    await page.keyboard.press('v');
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'Only insights with this API' }).waitFor();
    await page.keyboard.press('Enter');
    await expect.poll(() => page.getByTestId('insight-row').count()).toBeLessThan(all);
    await page.getByRole('button', { name: 'Clear all' }).click();
    await expect.poll(() => page.getByTestId('insight-row').count()).toBe(all);
    await toBody();
  });

  it('/ filters the list, where letters are text', async () => {
    await page.keyboard.press('/');
    await page.keyboard.type('AttachUserPolicyng1');
    await expect.poll(() => page.getByTestId('insight-row').count()).toBe(0);
    for (let i = 0; i < 3; i++) await page.keyboard.press('Backspace');
    await expect.poll(() => page.getByTestId('insight-row').count()).toBe(1);
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByTestId('insight-row').count()).toBeGreaterThan(1);
  });

  it('Escape in the empty filter goes on to the list', async () => {
    await page.keyboard.press('Escape');
    await expect.poll(() => focused('[data-testid=insight-row]')).toBe(true);
  });

  it('/ and ? work from a choice of values, where letters go to a value', async () => {
    await page.getByLabel('Filter by service').focus();
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Help' }).waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => focused('[aria-label="Filter by service"]')).toBe(true);
    await page.keyboard.press('/');
    await expect.poll(() => focused('[data-shortcut=filter]')).toBe(true);
  });

  it('? explains every key, and Escape closes that again', async () => {
    await page.keyboard.press('Escape');
    await page.keyboard.press('2');
    await page.keyboard.press('?');
    const help = page.getByRole('dialog', { name: 'Help' });
    await help.waitFor();
    const keys = await help.locator('dt').allInnerTexts();
    expect(keys).toEqual(
      expect.arrayContaining([
        'n',
        'p',
        '/',
        'g',
        'v',
        'c',
        '1',
        '2',
        '3',
        '?',
        'Esc',
        'Ctrl K',
        'Shift F10',
      ]),
    );
    await page.keyboard.press('Escape');
    await help.waitFor({ state: 'hidden' });
    await expect.poll(() => focused('[data-testid=insight-row]')).toBe(true);
  });
});

describe('the palette', () => {
  let built: BuiltPage;
  let page: Page;
  beforeAll(async () => {
    built = await serveBuiltPage();
    page = await built.open({ viewport: { width: 1440, height: 900 } });
    await openSample(page);
  });
  afterAll(() => built.close());

  const search = () => page.getByRole('combobox', { name: /Find a command/ });
  const open = async (query: string) => {
    await page.keyboard.press('Control+k');
    await search().waitFor();
    await page.keyboard.type(query);
  };
  const list = () => page.getByRole('listbox', { name: 'Found' });
  const options = () => list().getByRole('option').allInnerTexts();

  it('opens also from where somebody types, and gives the focus back', async () => {
    await page.getByLabel('Filter by text').focus();
    await open('');
    await page.keyboard.press('Escape');
    await search().waitFor({ state: 'detached' });
    const label = await page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
    expect(label).toBe('Filter by text');
  });

  it('goes to any API by the letters its words begin with, though nothing was found in it', async () => {
    await open('createlogstream');
    expect((await options())[0]).toContain('CreateLogStream');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: /CreateLogStream/, level: 2 }).waitFor();
    expect(page.url()).toContain('series=');
    expect(page.url()).not.toContain('CreateLogStream');
  });

  it('runs a command, and shows its key beside it', async () => {
    await open('next ins');
    expect((await options())[0]).toMatch(/Next insight\s*n$/);
    await page.keyboard.press('Enter');
    await page.locator('[data-testid=insight-row][aria-selected=true]').waitFor();
  });

  it('filters by an identity', async () => {
    const before = await page.getByTestId('insight-row').count();
    await open('only insights with this identity');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /^Only identity/ }).waitFor();
    expect(await page.getByTestId('insight-row').count()).toBeLessThan(before);
  });

  it('opens the dialog to share with the form asked for', async () => {
    await open('html report');
    await page.keyboard.press('Enter');
    const form = page.getByRole('dialog', { name: 'Share' }).getByLabel('HTML report');
    await expect.poll(() => form.isChecked()).toBe(true);
    await page.keyboard.press('Escape');
  });

  it('keeps what is typed while its code is on the way', async () => {
    const fresh = await page.context().newPage();
    let arrive = () => {};
    const way = new Promise<void>((resolve) => (arrive = resolve));
    await fresh.route(/Palette-.*\.js/, async (route) => {
      await way;
      await route.continue();
    });
    await fresh.goto(page.url());
    await fresh.getByTestId('insight-row').first().waitFor();
    await fresh.keyboard.press('Control+k');
    await fresh.keyboard.type('createlogx');
    await fresh.keyboard.press('Backspace');
    arrive();
    const query = fresh.getByRole('combobox', { name: /Find a command/ });
    await expect.poll(() => query.inputValue()).toBe('createlog');
    await fresh.keyboard.type('stream');
    await fresh.keyboard.press('Enter');
    await fresh.getByRole('heading', { name: /CreateLogStream/, level: 2 }).waitFor();
    await fresh.close();
  });

  it('moves with arrows from end to end, the option in sight', async () => {
    await open('');
    await page.keyboard.press('ArrowUp');
    const last = list().getByRole('option', { selected: true });
    await expect.poll(() => last.isVisible()).toBe(true);
    const [place, size] = await last.evaluate((element) => [
      element.getAttribute('aria-posinset'),
      element.getAttribute('aria-setsize'),
    ]);
    expect(place).toBe(size);
    await page.keyboard.press('ArrowDown');
    expect(await last.getAttribute('aria-posinset')).toBe('1');
  });
});
