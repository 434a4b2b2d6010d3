import { resolve } from 'node:path';
import { BenchBrowser } from './browser';
import { inputFor, pathOf } from './corpus';
import { countsOf } from './counts';
import type { Contestant } from './measurement';
import type { PeerSetting } from './peers';
import { browserProcesses, cpuMsOf } from './processTree';

const SCRIPTS = resolve('test/bench/reading/obvious');
const WARM_UP_MS = 1500;
const LONGEST_RUN_MS = 1_200_000;

/** DecompressionStream and JSON.parse in as many workers as the page has readers. Knows no zip: gets the tar instead. */
export const obviousPage = (setting: PeerSetting): Promise<Contestant> => {
  const form = setting.form === 'zip' ? 'tar' : setting.form;
  return contestant('DecompressionStream + JSON.parse', '', { ...setting, form });
};

/** The browser's own floor: the same files read and thrown away. */
export const readingFloor = (setting: PeerSetting): Promise<Contestant> =>
  contestant('only reading the files', '#floor', setting);

async function contestant(name: string, hash: string, setting: PeerSetting): Promise<Contestant> {
  const { home, corpus, form, readers } = setting;
  const browser = await BenchBrowser.start(SCRIPTS);
  const path = pathOf(home, corpus, form);
  const input = inputFor(corpus, form) === 'folder-input' ? '#folder' : '#files';
  return {
    name,
    run: async (verify) => {
      const page = await browser.open(`/${hash}`, claimCores, readers);
      await page.waitForTimeout(WARM_UP_MS);
      let before = 0;
      await page.exposeFunction('benchChosen', () => (before = cpuMsOf(browserProcesses())));
      await page.evaluate(() => addEventListener('change', () => window.benchChosen(), true));
      await page.locator(input).setInputFiles(path, { timeout: LONGEST_RUN_MS });
      await page.waitForFunction(() => 'benchResult' in window, null, {
        timeout: LONGEST_RUN_MS,
        polling: 50,
      });
      const cpuMs = cpuMsOf(browserProcesses()) - before;
      const wallMs = await page.evaluate(() => window.benchResult.wallMs);
      const lines = verify ? await page.evaluate(() => window.benchResult.lines) : [];
      await page.context().close();
      return { wallMs, cpuMs, counts: lines.length > 0 ? countsOf(lines) : undefined };
    },
    close: () => browser.close(),
  };
}

/** Runs in the page before its scripts. */
function claimCores(cores: number): void {
  Object.defineProperty(navigator, 'hardwareConcurrency', { get: () => cores });
}

declare global {
  interface Window {
    benchResult: { wallMs: number; lines: string[] };
  }
}
