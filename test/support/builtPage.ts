import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { preview, type PreviewServer } from 'vite';
import { CHROMIUM_FLAGS } from './chromiumFlags';

/** The built page, served on localhost and opened in a real Chromium. */
export interface BuiltPage {
  readonly address: string;
  /** A fresh profile with the page open. */
  open(options?: Parameters<Browser['newContext']>[0]): Promise<Page>;
  /** A further page of the same profile. */
  openIn(context: BrowserContext): Promise<Page>;
  close(): Promise<void>;
}

/** Serves `dist` and starts a browser; every page fails the test on an uncaught error. */
export async function serveBuiltPage(): Promise<BuiltPage> {
  const server: PreviewServer = await preview({ preview: { port: 0, host: 'localhost' } });
  const address = server.resolvedUrls!.local[0];
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: CHROMIUM_FLAGS,
  });
  const openIn = async (context: BrowserContext) => {
    const page = await context.newPage();
    await page.goto(address);
    await page.getByTestId('analysis').waitFor();
    return page;
  };
  return {
    address,
    openIn,
    open: async (options) =>
      openIn(await browser.newContext({ timezoneId: 'Asia/Kolkata', ...options })),
    close: async () => {
      await browser.close();
      await server.close();
    },
  };
}

/** Waits until the analysis has ended one way or the other and returns which. */
export async function settled(page: Page): Promise<string> {
  const analysis = page.locator('[data-testid=analysis]:is([data-state=done],[data-state=failed])');
  await analysis.waitFor({ timeout: 90_000 });
  return (await analysis.getAttribute('data-state'))!;
}

/** Opens the bundled sample and waits until its insights are listed. */
export async function openSample(page: Page): Promise<void> {
  await page.getByTestId('open-sample').click();
  if ((await settled(page)) === 'failed') throw new Error('The sample cannot be read.');
  await page.getByTestId('insight-row').first().waitFor();
}

/** The minutes of the sample: twelve days from here on. */
export const SAMPLE_START = Date.UTC(2026, 0, 12) / 60_000;
export const SAMPLE_MINUTES = 12 * 1440;

/** A page of 1440 pixels with the sample, its overview drawn. */
export async function openOverview(built: BuiltPage): Promise<Page> {
  const page = await built.open({ viewport: { width: 1440, height: 900 } });
  await openSample(page);
  await page.locator('.plot canvas').waitFor();
  return page;
}

/** What a click on the element downloads, as text. */
export async function downloadOf(page: Page, testId: string): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByTestId(testId).click(),
  ]);
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
