import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { csvLines } from './builtPage';
import { countsOf } from './counts';
import { filesOf } from './corpus';
import type { Contestant, Measurement } from './measurement';
import { installInto } from './install';
import type { PeerSetting } from './peers';
import { browserProcesses, cpuMsOf, isFirefox } from './processTree';
import { serve } from './staticServer';
import { takeNotes, timesOf } from './takeNotes';

/** Playwright drives a Firefox of its own only; this drives the one that is installed, over WebDriver BiDi. */
const PACKAGE = 'puppeteer-core@24.43.1';
const EXECUTABLES = ['firefox-esr', 'firefox'];
const WARM_UP_MS = 3000;
const LONGEST_RUN_MS = 600_000;

/** As much of the driver as is used here. */
interface Driver {
  launch(options: object): Promise<FirefoxBrowser>;
}
interface FirefoxBrowser {
  newPage(): Promise<FirefoxTab>;
  close(): Promise<void>;
}
interface FirefoxTab {
  evaluateOnNewDocument(script: (cores: number) => void, cores: number): Promise<unknown>;
  exposeFunction(name: string, does: () => unknown): Promise<void>;
  goto(address: string): Promise<unknown>;
  waitForSelector(selector: string, options?: object): Promise<unknown>;
  $(selector: string): Promise<{ uploadFile(...paths: string[]): Promise<void> } | null>;
  click(selector: string): Promise<void>;
  evaluate<T>(script: () => T | Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** The built page in Firefox; a folder goes in as many files, which is the same to the page. */
export async function firefoxPage(setting: PeerSetting): Promise<Contestant | null> {
  const executablePath = firefox();
  const driver = executablePath && driverIn(resolve(setting.home, 'peers'));
  if (!driver) {
    console.log(`Skipped: Firefox (Debian: firefox-esr) or ${PACKAGE} is not to be had.`);
    return null;
  }
  const server = await serve(setting.page);
  const protocolTimeout = LONGEST_RUN_MS;
  const browser = await driver.launch({ browser: 'firefox', executablePath, protocolTimeout });
  return {
    name: 'the page in Firefox',
    run: async (verify) => measure(await browser.newPage(), server.address, setting, verify),
    close: async () => {
      await browser.close();
      server.close();
    },
  };
}

async function measure(
  tab: FirefoxTab,
  address: string,
  { home, corpus, form, readers }: PeerSetting,
  verify: boolean,
): Promise<Measurement> {
  let before = 0;
  let after = 0;
  const cpu = () => cpuMsOf(browserProcesses(isFirefox));
  await tab.exposeFunction('benchChosen', () => void (before = cpu()));
  await tab.exposeFunction('benchCounted', () => void (after = cpu()));
  await tab.evaluateOnNewDocument(takeNotes, readers);
  await tab.goto(address);
  await tab.waitForSelector('[data-testid=analysis]');
  await new Promise((wait) => setTimeout(wait, WARM_UP_MS));
  const input = await tab.$('[data-testid=files-input]');
  await input!.uploadFile(...filesOf(home, corpus, form));
  const ended = '[data-testid=analysis]:is([data-state=done],[data-state=failed])';
  await tab.waitForSelector(ended, { timeout: LONGEST_RUN_MS });
  const { states, chosen } = await tab.evaluate(() => ({ ...window.benchNotes, saved: null }));
  const { wallMs } = timesOf({ states, chosen, longTasks: [], firstEvents: 0, saved: null });
  const counts = verify ? countsOf(csvLines(await savedBy(tab))) : undefined;
  await tab.close();
  return { wallMs, cpuMs: after - before, counts };
}

async function savedBy(tab: FirefoxTab): Promise<string> {
  await tab.click('[data-testid=export-minute-counts]');
  return tab.evaluate(async () => {
    while (window.benchNotes.saved === null) await new Promise((wait) => setTimeout(wait, 50));
    return window.benchNotes.saved.text();
  });
}

const firefox = (): string | undefined => {
  const wanted = process.env.FIREFOX ? [process.env.FIREFOX] : EXECUTABLES;
  return wanted
    .map((name) => spawnSync('bash', ['-c', `command -v ${name}`], { encoding: 'utf8' }).stdout)
    .map((path) => path.trim())
    .find((path) => path !== '');
};

function driverIn(peers: string): Driver | null {
  if (!installInto(peers, PACKAGE)) return null;
  const require = createRequire(pathToFileURL(`${peers}/`));
  return (require('puppeteer-core') as { default: Driver }).default;
}
