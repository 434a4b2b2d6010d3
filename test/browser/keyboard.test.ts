import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveBuiltPage, settled, type BuiltPage } from '../support/builtPage';

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

  it('the sample opens', async () => {
    await page.getByTestId('open-sample').focus();
    await page.keyboard.press('Enter');
    expect(await settled(page)).toBe('done');
  });

  it('files are chosen from a button that opens the browser’s own dialog', async () => {
    const dialog = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: /Add logs/ }).focus();
    await page.keyboard.press('Enter');
    expect((await dialog).isMultiple()).toBe(true);
  });

  it('n and p go to the next insight and back', async () => {
    await page.locator('body').click({ position: { x: 2, y: 2 } });
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

  it('/ filters the list', async () => {
    await page.keyboard.press('/');
    await page.keyboard.type('AttachUserPolicy');
    await expect.poll(() => page.getByTestId('insight-row').count()).toBe(1);
  });

  it('? explains the keys, and Escape closes that again', async () => {
    await page.keyboard.press('Escape');
    await page.locator('body').click({ position: { x: 2, y: 2 } });
    await page.keyboard.press('?');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
  });
});
