import { gzipSync } from 'node:zlib';
import type { Response, Route } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSample, serveBuiltPage, settled, type BuiltPage } from '../support/builtPage';

/** What the page asks for itself to hold, gzip; `serveBuiltPage` serves files as they are. */
const MOST_SCRIPT = 150_000;
const MOST_STYLE = 15_000;

describe('before anybody has touched the page', () => {
  let built: BuiltPage;
  const loaded: { type: string; url: string; gzip: number }[] = [];
  beforeAll(async () => {
    built = await serveBuiltPage();
    const context = (await built.open()).context();
    const page = await context.newPage();
    const answers: Promise<void>[] = [];
    const weigh = async (response: Response) => {
      const type = response.request().resourceType();
      const gzip = gzipSync(await response.body()).length;
      loaded.push({ type, url: response.url(), gzip });
    };
    page.on('response', (response) => {
      if (!response.url().startsWith('blob:')) answers.push(weigh(response));
    });
    // Readers are asked for once the page is idle, which may be after the network is.
    const reader = page.waitForResponse(/\/reader-/);
    await page.goto(built.address, { waitUntil: 'networkidle' });
    await reader;
    await Promise.all(answers);
  });
  afterAll(() => built.close());

  const weightOf = (type: string) =>
    loaded.filter((each) => each.type === type).reduce((sum, { gzip }) => sum + gzip, 0);

  it('its scripts and those of its workers weigh at most 150 kB', () => {
    const names = loaded.map(({ url }) => url).join(' ');
    expect(names).toMatch(/\/reader-/);
    expect(names).not.toMatch(/\/analyzer-/);
    expect(weightOf('script')).toBeGreaterThan(0);
    expect(weightOf('script')).toBeLessThanOrEqual(MOST_SCRIPT);
  });

  it('what analyses logs, and what shows them, comes as soon as a pointer moves over it', async () => {
    const page = await built.open();
    const parts = [/\/analyzer-/, /\/AnalysisPage-.*js/].map((part) => page.waitForRequest(part));
    await page.mouse.move(200, 200);
    for (const part of await Promise.all(parts)) expect(part.resourceType()).toBe('script');
  });

  it('its styles weigh at most 15 kB', () => {
    expect(weightOf('stylesheet')).toBeGreaterThan(0);
    expect(weightOf('stylesheet')).toBeLessThanOrEqual(MOST_STYLE);
  });
});

describe('a page that nobody touched before its server went away', () => {
  let built: BuiltPage;
  beforeAll(async () => {
    built = await serveBuiltPage();
  });
  afterAll(() => built.close());

  it('says so, and reads what was dropped once the server is back', async () => {
    const page = await built.open();
    await page.waitForLoadState('networkidle');
    await page.context().setOffline(true);
    await page.getByTestId('files-input').setInputFiles('public/sample-trail.tar.gz');
    const notice = page.getByRole('alert').filter({ hasText: 'try again' });
    await notice.waitFor();
    expect(await notice.innerText()).toMatch(/could not load a part of itself.*dropped is kept/s);
    expect(await page.getByTestId('analysis').getAttribute('data-state')).toBe('failed');
    await page.context().setOffline(false);
    await notice.getByRole('button', { name: 'try again' }).click();
    expect(await settled(page)).toBe('done');
    await page.getByTestId('insight-row').first().waitFor();
  });
});

describe('a page whose readers never came', () => {
  let built: BuiltPage;
  beforeAll(async () => {
    built = await serveBuiltPage();
  });
  afterAll(() => built.close());

  it('says so, asks for them once more when something is dropped, and reads it when they come', async () => {
    const page = await (await built.open()).context().newPage();
    let asked = 0;
    const refuse = (route: Route) => {
      asked++;
      return route.abort();
    };
    await page.route(/\/reader-/, refuse);
    await page.goto(built.address);
    await page.getByTestId('files-input').setInputFiles('public/sample-trail.tar.gz');
    await page.getByRole('button', { name: 'try again' }).waitFor();
    expect(asked).toBeLessThan(50);
    await page.unroute(/\/reader-/, refuse);
    await page.getByRole('button', { name: 'try again' }).click();
    expect(await settled(page)).toBe('done');
  });
});

describe('once an analysis is open', () => {
  let built: BuiltPage;
  beforeAll(async () => {
    built = await serveBuiltPage();
  });
  afterAll(() => built.close());

  it('every part of the page is at hand, though its server is gone', async () => {
    const page = await built.open();
    await openSample(page);
    await page.waitForLoadState('networkidle');
    await page.context().setOffline(true);
    await page.getByRole('button', { name: 'Help' }).click();
    await page.getByRole('dialog', { name: 'Help' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByTestId('share').click();
    await page.getByTestId('share-save').waitFor();
  });
});
