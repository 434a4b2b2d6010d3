import { chromium, type Browser, type Page } from 'playwright-core';
import { CHROMIUM_FLAGS } from '../../support/chromiumFlags';
import { serve } from './staticServer';

/** One Chromium and a server of a folder on localhost; every page comes with a fresh profile. */
export class BenchBrowser {
  private constructor(
    private readonly browser: Browser,
    private readonly server: Awaited<ReturnType<typeof serve>>,
  ) {}

  static async start(folder: string): Promise<BenchBrowser> {
    const server = await serve(folder);
    const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
    return new BenchBrowser(
      await chromium.launch({ executablePath, args: CHROMIUM_FLAGS }),
      server,
    );
  }

  /** `prepare` runs in the page before its scripts. Closing its context ends the page and its profile. */
  async open(path: string, prepare: (cores: number) => void, cores: number): Promise<Page> {
    const context = await this.browser.newContext();
    const page = await context.newPage();
    await page.addInitScript(prepare, cores);
    await page.goto(`${this.server.address}${path}`);
    return page;
  }

  async close(): Promise<void> {
    await this.browser.close();
    this.server.close();
  }
}
