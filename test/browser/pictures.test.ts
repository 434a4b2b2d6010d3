import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSample, serveBuiltPage, settled, type BuiltPage } from '../support/builtPage';
import { differenceOf } from '../support/screenPicture';
import { sharedData } from '../support/sharedData';
import { writeEvent } from '../support/trailRecords';

const REAL = sharedData('cloudtrail/invictus-aws_dataset');

const WIDE = { width: 1440, height: 900 };
const NARROW = { width: 390, height: 844 };
const LOOKS = [
  { look: 'light', colorScheme: 'light', viewport: WIDE },
  { look: 'dark', colorScheme: 'dark', viewport: WIDE },
  { look: 'narrow', colorScheme: 'light', viewport: NARROW },
] as const;

let built: BuiltPage;
beforeAll(async () => {
  built = await serveBuiltPage();
});
afterAll(() => built.close());

describe.each(LOOKS)('Screens look as they are stored, $look:', ({ look, ...options }) => {
  let page: Page;
  beforeAll(async () => {
    page = await built.open({ ...options, reducedMotion: 'reduce' });
  });

  const looksAsStored = async (screen: string): Promise<void> => {
    const { isSame, words } = await differenceOf(page, `${look}-${screen}`);
    if ((await page.locator('dialog[open], :popover-open').count()) > 0)
      await page.keyboard.press('Escape');
    expect(isSame, words).toBe(true);
  };
  const press = (name: string | RegExp) =>
    page
      .getByRole('button', { name, exact: typeof name === 'string' })
      .first()
      .click();

  it('the start screen', () => looksAsStored('start'));

  it('the overview and the list', async () => {
    await openSample(page);
    await looksAsStored('list');
  });

  it('a list that a filter leaves empty', async () => {
    await page.keyboard.press('/');
    await page.keyboard.type('nothing is called so');
    await looksAsStored('empty-filter');
    await page.keyboard.press('Control+A');
    await page.keyboard.press('Delete');
  });

  it('an insight with its attributions', async () => {
    await page.getByTestId('insight-row').nth(1).click();
    await page.getByRole('tab', { name: 'Attributions' }).waitFor();
    await looksAsStored('attributions');
  });

  it.each(['CloudTrail events', 'Why', 'Insights record'])('the tab %s', async (tab) => {
    await page.getByRole('tab', { name: tab, exact: true }).click();
    await looksAsStored(tab.toLowerCase().replace(' ', '-'));
  });

  it('settings', async () => {
    if (look === 'narrow') await press('← Insights');
    await press('Settings');
    await looksAsStored('settings');
  });

  it('the share dialog', async () => {
    await press('Share…');
    await page.locator('dialog fieldset[aria-busy=false]').waitFor();
    await looksAsStored('share');
  });

  it('help', async () => {
    await press('Help');
    await page.getByRole('dialog').waitFor();
    await looksAsStored('help');
  });

  it('the ledger', async () => {
    await page.getByTestId('ledger').getByRole('button').first().click();
    await looksAsStored('ledger');
  });
});

/** Files of logs for which a screen looks different from the sample's. */
const STATES = {
  'one-minute': Array.from({ length: 40 }, (_, n) => writeEvent(n)).map((event) => ({
    ...event,
    eventTime: '2026-01-12T10:05:00Z',
  })),
  'five-thousand-rows': Array.from({ length: 5000 }, (_, n) => ({
    ...writeEvent(n),
    eventName: `CreateThing${n}`,
  })),
  'reads-alone': Array.from({ length: 40 }, (_, n) => ({
    ...writeEvent(n),
    eventName: 'ListThings',
    readOnly: true,
  })),
};

describe('States look as they are stored:', () => {
  const openState = async (
    options: Parameters<BuiltPage['open']>[0] = { viewport: WIDE, colorScheme: 'light' },
  ) => built.open({ reducedMotion: 'reduce', ...options });
  const expectStored = async (page: Page, name: string) => {
    const { isSame, words } = await differenceOf(page, name);
    await page.close();
    expect(isSame, words).toBe(true);
  };

  it.each(Object.entries(STATES))('%s', async (name, Records) => {
    const page = await openState();
    const buffer = Buffer.from(JSON.stringify({ Records }));
    const file = { name: `${name}.json`, mimeType: 'application/json', buffer };
    await page.getByTestId('files-input').setInputFiles(file);
    expect(await settled(page)).toBe('done');
    await expectStored(page, `light-${name}`);
  });

  it('a part of the page that was lost', async () => {
    const page = await openState();
    await page.waitForLoadState('networkidle');
    await page.context().setOffline(true);
    await page.getByTestId('files-input').setInputFiles('public/sample-trail.tar.gz');
    expect(await settled(page)).toBe('failed');
    await page.getByRole('button', { name: 'try again' }).waitFor();
    await expectStored(page, 'light-failed');
  });

  it('a row whose values are asked about', async () => {
    const page = await openState();
    await openSample(page);
    await page.keyboard.press('2');
    await page.keyboard.press('Shift+F10');
    await expectStored(page, 'light-row-values');
  });

  it('a screen of 4K', async () => {
    const page = await openState({ viewport: { width: 3840, height: 2160 }, colorScheme: 'light' });
    await openSample(page);
    await expectStored(page, 'light-4k');
  });

  it.skipIf(!REAL)('the ledger of real logs', async () => {
    const page = await openState({ viewport: WIDE, colorScheme: 'dark' });
    await page.getByTestId('folder-input').setInputFiles(REAL!);
    await settled(page);
    await page.getByTestId('ledger').getByRole('button').first().click();
    await expectStored(page, 'dark-real-ledger');
  });
});

describe('Screens without an analysis look as they are stored:', () => {
  it('a file that is no log', async () => {
    const page = await built.open({ viewport: WIDE, colorScheme: 'light' });
    const bytes = Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 7919 + i / 8) & 255));
    const file = { name: 'holiday.jpg', mimeType: 'image/jpeg', buffer: bytes };
    await page.getByTestId('files-input').setInputFiles(file);
    await settled(page);
    const { isSame, words } = await differenceOf(page, 'light-no-log');
    expect(isSame, words).toBe(true);
  });
});

/** Held to what is stored: there is nothing to compare with while pictures are made. */
describe.skipIf(process.env.UPDATE_PICTURES)('The comparison of pictures', () => {
  let page: Page;
  beforeAll(async () => {
    page = await built.open({ viewport: WIDE, colorScheme: 'light', reducedMotion: 'reduce' });
    await openSample(page);
  });

  it.each(['DejaVu Serif', 'Liberation Sans'])('does not mind %s', async (font) => {
    const style = await page.addStyleTag({ content: `:root { --font: '${font}' !important }` });
    const { isSame, words } = await differenceOf(page, 'light-list');
    expect(isSame, words).toBe(true);
    await style.evaluate((element) => element.parentNode?.removeChild(element));
  });

  it.each([
    ['panes that stand one below the other', '.below { display: block !important }'],
    ['lanes that are not drawn', '.plot canvas { visibility: hidden }'],
    ['a list without rows', '[data-testid=insight-row] { display: none !important }'],
    ['a summary that lost its line', '.facts { display: block !important }'],
  ])('minds %s', async (_, content) => {
    const style = await page.addStyleTag({ content });
    expect((await differenceOf(page, 'light-list')).isSame).toBe(false);
    await style.evaluate((element) => element.parentNode?.removeChild(element));
  });
});
