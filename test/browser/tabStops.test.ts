import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSample, serveBuiltPage, type BuiltPage } from '../support/builtPage';

/** Runs in the page: what can have the focus and is seen, where Tab goes; of radio buttons one each. */
function stops(): Element[] {
  const all = document.querySelectorAll<HTMLElement>(
    'button, input, select, textarea, summary, a[href], [tabindex]',
  );
  return [...all].filter(
    (element) =>
      element.tabIndex >= 0 &&
      !element.matches(':disabled, [inert] *, [type=file]') &&
      !(element.matches('[type=radio]') && !element.matches(':checked')) &&
      element.checkVisibility({ visibilityProperty: true }),
  );
}

interface Around {
  stops: typeof stops;
  wanted: Set<Element>;
  unseen: string[];
  heard: (event: FocusEvent) => void;
}

describe('the focus', () => {
  let built: BuiltPage;
  let page: Page;
  beforeAll(async () => {
    built = await serveBuiltPage();
    page = await built.open({ viewport: { width: 1440, height: 900 }, bypassCSP: true });
    await page.addScriptTag({ content: `window.stops = ${stops.toString()}` });
  });
  afterAll(() => built.close());

  const hasFocus = () =>
    page.evaluate(() => document.activeElement !== document.body && document.hasFocus());

  /** Tabs once around and returns what was not reached, and what had the focus without showing it. */
  async function around(): Promise<{ missed: string[]; unseen: string[] }> {
    const wanted = await page.evaluate(() => {
      const here = window as unknown as Around;
      here.wanted = new Set(here.stops());
      here.unseen = [];
      here.heard = ({ target }) => {
        here.wanted.delete(target as Element);
        const { outlineStyle, backgroundImage } = getComputedStyle(target as Element);
        if (outlineStyle === 'none' && backgroundImage === 'none')
          here.unseen.push((target as Element).outerHTML.slice(0, 120));
      };
      document.addEventListener('focusin', here.heard);
      document.querySelector<HTMLElement>('h1')?.focus();
      here.unseen = [];
      return here.wanted.size;
    });
    for (let i = 0; i < wanted + 10; i++) await page.keyboard.press('Tab');
    return page.evaluate(() => {
      const here = window as unknown as Around;
      document.removeEventListener('focusin', here.heard);
      const missed = [...here.wanted].filter((element) => element.isConnected);
      return {
        missed: missed.map(({ outerHTML }) => outerHTML.slice(0, 120)),
        unseen: here.unseen,
      };
    });
  }

  it('comes to every control of the start screen, and is seen on each', async () => {
    expect(await around()).toEqual({ missed: [], unseen: [] });
  });

  it('stays in the page when help and the palette close, though nothing had it before', async () => {
    for (const key of ['?', 'Control+k']) {
      await page.evaluate(() => (document.activeElement as HTMLElement).blur());
      await page.keyboard.press(key);
      await page.locator('dialog[open]').waitFor();
      await page.keyboard.press('Escape');
      await expect.poll(() => page.locator('dialog[open]').count()).toBe(0);
      await expect.poll(hasFocus).toBe(true);
    }
  });

  it('comes to every control of an open analysis, and is seen on each', async () => {
    await openSample(page);
    expect(await around()).toEqual({ missed: [], unseen: [] });
  });

  it('is never lost on the way through all that keys open and close', async () => {
    const keys =
      '2 n n p Enter Escape 1 ArrowDown Enter Shift+Enter Shift+Enter + ArrowRight - 0 g g g g ' +
      '3 c Escape v Escape v Enter Escape Escape ? Escape Control+k Escape / x Escape Escape';
    for (const key of keys.split(' ')) {
      await page.keyboard.press(key);
      await expect.poll(hasFocus, { message: `after ${key}` }).toBe(true);
    }
  });

  it('comes back from share, settings and the ledger', async () => {
    for (const name of [/^Share/, /^Settings/, /Ledger/]) {
      const opener = page.getByRole('button', { name }).first();
      await opener.focus();
      await page.keyboard.press('Enter');
      await expect.poll(hasFocus).toBe(true);
      await page.keyboard.press('Escape');
      await expect.poll(hasFocus).toBe(true);
    }
  });
});
