import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSample, serveBuiltPage, type BuiltPage } from '../support/builtPage';

/** The pixels of the lanes that are painted, as CSS colours. */
const laneColours = (page: Page): Promise<string[]> =>
  page.locator('.plot canvas').evaluate((element) => {
    const canvas = element as HTMLCanvasElement;
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
    const found = new Set<string>();
    for (let i = 0; i < data.length; i += 4)
      if (data[i + 3] === 255) found.add(`rgb(${data[i]}, ${data[i + 1]}, ${data[i + 2]})`);
    return [...found];
  });

/** White on black is the reader's own here, so that lanes are grey; the house's are blue. */
const GREY = /^rgb\((\d+), \1, \1\)$/;
const RISE = 'rgb(194, 65, 12)';

describe('The pictures', () => {
  let built: BuiltPage;
  beforeAll(async () => {
    built = await serveBuiltPage();
  });
  afterAll(() => built.close());

  async function sampleIn(options: Parameters<BuiltPage['open']>[0]): Promise<Page> {
    const page = await built.open({ viewport: { width: 1440, height: 900 }, ...options });
    await openSample(page);
    await page.locator('.plot canvas').waitFor();
    await expect.poll(() => laneColours(page).then((all) => all.length)).toBeGreaterThan(1);
    return page;
  }

  it('take the reader’s own colours where these are forced, at once when that changes', async () => {
    const page = await sampleIn({ forcedColors: 'active', colorScheme: 'dark' });
    const forced = await laneColours(page);
    expect(forced).toContainEqual(expect.stringMatching(GREY));
    expect(forced).not.toContain(RISE);
    await page.emulateMedia({ forcedColors: 'none', colorScheme: 'light' });
    await expect.poll(() => laneColours(page), { timeout: 10_000 }).toContain(RISE);
  });

  it.each([1, 1.5, 2, 3])('are sharp at %d device pixels a pixel', async (deviceScaleFactor) => {
    const page = await sampleIn({ deviceScaleFactor });
    const ratio = await page.locator('.plot canvas').evaluate((element) => {
      const canvas = element as HTMLCanvasElement;
      return canvas.width / canvas.getBoundingClientRect().width;
    });
    expect(ratio).toBeCloseTo(deviceScaleFactor, 1);
  });

  it.each([320, 390, 768, 3840])('fit into a window %d pixels wide', async (width) => {
    const page = await sampleIn({ viewport: { width, height: 900 } });
    await page.getByTestId('insight-row').first().click();
    await page.locator('.hands').waitFor();
    const over = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(over).toBe(0);
  });

  it('are on paper whole, one part after the other', async () => {
    const page = await sampleIn({});
    await page.emulateMedia({ media: 'print' });
    const cut = await page.locator('section.details').evaluate((element) => {
      const { overflowY } = getComputedStyle(element);
      return overflowY !== 'visible' && element.scrollHeight > element.clientHeight;
    });
    expect(cut).toBe(false);
    const tops = await page
      .locator('.workspace > .overview, section.list, section.details')
      .evaluateAll((elements) => elements.map((element) => element.getBoundingClientRect().top));
    expect(tops.toSorted((a, b) => a - b)).toEqual(tops);
  });

  it('move nothing by themselves where motion is not wanted', async () => {
    const page = await sampleIn({ reducedMotion: 'reduce' });
    await page.getByTestId('insight-row').nth(2).click();
    const moving = await page.evaluate(() => document.getAnimations().length);
    expect(moving).toBe(0);
  });
});
