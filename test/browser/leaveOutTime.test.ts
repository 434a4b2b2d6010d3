import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { downloadOf, openSample, serveBuiltPage, type BuiltPage } from '../support/builtPage';

const SPIKE = '[data-testid=insight-row][data-event-name=UpdateInstanceInformation]';
const MINUTE = 60_000;

describe('a time to leave out that is typed', () => {
  let built: BuiltPage;
  let page: Page;
  /** First and last minute to leave out: around the spike. */
  let from: Date;
  let to: Date;
  let leftOut: unknown;

  const foundSpikes = () => page.locator(`${SPIKE}:not([data-found=AWS])`).count();
  const panel = () => page.getByRole('dialog', { name: 'Detection settings' });
  const field = (name: string) => panel().locator('form').getByLabel(name);
  const leaveOut = () => panel().getByRole('button', { name: 'Leave out this time' });
  const excludedSpans = async () =>
    JSON.parse(await downloadOf(page, 'export-insights')).trailglass.settings.excludedSpans;
  /** As the field holds it, on a clock so many minutes ahead of UTC. */
  const wall = (time: Date, ahead = 0) =>
    new Date(time.getTime() + ahead * MINUTE).toISOString().slice(0, 16);
  /** How high the line of facts is, on narrower and wider screens: what is below must not move. */
  const factHeights = async () => {
    const heights = [];
    for (const width of [1280, 1920, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      heights.push((await page.locator('.facts').boundingBox())!.height);
      const last = (await page.getByTestId('share').boundingBox())!;
      expect(last.x + last.width).toBeLessThanOrEqual(width);
    }
    return heights;
  };
  const type = async (first: string, last: string) => {
    await field('from').fill(first);
    await field('to').fill(last);
  };

  beforeAll(async () => {
    built = await serveBuiltPage();
    page = await built.open({ viewport: { width: 1440, height: 900 }, timezoneId: 'Asia/Kolkata' });
    await openSample(page);
    const spike = new Date((await page.locator(SPIKE).first().getAttribute('data-start'))!);
    from = new Date(spike.getTime() - 10 * MINUTE);
    to = new Date(spike.getTime() + 30 * MINUTE);
    await page.getByRole('button', { name: 'Settings' }).click();
  });
  afterAll(() => built.close());

  it('is refused where it ends before it starts, and the page says why', async () => {
    await type(wall(to), wall(from));
    await panel().getByRole('alert').getByText('The end has to come after the start.').waitFor();
    expect(await leaveOut().isDisabled()).toBe(true);
    expect(await field('from').getAttribute('aria-invalid')).toBe('true');
    await type(wall(from), wall(to));
    expect(await panel().getByRole('alert').count()).toBe(0);
  });

  it('is detected without, counted, listed and exported, and the form is empty again', async () => {
    expect(await foundSpikes()).toBe(1);
    const heights = await factHeights();
    await leaveOut().click();
    await expect.poll(foundSpikes).toBe(0);
    expect(await factHeights()).toEqual(heights);
    const times = `${wall(from).replace('T', ' ')} – ${wall(to).slice(11)} UTC`;
    await panel()
      .getByRole('checkbox', { name: `Leave out minutes ${times}` })
      .waitFor();
    await page.getByText(/1 left out: [\d,]+ calls/).waitFor();
    expect(await field('from').inputValue()).toBe('');
    leftOut = await excludedSpans();
    expect(leftOut).toHaveLength(1);
  });

  it('comes back with one key', async () => {
    await page.keyboard.press('Escape');
    await page.keyboard.press('u');
    await expect.poll(foundSpikes).toBe(1);
    expect(await excludedSpans()).toEqual([]);
  });

  it('means the clock that the page shows: in local time it is the same time', async () => {
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: /Find a command/ }).fill('local time');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Settings' }).click();
    const ahead = 5 * 60 + 30;
    await type(wall(from, ahead), wall(to, ahead));
    expect(await field('from').locator('..').innerText()).toContain('UTC+05:30');
    await field('to').press('Enter');
    await expect.poll(foundSpikes).toBe(0);
    expect(await excludedSpans()).toEqual(leftOut);
  });
});
