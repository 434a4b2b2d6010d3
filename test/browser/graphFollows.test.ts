import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  openOverview,
  SAMPLE_START,
  SAMPLE_MINUTES,
  serveBuiltPage,
  type BuiltPage,
} from '../support/builtPage';

describe('A span that is drawn on the overview', () => {
  let built: BuiltPage;
  let page: Page;
  beforeAll(async () => {
    built = await serveBuiltPage();
    page = await openOverview(built);
  });
  afterAll(() => built.close());
  beforeEach(async () => {
    await page.getByRole('treegrid').press('0');
    await expect.poll(() => page.url()).not.toContain('span=');
    await row('UpdateInstanceInformation').click();
    await expect.poll(shown).toEqual(OWN);
  });

  const row = (name: string) =>
    page.locator(`[data-testid=insight-row][data-event-name=${name}]`).first();
  const lane = (name: string) => page.getByRole('row', { name: new RegExp(name) }).first();
  /** The minutes of the sample that the graph is about. */
  const shown = async () => {
    const words = (await page.locator('.stage [role=img]').getAttribute('aria-label'))!;
    return words.match(/\d{4}-\d\d-\d\d \d\d:\d\d/g)!.map(minuteOf);
  };
  const minuteOf = (time: string) =>
    Date.parse(`${time.replace(' ', 'T')}Z`) / 60_000 - SAMPLE_START;
  const PEAK = minuteOf('2026-01-21 13:37');
  const OWN = [PEAK - 90, PEAK + 90];
  const drag = async (where: '.plot' | '.strip', from: number, to: number) => {
    const { x, y, width } = (await page.locator(where).boundingBox())!;
    await page.mouse.move(x + width * from, y + 15);
    await page.mouse.down();
    await page.mouse.move(x + width * to, y + 15, { steps: 4 });
    await page.mouse.up();
  };
  const overviews = () => page.getByRole('button', { name: 'Overview’s', exact: true });
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
  const pressed = (name: string) =>
    page.getByRole('button', { name, exact: true }).getAttribute('aria-pressed');

  it('is what the graph shows, too, drawn over the lanes or on the strip', async () => {
    await drag('.plot', 0.5, 0.75);
    await expect.poll(shown).toEqual([SAMPLE_MINUTES / 2, (SAMPLE_MINUTES * 3) / 4]);
    await expect
      .poll(async () => [await pressed('Overview’s'), await pressed('3h')])
      .toEqual(['true', 'false']);
    await drag('.strip', 0.25, 0.375);
    await expect.poll(shown).toEqual([SAMPLE_MINUTES / 4, (SAMPLE_MINUTES * 3) / 8]);
  });

  it('is what the graph of an API without insights shows, too', async () => {
    await lane('CreateLogStream').getByRole('button').first().click();
    await page.getByRole('heading', { name: 'CreateLogStream' }).waitFor();
    const own = await shown();
    await drag('.plot', 0.25, 0.5);
    await expect.poll(shown).toEqual([SAMPLE_MINUTES / 4, SAMPLE_MINUTES / 2]);
    await press('All time');
    await expect.poll(shown).toEqual(own);
  });

  it('takes the graph along when it is panned and zoomed from then on', async () => {
    await drag('.plot', 0.5, 0.75);
    await expect.poll(shown).toEqual([SAMPLE_MINUTES / 2, (SAMPLE_MINUTES * 3) / 4]);
    await page.getByRole('treegrid').press('ArrowLeft');
    await expect
      .poll(async () => (await shown())[0])
      .toBe(SAMPLE_MINUTES / 2 - SAMPLE_MINUTES / 40);
    await page.getByRole('treegrid').press('-');
    await expect
      .poll(async () => (await shown())[0])
      .toBeLessThan(SAMPLE_MINUTES / 2 - SAMPLE_MINUTES / 20);
  });

  it('is not what the wheel makes of the overview: the graph keeps its own span', async () => {
    const { x, y, width } = (await page.locator('.plot').boundingBox())!;
    await page.mouse.move(x + width / 2, y + 15);
    await page.mouse.wheel(0, -100);
    await overviews().waitFor();
    expect(await shown()).toEqual(OWN);
  });

  it('leaves the graph when all time is shown again: by double click, Esc, or the chip', async () => {
    const plot = (await page.locator('.plot').boundingBox())!;
    const ways = [
      () => page.mouse.dblclick(plot.x + 300, plot.y + plot.height - 10),
      () => page.getByRole('button', { name: 'List insights of all times' }).click(),
      async () => {
        await page.keyboard.press('Escape');
        await page.keyboard.press('Escape');
      },
    ];
    for (const back of ways) {
      await row('UpdateInstanceInformation').click();
      await drag('.plot', 0.625, 0.875);
      await expect.poll(async () => (await shown())[0]).toBe(SAMPLE_MINUTES * 0.625);
      await back();
      await expect.poll(() => page.url()).not.toMatch(/span=|graph=/);
      await row('UpdateInstanceInformation').click();
      await expect.poll(shown).toEqual(OWN);
    }
  });

  it('gives way to what is chosen on the graph, and is a click away from there', async () => {
    await drag('.plot', 0.625, 0.875);
    await expect.poll(async () => (await shown())[0]).toBe(SAMPLE_MINUTES * 0.625);
    await press('1d');
    await expect.poll(async () => (await shown())[1] - (await shown())[0]).toBe(1440);
    await expect
      .poll(async () => [await pressed('Overview’s'), await pressed('1d')])
      .toEqual(['false', 'true']);
    await overviews().click();
    await expect.poll(shown).toEqual([SAMPLE_MINUTES * 0.625, SAMPLE_MINUTES * 0.875]);
    await press('Reset');
    await expect.poll(shown).toEqual(OWN);
    await expect.poll(() => page.url()).toContain('span=');
  });

  it('does not swallow another insight, which comes with its own minutes and has it a click away', async () => {
    await drag('.plot', 0.625, 0.875);
    await expect.poll(async () => (await shown())[0]).toBe(SAMPLE_MINUTES * 0.625);
    await row('AttachUserPolicy').click();
    await expect.poll(async () => (await shown())[1] - (await shown())[0]).toBe(180);
    await overviews().click();
    await expect.poll(shown).toEqual([SAMPLE_MINUTES * 0.625, SAMPLE_MINUTES * 0.875]);
    await row('AttachUserPolicy').click();
    await expect.poll(shown).toEqual([SAMPLE_MINUTES * 0.625, SAMPLE_MINUTES * 0.875]);
  });

  it('stands in the address for the graph, too: back, forward and a reload bring it again', async () => {
    // Longer than one gesture lasts.
    await page.waitForTimeout(1100);
    await drag('.plot', 0.625, 0.875);
    const drawn = [SAMPLE_MINUTES * 0.625, SAMPLE_MINUTES * 0.875];
    await expect.poll(shown).toEqual(drawn);
    await page.goBack();
    await expect.poll(shown).toEqual(OWN);
    await page.goForward();
    await expect.poll(shown).toEqual(drawn);
    await page.reload();
    await page.locator('.stage [role=img]').waitFor();
    await expect.poll(shown).toEqual(drawn);
    await row('AttachUserPolicy').click();
    await expect.poll(async () => (await shown())[1] - (await shown())[0]).toBe(180);
    await page.goBack();
    await expect.poll(shown).toEqual(drawn);
  });

  it('asks, drawn over the lanes, for nothing when Esc lets go of it', async () => {
    const { x, y, width } = (await page.locator('.plot').boundingBox())!;
    await page.mouse.move(x + width * 0.2, y + 15);
    await page.mouse.down();
    await page.mouse.move(x + width * 0.4, y + 15, { steps: 4 });
    await page.keyboard.press('Escape');
    await page.mouse.up();
    expect(page.url()).not.toContain('span=');
    expect(page.url()).toContain('insight=');
    expect(await shown()).toEqual(OWN);
  });
});
