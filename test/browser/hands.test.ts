import { readFile } from 'node:fs/promises';
import type { CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSample, serveBuiltPage, type BuiltPage } from '../support/builtPage';

type Point = readonly [x: number, y: number];

/** Fingers from one place to another in ten steps. */
async function drag(
  session: CDPSession,
  fingers: readonly { from: Point; to: Point }[],
): Promise<void> {
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', share: number | null) =>
    session.send('Input.dispatchTouchEvent', {
      type,
      touchPoints:
        share === null
          ? []
          : fingers.map(({ from, to }, id) => ({
              id,
              x: from[0] + (to[0] - from[0]) * share,
              y: from[1] + (to[1] - from[1]) * share,
            })),
    });
  await touch('touchStart', 0);
  for (let step = 1; step <= 10; step++) await touch('touchMove', step / 10);
  await touch('touchEnd', null);
}

const ticks = (page: Page): Promise<string> =>
  page
    .locator('.overview .axis text')
    .allTextContents()
    .then((all) => all.join(' '));

describe('The pictures under the hand', () => {
  let built: BuiltPage;
  beforeAll(async () => {
    built = await serveBuiltPage();
  });
  afterAll(() => built.close());

  async function sampleIn(options: Parameters<BuiltPage['open']>[0] = {}): Promise<Page> {
    const page = await built.open({ viewport: { width: 1440, height: 900 }, ...options });
    await openSample(page);
    await page.locator('.plot canvas').waitFor();
    return page;
  }

  it('two fingers zoom the overview, one pans it and scrolls its rows', async () => {
    const page = await sampleIn({ hasTouch: true });
    const session = await page.context().newCDPSession(page);
    const { x, y } = (await page.locator('.plot').boundingBox())!;
    const all = await ticks(page);
    const at = y + 60;
    await drag(session, [
      { from: [x + 300, at], to: [x + 200, at] },
      { from: [x + 360, at], to: [x + 460, at] },
    ]);
    await expect.poll(() => ticks(page)).not.toBe(all);
    const zoomed = await ticks(page);
    await drag(session, [{ from: [x + 400, at], to: [x + 150, at] }]);
    await expect.poll(() => ticks(page)).not.toBe(zoomed);
    await drag(session, [{ from: [x + 400, at + 60], to: [x + 400, at - 60] }]);
    const scrolled = () => page.getByRole('treegrid').evaluate(({ scrollTop }) => scrollTop);
    await expect.poll(scrolled).toBeGreaterThan(20);
  });

  it('a tap opens an API without insights, and one more asks why a minute is none', async () => {
    const page = await sampleIn({ hasTouch: true });
    const lanes = (await page.locator('.plot').boundingBox())!;
    const row = (await page.getByRole('row', { name: /CreateLogStream/ }).boundingBox())!;
    await page.touchscreen.tap(lanes.x + 200, row.y + row.height / 2);
    await page.getByRole('heading', { name: /CreateLogStream/ }).waitFor();
    const hands = (await page.locator('.hands').boundingBox())!;
    await page.touchscreen.tap(hands.x + 100, hands.y + 100);
    await page.getByRole('region', { name: 'Why no insight' }).waitFor();
  });

  it('keys reach every series, its minutes and who calls in a span', async () => {
    const page = await sampleIn();
    await page.getByRole('treegrid').focus();
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await page.getByText('No insights here at this severity.').waitFor();
    await page.getByRole('application').focus();
    for (const key of ['+', 'Shift+ArrowRight', 'Enter']) await page.keyboard.press(key);
    await page.getByRole('region', { name: 'Why no insight' }).waitFor();
    await page.getByRole('button', { name: 'Who calls', exact: true }).press('Enter');
    const span = page.getByRole('region', { name: 'Calls in the chosen span' });
    await span.getByText('Rest of the logs').first().waitFor();
  });

  it('the threshold drawn for a minute becomes the one told for it', async () => {
    const page = await sampleIn();
    await page.getByRole('treegrid').focus();
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await page.getByText('No insights here at this severity.').waitFor();
    await page.getByRole('application').focus();
    for (const key of ['+', '+', '+', '+', '+', '+', '+', 'Shift+ArrowRight', 'Enter'])
      await page.keyboard.press(key);
    const why = page.getByRole('region', { name: 'Why no insight' });
    const words = await why.getByText(/from [\d,]+ on it would/).innerText();
    const told = /from ([\d,]+) on it would/.exec(words)![1];
    const drawn = page.locator('dl').filter({ hasText: 'unusual from' });
    await drawn.getByText(told, { exact: true }).waitFor();
  });

  it('the mouse draws a span on the overview, and the list keeps what is in it', async () => {
    const page = await sampleIn();
    const { x, y, width } = (await page.locator('.plot').boundingBox())!;
    await page.mouse.move(x + width * 0.6, y + 20);
    await page.mouse.down();
    await page.mouse.move(x + width * 0.7, y + 40, { steps: 4 });
    await page.mouse.up();
    await expect.poll(() => page.getByTestId('insight-row').count()).toBe(2);
    await page.mouse.dblclick(x + width * 0.3, y + 20);
    await expect.poll(() => page.getByTestId('insight-row').count()).toBe(5);
  });

  it('beside an insight stands what else its identity called, each a way to its series', async () => {
    const page = await sampleIn();
    const row = page.locator('[data-testid=insight-row][data-event-name=CreateAccessKey]');
    await row.click();
    await page.getByLabel('Other APIs by').selectOption({ index: 1 });
    const others = page.getByRole('list', { name: /Other APIs by/ }).getByRole('button');
    await others.filter({ hasText: 'AttachUserPolicy' }).waitFor();
    await page.getByText('Minutes in view as a table').click();
    await page.getByRole('columnheader', { name: 'iam AttachUserPolicy' }).waitFor();
    await others.filter({ hasText: 'AttachUserPolicy' }).click();
    await page.getByRole('heading', { name: /AttachUserPolicy/ }).waitFor();
  });

  it('the graph saves itself as it stands, as SVG and as PNG', async () => {
    const page = await sampleIn();
    await page.getByTestId('insight-row').first().click();
    const save = async (form: string) => {
      const button = page.getByRole('group', { name: 'Save picture' });
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        button.getByRole('button', { name: form }).click(),
      ]);
      return readFile(await download.path());
    };
    expect((await save('SVG')).toString('utf8')).toContain('StartBackupJob');
    expect([...(await save('PNG')).subarray(1, 4)]).toEqual([...Buffer.from('PNG')]);
  });
});
