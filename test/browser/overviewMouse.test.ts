import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  openSample,
  openOverview,
  SAMPLE_START,
  SAMPLE_MINUTES,
  serveBuiltPage,
  type BuiltPage,
} from '../support/builtPage';

type Box = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

describe('The mouse on the overview', () => {
  let built: BuiltPage;
  let page: Page;
  let plot: Box;
  let strip: Box;
  beforeAll(async () => {
    built = await serveBuiltPage();
    page = await openOverview(built);
  });
  afterAll(() => built.close());
  beforeEach(async () => {
    plot = (await page.locator('.plot').boundingBox())!;
    strip = (await page.locator('.strip').boundingBox())!;
    await page.mouse.move(5, 5);
    await page.getByRole('treegrid').press('0');
    await page.getByRole('treegrid').press('Home');
    await expect.poll(() => page.url()).not.toContain('span=');
    await page.getByTestId('insight-row').first().click();
  });

  const address = () => new URLSearchParams(page.url().split('#')[1]);
  /** The span in the address, in minutes of the sample. Its first minute has the first event of all in its second half. */
  const span = (): [number, number] => {
    const text = address().get('span');
    if (text === null) return [0, SAMPLE_MINUTES];
    const [from, to] = text.split('_').map(Number);
    return [from + 1, to + 1];
  };
  const chosen = () => [address().get('insight'), address().get('series')];
  const heading = () => page.locator('.details h2').innerText();
  /** To a share of the width, so many pixels below the top. */
  const moveTo = (share: number, y = 60) =>
    page.mouse.move(plot.x + plot.width * share, plot.y + y, { steps: 4 });
  const wheel = async (deltaY: number, times = 1) => {
    for (let i = 0; i < times; i++) await page.mouse.wheel(0, deltaY);
  };
  const wheelWith = async (key: 'Alt' | 'Control' | 'Shift', deltaY: number, times = 1) => {
    await page.keyboard.down(key);
    await wheel(deltaY, times);
    await page.keyboard.up(key);
  };
  /** How far the lanes are scrolled, pixels. */
  const scrolled = () => page.getByRole('treegrid').evaluate((lanes) => lanes.scrollTop);
  /** Longer than two turns of one gesture are apart. */
  const pause = () => page.waitForTimeout(400);
  const dragged = async (...shares: number[]) => {
    await moveTo(shares[0]);
    await page.mouse.down();
    for (const share of shares.slice(1)) await moveTo(share);
    await page.mouse.up();
  };

  /** What stands in the line above the lanes: the minute and the API under the pointer. */
  const pointed = async () => {
    const words = await page.locator('.overview .readout').innerText();
    const time = /\d{4}-\d\d-\d\d \d\d:\d\d/.exec(words)?.[0].replace(' ', 'T');
    return { words, minute: Date.parse(`${time}Z`) / 60_000 - SAMPLE_START };
  };
  const crosshairAt = async () => (await page.locator('.plot .crosshair').boundingBox())!.x;
  /** The name in the label of the row at a height of the plot. */
  const rowAt = (y: number) =>
    page.evaluate(
      ([x, at]) =>
        document.elementsFromPoint(x, at).find((each) => each.closest('[role=row]'))!.textContent!,
      [plot.x - 100, plot.y + y],
    );

  async function expectPointerAt(share: number, y: number): Promise<void> {
    const [from, to] = span();
    const minutesPerPixel = (to - from) / plot.width;
    await expect
      .poll(async () => Math.abs((await crosshairAt()) - (plot.x + plot.width * share)))
      .toBeLessThan(1.5);
    const { words, minute } = await pointed();
    const cell = Math.max(2, 20 * minutesPerPixel);
    expect(Math.abs(minute - (from + (to - from) * share))).toBeLessThan(cell);
    const [, api] = /(?:calls|errors)\s+\w+ (\w+)/.exec(words)!;
    expect(await rowAt(y)).toContain(api);
  }

  it('draws a span that is just what lies between where it went down and up', async () => {
    await dragged(0.25, 0.5);
    await expect.poll(span).toEqual([SAMPLE_MINUTES / 4, SAMPLE_MINUTES / 2]);
    await dragged(0.75, 0.5);
    await expect.poll(span).toEqual([(SAMPLE_MINUTES * 3) / 8, (SAMPLE_MINUTES * 7) / 16]);
  });

  it('draws to the end of the logs where it leaves the window, both ways', async () => {
    await moveTo(0.5);
    await page.mouse.down();
    await page.mouse.move(2000, -80, { steps: 4 });
    await page.mouse.up();
    await expect.poll(span).toEqual([SAMPLE_MINUTES / 2, SAMPLE_MINUTES]);
    await moveTo(0.5);
    await page.mouse.down();
    await page.mouse.move(-300, 2000, { steps: 4 });
    await page.mouse.up();
    await expect.poll(span).toEqual([SAMPLE_MINUTES / 2, (SAMPLE_MINUTES * 3) / 4]);
  });

  it('draws a single minute as the ten minutes around it', async () => {
    await dragged(0.5, 0.51);
    await expect.poll(async () => span()[1] - span()[0]).toBeLessThan(200);
    const [from, to] = span();
    await dragged(0.5, 0.5 + 6 / plot.width);
    const middle = from + (to - from) * 0.5;
    await expect.poll(async () => span()[1] - span()[0]).toBeLessThanOrEqual(11);
    expect(Math.abs((span()[0] + span()[1]) / 2 - middle)).toBeLessThan(1.5);
  });

  it('changes and chooses nothing where it ends up where it began, or far above or below', async () => {
    const before = [...chosen(), await heading()];
    await dragged(0.5, 0.7, 0.5);
    for (const below of [100, plot.height + 200, -150]) {
      await moveTo(0.5, 30);
      await page.mouse.down();
      await moveTo(0.5, 30 + below);
      await page.mouse.up();
    }
    await page.mouse.move(plot.x + 300, plot.y + 30);
    await page.mouse.down({ button: 'right' });
    await moveTo(0.7);
    await page.mouse.up({ button: 'right' });
    await page.waitForTimeout(300);
    expect(span()).toEqual([0, SAMPLE_MINUTES]);
    expect([...chosen(), await heading()]).toEqual(before);
  });

  it('is let go of though it went up where the page could not see it', async () => {
    const session = await page.context().newCDPSession(page);
    await moveTo(0.3);
    await page.mouse.down();
    await moveTo(0.4);
    await page.locator('.plot .drawing').waitFor();
    const at = { x: plot.x + plot.width * 0.6, y: plot.y + 60 };
    await session.send('Input.dispatchMouseEvent', { type: 'mouseMoved', ...at, buttons: 0 });
    await page.locator('.plot .drawing').waitFor({ state: 'detached' });
    await page.mouse.up();
    expect(span()).toEqual([0, SAMPLE_MINUTES]);
  });

  it('chooses with an unsteady hand what it was put down on', async () => {
    const insight = page.locator('[data-testid=insight-row][data-event-name=AttachUserPolicy]');
    const start = Date.parse((await insight.getAttribute('data-start'))!) / 60_000 - SAMPLE_START;
    const row = (await page
      .getByRole('row', { name: /AttachUserPolicy/ })
      .first()
      .boundingBox())!;
    const y = row.y + row.height / 2;
    const x = plot.x + (plot.width * start) / SAMPLE_MINUTES;
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 2, y + 1);
    await page.mouse.up();
    await expect.poll(heading).toContain('AttachUserPolicy');
    expect(await insight.getAttribute('aria-selected')).toBe('true');
    expect(span()).toEqual([0, SAMPLE_MINUTES]);
  });

  it('zooms by wheel around the minute below it, and not a minute further than it can', async () => {
    await moveTo(0.25);
    const wanted = SAMPLE_MINUTES / 4;
    await wheel(-100, 3);
    const shareBefore = () => (wanted - span()[0]) / (span()[1] - span()[0]);
    await expect.poll(() => span()[1] - span()[0]).toBeLessThan(SAMPLE_MINUTES * 0.6);
    expect(shareBefore()).toBeCloseTo(0.25, 2);
    await wheel(-100, 60);
    await expect.poll(() => span()[1] - span()[0]).toBeLessThanOrEqual(11);
    const nearest = span();
    await wheel(-100, 20);
    await page.waitForTimeout(200);
    expect(span()).toEqual(nearest);
    await wheel(100, 80);
    await expect.poll(span).toEqual([0, SAMPLE_MINUTES]);
    expect(await scrolled()).toBe(0);
  });

  it('zooms by Ctrl-wheel, as a pinch arrives, just as by the wheel alone', async () => {
    await moveTo(0.25);
    await wheelWith('Control', -100, 3);
    await expect.poll(() => span()[1] - span()[0]).toBeLessThan(SAMPLE_MINUTES * 0.6);
    const pinched = span();
    await page.getByRole('treegrid').press('0');
    await expect.poll(span).toEqual([0, SAMPLE_MINUTES]);
    await wheel(-100, 3);
    await expect.poll(span).toEqual(pinched);
  });

  it('says that all time is in view where the wheel wants more, and scrolls nothing by it', async () => {
    const readout = page.locator('.overview .readout');
    await moveTo(0.5);
    await wheel(100, 5);
    await expect.poll(() => readout.innerText()).toContain('All time is in view');
    await pause();
    await wheel(100, 5);
    await pause();
    expect([span(), await scrolled()]).toEqual([[0, SAMPLE_MINUTES], 0]);
    await moveTo(0.4);
    await expect.poll(() => readout.innerText()).not.toContain('All time');
  });

  it('scrolls rows by wheel over their names, and with Alt over the lanes', async () => {
    await page.mouse.move(plot.x - 100, plot.y + 60);
    await wheel(52);
    await expect.poll(scrolled).toBe(52);
    await moveTo(0.5);
    await wheelWith('Alt', 78);
    await expect.poll(scrolled).toBe(130);
    await wheelWith('Alt', -200);
    await expect.poll(scrolled).toBe(0);
    expect(span()).toEqual([0, SAMPLE_MINUTES]);
  });

  it('goes on scrolling rows when it comes from their names, and zooms after a pause', async () => {
    await page.mouse.move(plot.x - 100, plot.y + 60);
    await wheel(26);
    await page.mouse.move(plot.x + 300, plot.y + 60);
    await wheel(26);
    await expect.poll(scrolled).toBe(52);
    expect(span()).toEqual([0, SAMPLE_MINUTES]);
    await pause();
    await wheel(-100);
    await expect.poll(() => span()[1] - span()[0]).toBeLessThan(SAMPLE_MINUTES);
    expect(await scrolled()).toBe(52);
  });

  it('scrolls rows over the head of a group, and on over whatever rows come below it', async () => {
    await page.keyboard.press('g');
    await page.getByRole('row', { expanded: true }).first().waitFor();
    await moveTo(0.5, 13);
    await wheel(40, 3);
    await expect.poll(scrolled).toBe(120);
    expect(span()).toEqual([0, SAMPLE_MINUTES]);
    for (let i = 0; i < 3; i++) await page.keyboard.press('g');
    await expect.poll(() => page.getByRole('row', { expanded: true }).count()).toBe(0);
  });

  it('pans with Shift and the wheel the same way over the lanes and over the strip', async () => {
    await dragged(0.4, 0.6);
    await expect.poll(() => span()[0]).toBeGreaterThan(0);
    const [from] = span();
    await moveTo(0.5);
    await wheelWith('Shift', 60);
    await expect.poll(() => span()[0]).toBeGreaterThan(from);
    const [further] = span();
    await page.mouse.move(strip.x + strip.width / 2, strip.y + 10);
    await wheelWith('Shift', 60);
    await expect.poll(() => span()[0]).toBeGreaterThan(further);
  });

  it('holds the part in view on the strip, and time itself with Shift on the lanes', async () => {
    await dragged(0.4, 0.6);
    await expect.poll(() => span()[0]).toBeGreaterThan(0);
    const [from] = span();
    await page.mouse.move(strip.x + strip.width * 0.5, strip.y + 10);
    await page.mouse.down();
    await page.mouse.move(strip.x + strip.width * 0.6, strip.y + 10, { steps: 4 });
    await page.mouse.up();
    await expect.poll(() => span()[0] - from).toBeCloseTo(SAMPLE_MINUTES / 10, -1);
    await page.keyboard.down('Shift');
    await dragged(0.25, 0.75);
    await page.keyboard.up('Shift');
    await expect.poll(() => Math.abs(span()[0] - from)).toBeLessThan(5);
  });

  it('points at what is below it, whatever wheel, keys and double click move there', async () => {
    await moveTo(0.3, 40);
    await expectPointerAt(0.3, 40);
    await wheel(-100, 4);
    await wheelWith('Shift', 80);
    await expect.poll(() => span()[0]).toBeGreaterThan(0);
    await expectPointerAt(0.3, 40);
    await wheelWith('Alt', 52);
    await expect.poll(() => rowAt(40)).not.toContain('CreateAccessKey');
    await page.waitForTimeout(300);
    await expectPointerAt(0.3, 40);
    const [from] = span();
    await page.getByRole('treegrid').press('ArrowLeft');
    await expect.poll(() => span()[0]).toBeLessThan(from);
    await expectPointerAt(0.3, 40);
    await page.mouse.dblclick(plot.x + plot.width * 0.3, plot.y + 40);
    await expect.poll(span).toEqual([0, SAMPLE_MINUTES]);
    await expectPointerAt(0.3, 40);
  });

  it('goes back to all time by a double click, and chooses nothing on the way', async () => {
    const before = [...chosen(), await heading()];
    await dragged(0.45, 0.55);
    await expect.poll(() => span()[0]).toBeGreaterThan(0);
    await page.mouse.dblclick(plot.x + plot.width * 0.3, plot.y + 15);
    await expect.poll(span).toEqual([0, SAMPLE_MINUTES]);
    await page.waitForTimeout(400);
    expect([...chosen(), await heading()]).toEqual(before);
  });

  it('reads one minute of all rows at once, and none when it is gone', async () => {
    await page.mouse.move(strip.x + strip.width * 0.4, strip.y + 10);
    await page.mouse.move(strip.x + strip.width * 0.5, strip.y + 10);
    expect((await pointed()).minute).toBe(SAMPLE_MINUTES / 2);
    expect(Math.abs((await crosshairAt()) - (plot.x + plot.width / 2))).toBeLessThan(1.5);
    await page.mouse.move(5, 5);
    await page.locator('.plot .crosshair').waitFor({ state: 'detached' });
  });

  it('goes on drawing when the window changes its size meanwhile', async () => {
    await moveTo(0.25);
    await page.mouse.down();
    await moveTo(0.4);
    await page.setViewportSize({ width: 1240, height: 800 });
    await page.waitForTimeout(200);
    plot = (await page.locator('.plot').boundingBox())!;
    await moveTo(0.75);
    await page.mouse.up();
    await expect.poll(() => span()[1]).toBe((SAMPLE_MINUTES * 3) / 4);
    expect(Math.abs(span()[0] - SAMPLE_MINUTES / 4)).toBeLessThan(20);
    await page.setViewportSize({ width: 1440, height: 900 });
  });
});

describe('The mouse on the overview of a narrow screen', () => {
  let built: BuiltPage;
  let page: Page;
  beforeAll(async () => {
    built = await serveBuiltPage();
    page = await built.open({ viewport: { width: 900, height: 700 } });
    await openSample(page);
    await page.locator('.plot canvas').waitFor();
    const plot = (await page.locator('.plot').boundingBox())!;
    await page.mouse.move(plot.x + plot.width / 2, plot.y + 60);
  });
  afterAll(() => built.close());

  it('scrolls rows and, where they end, the page: nobody is caught in the lanes', async () => {
    const lanes = page.getByRole('treegrid');
    await page.mouse.wheel(0, 60);
    await expect.poll(() => lanes.evaluate(({ scrollTop }) => scrollTop)).toBe(60);
    for (const way of [1, -1]) {
      await page.mouse.wheel(0, way * 5000);
      await page.waitForTimeout(400);
      await page.mouse.wheel(0, way * 80);
      await expect.poll(() => page.evaluate(() => scrollY)).toBe(way > 0 ? 80 : 0);
    }
    expect(page.url()).not.toContain('span=');
  });

  it('zooms by Ctrl-wheel', async () => {
    await page.waitForTimeout(400);
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, -100);
    await page.keyboard.up('Control');
    await expect.poll(() => page.url()).toContain('span=');
    expect(await page.evaluate(() => scrollY)).toBe(0);
  });
});

describe('The mouse on the graph', () => {
  let built: BuiltPage;
  let page: Page;
  let hands: Box;
  beforeAll(async () => {
    built = await serveBuiltPage();
    page = await built.open({ viewport: { width: 1440, height: 900 } });
    await openSample(page);
    await page.locator('[data-testid=insight-row][data-event-name=CreateAccessKey]').click();
    hands = (await page.locator('.hands').boundingBox())!;
  });
  afterAll(() => built.close());
  beforeEach(() => page.getByRole('application').press('0'));

  const moveTo = (share: number) =>
    page.mouse.move(hands.x + hands.width * share, hands.y + 80, { steps: 3 });
  const read = () => page.locator('.graph dl .time dd').innerText();
  /** What stands on the time axis: days, times, months. */
  const ticks = async () =>
    (await page.locator('.stage text').allTextContents()).filter((text) => /[A-Z]|:/.test(text));

  it('zooms around the minute below it, which is read all the while, and no further than it can', async () => {
    await moveTo(0.25);
    const [before, wide] = [await read(), await ticks()];
    await page.mouse.wheel(0, -100);
    await expect.poll(ticks).not.toEqual(wide);
    expect(await read()).toBe(before);
    for (let i = 0; i < 60; i++) await page.mouse.wheel(0, -100);
    await page.waitForTimeout(200);
    const nearest = await ticks();
    const minute = await read();
    for (let i = 0; i < 10; i++) await page.mouse.wheel(0, -100);
    await page.waitForTimeout(200);
    expect([await ticks(), await read()]).toEqual([nearest, minute]);
  });

  it('stays where it is when all is in view and the wheel wants more', async () => {
    await moveTo(0.1);
    for (let i = 0; i < 40; i++) await page.mouse.wheel(0, 100);
    await page.waitForTimeout(200);
    const all = await ticks();
    for (let i = 0; i < 10; i++) await page.mouse.wheel(0, 100);
    await page.waitForTimeout(200);
    expect(await ticks()).toEqual(all);
  });

  it('asks nothing and zooms nowhere where a drag ends up where it began', async () => {
    const before = await ticks();
    await moveTo(0.3);
    await page.mouse.down();
    for (const share of [0.5, 0.3]) await moveTo(share);
    await page.mouse.up();
    await page.waitForTimeout(200);
    expect(await ticks()).toEqual(before);
    for (const name of ['Calls in the chosen span', 'Why no insight'])
      expect(await page.getByRole('region', { name }).count()).toBe(0);
  });
});
