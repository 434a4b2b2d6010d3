import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seriousFaults } from '../support/axe';
import { downloadOf, openSample, serveBuiltPage, type BuiltPage } from '../support/builtPage';

const ROLE = 'arn:aws:sts::111122223333:assumed-role/web-server';
const SPIKE = '[data-testid=insight-row][data-event-name=UpdateInstanceInformation]';

describe('what if', () => {
  let built: BuiltPage;
  let page: Page;

  const rows = () => page.getByTestId('insight-row').count();
  /** The spike as detection finds it; what AWS recorded stays listed whatever is left out. */
  const foundSpikes = () => page.locator(`${SPIKE}:not([data-found=AWS])`).count();
  const settings = () => page.getByRole('button', { name: 'Settings' });
  const panel = () => page.getByRole('dialog', { name: 'Detection settings' });
  const closePanel = () => panel().getByRole('button', { name: 'Close' }).click();
  const exportedSettings = async () =>
    JSON.parse(await downloadOf(page, 'export-insights')).trailglass.settings;

  beforeAll(async () => {
    built = await serveBuiltPage();
    page = await built.open({ viewport: { width: 1440, height: 900 } });
    await openSample(page);
  });
  afterAll(() => built.close());

  it('severity changes, detection follows', async () => {
    const before = await rows();
    await page.getByRole('slider', { name: 'severity' }).fill('5');
    await expect.poll(rows).toBeLessThan(before);
    await settings().click();
    await panel()
      .getByRole('radio', { name: /3 default/ })
      .check();
    await expect.poll(rows).toBe(before);
    await closePanel();
  });

  it('the columns that matter stand in the list, and a click moves nothing sideways', async () => {
    await page.locator(SPIKE).first().click();
    for (const title of ['Start, UTC', 'Baseline avg/min', 'Insight avg/min', 'Rate change']) {
      const header = page
        .getByRole('grid', { name: 'Insights events' })
        .getByRole('columnheader', { name: new RegExp(`^${title}`) })
        .first();
      const [title1, list] = await Promise.all([
        header.boundingBox(),
        page.getByRole('region', { name: 'Insights events' }).boundingBox(),
      ]);
      expect(title1!.x + title1!.width).toBeLessThanOrEqual(list!.x + list!.width);
      expect(title1!.x).toBeGreaterThanOrEqual(list!.x);
    }
  });

  it('a minute that is no insight says why', async () => {
    const graph = page.getByRole('application', { name: /^Graph/ });
    const box = (await graph.boundingBox())!;
    await page.mouse.click(box.x + box.width * 0.3, box.y + box.height * 0.7);
    await page
      .getByRole('region', { name: 'Why no insight' })
      .getByText(/calls in the minute 2026-01-21 1\d:\d\d UTC, about .* expected; from \d+ on it/)
      .waitFor();
  });

  it('the span in view names who called, against the rest of the logs', async () => {
    await page.getByRole('button', { name: 'Who calls', exact: true }).click();
    const span = page.getByRole('region', { name: 'Calls in the chosen span' });
    await span.getByRole('columnheader', { name: 'Rest of the logs' }).first().waitFor();
    expect(await span.innerText()).toContain(ROLE);
    expect(await seriousFaults(page)).toEqual([]);
    await span.getByRole('button', { name: 'Close the chosen span' }).click();
  });

  it('the identity of the spike is left out, and the spike is gone', async () => {
    expect(await foundSpikes()).toBe(1);
    await page
      .getByRole('button', { name: 'Leave out user identity assumed-role/web-server' })
      .first()
      .click();
    await expect.poll(foundSpikes).toBe(0);
    await page.getByText(/1 left out: [\d,]+ calls/).waitFor();
  });

  it('the page says what that took away, and takes it back', async () => {
    const change = page.getByRole('complementary', { name: 'The last change of the settings' });
    await change.getByText('assumed-role/web-server left out').waitFor();
    await change.getByRole('button', { name: /fewer/ }).click();
    await page
      .getByRole('dialog', { name: 'What the last change did' })
      .getByText('ssm UpdateInstanceInformation')
      .waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('u');
    await expect.poll(foundSpikes).toBe(1);
    expect(await page.getByText(/left out:/).count()).toBe(0);
    await page
      .getByRole('button', { name: 'Leave out user identity assumed-role/web-server' })
      .first()
      .click();
    await expect.poll(foundSpikes).toBe(0);
  });

  it('the page keeps the focus in sight when what was clicked is gone', async () => {
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('BUTTON');
  });

  it('it stays so after a reload, with its reason, and in what is exported', async () => {
    await settings().click();
    await panel()
      .getByLabel(/^Reason/)
      .fill('our own fleet');
    await panel()
      .getByLabel(/^Reason/)
      .press('Tab');
    await expect
      .poll(async () => (await exportedSettings()).mutes)
      .toEqual([{ userIdentityArn: ROLE, reason: 'our own fleet' }]);
    await page.reload();
    await page.getByText(/1 left out: [\d,]+ calls/).waitFor();
    expect(await foundSpikes()).toBe(0);
  });

  it('what is left out is passed on as a small file and taken in again', async () => {
    await settings().click();
    expect(await seriousFaults(page)).toEqual([]);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      panel().getByRole('button', { name: 'Export' }).click(),
    ]);
    const file = await download.path();
    await panel()
      .getByRole('button', { name: /^Remove user identity/ })
      .click();
    await expect.poll(foundSpikes).toBe(1);
    await panel()
      .getByTestId('mutes-input')
      .setInputFiles({
        name: 'broken.json',
        mimeType: 'application/json',
        buffer: Buffer.from('{"mutes":[{"userIdentityArn":5,"reason":""}]}'),
      });
    await panel().getByText('mutes[0].userIdentityArn: expected string, found 5.').waitFor();
    await panel()
      .getByTestId('mutes-input')
      .setInputFiles({
        name: 'left-out.json',
        mimeType: 'application/json',
        buffer: readFileSync(file),
      });
    await expect.poll(foundSpikes).toBe(0);
    expect(
      await panel()
        .getByLabel(/^Reason/)
        .inputValue(),
    ).toBe('our own fleet');
  });

  it('switched off, it hides nothing and is still listed', async () => {
    await panel()
      .getByRole('checkbox', { name: /^Leave out user identity/ })
      .uncheck();
    await expect.poll(foundSpikes).toBe(1);
    expect(await page.getByText(/left out:/).count()).toBe(0);
  });

  it('no type of insight is asked for, and the page says that Insights are off', async () => {
    await panel().getByText('As AWS’s InsightSelectors').click();
    await panel().getByLabel('InsightSelectors', { exact: true }).fill('[{"InsightType":""}]');
    await panel().getByRole('button', { name: 'Apply' }).click();
    await panel().getByText('Insights are off: nothing is judged.').waitFor();
    await page.getByText('Insights are off', { exact: true }).waitFor();
    expect(await page.locator('[data-testid=insight-row]:not([data-found=AWS])').count()).toBe(0);
    await panel().getByRole('button', { name: 'Defaults' }).click();
    await expect.poll(foundSpikes).toBe(1);
  });

  it('Escape closes the settings and nothing else', async () => {
    await page.keyboard.press('Escape');
    expect(await panel().isVisible()).toBe(false);
    expect(await page.getByRole('region', { name: 'Insight details' }).isVisible()).toBe(true);
  });
});
