import type { Page } from 'playwright-core';
import { BenchBrowser } from './browser';
import { countsOf } from './counts';
import type { Contestant, Counts, Measurement } from './measurement';
import {
  browserProcesses,
  cpuMsOf,
  largestShareMb,
  peakRssMb,
  threads,
  type ThreadStat,
} from './processTree';
import { inputFor, pathOf } from './corpus';
import type { PeerSetting } from './peers';
import { takeNotes, timesOf } from './takeNotes';

/** The built page in Chromium, driven by its promised test ids, from the File objects to the minute counts. */
export async function builtPage(
  name: string,
  { page, home, corpus, form, readers }: PeerSetting,
): Promise<Contestant> {
  const browser = await BenchBrowser.start(page);
  const path = pathOf(home, corpus, form);
  return {
    name,
    run: (verify) => measure(browser, readers, inputFor(corpus, form), path, verify),
    close: () => browser.close(),
  };
}

/** How often a renderer's memory and the threads are looked at. */
const SAMPLE_MS = 100;
/** Workers and their compiled code are warm so long after somebody came to the page. */
const WARM_UP_MS = 3000;
const LONGEST_RUN_MS = 600_000;

async function measure(
  browser: BenchBrowser,
  readers: number,
  input: string,
  path: string,
  verify: boolean,
): Promise<Measurement> {
  const page = await browser.open('/', takeNotes, readers);
  await page.locator('[data-testid=analysis]').waitFor({ state: 'attached' });
  await page.mouse.move(9, 9);
  await page.waitForTimeout(WARM_UP_MS);
  let cpuBefore = 0;
  let cpuAfter = 0;
  await page.exposeFunction('benchChosen', () => (cpuBefore = cpuMsOf(browserProcesses())));
  await page.exposeFunction('benchCounted', () => {
    cpuAfter ||= cpuMsOf(browserProcesses());
    watch?.end();
  });
  const watch = verify ? new Watch() : null;
  await page.getByTestId(input).setInputFiles(path, { timeout: LONGEST_RUN_MS });
  const ended = ':is([data-state=done],[data-state=failed])';
  const analysis = page.locator(`[data-testid=analysis]${ended}`);
  await analysis.waitFor({ state: 'attached', timeout: LONGEST_RUN_MS });
  const { wallMs, ...times } = timesOf(await page.evaluate(() => window.benchNotes));
  const notes = { ...times, peakRssMb: peakRssMb(), ...watch?.seen() };
  const counts = verify ? await exportedCounts(page) : undefined;
  await page.context().close();
  return { wallMs, cpuMs: cpuAfter - cpuBefore, counts, notes };
}

/**
 * CPU time by what spent it, and memory. Looking takes a tenth of a core, so it is done in the
 * round that is not timed; and often, since readers end before everything is counted.
 */
class Watch {
  readonly #before = threads();
  readonly #threads = new Map<number, ThreadStat>();
  readonly #timer = setInterval(() => this.#look(), SAMPLE_MS);
  #pssMb = 0;

  /** Everything is counted: what comes later does not belong to it. */
  end(): void {
    clearInterval(this.#timer);
    this.#look();
  }

  seen(): Record<string, number> {
    const spent = [...this.#threads].map(([id, { kind, cpuMs }]) => ({
      kind,
      ms: cpuMs - (this.#before.get(id)?.cpuMs ?? 0),
    }));
    const of = (kind: string) => spent.filter((each) => each.kind === kind).map(({ ms }) => ms);
    const sum = (values: number[]) => values.reduce((total, ms) => total + ms, 0);
    return {
      cpuWorkersMs: sum(of('worker')),
      cpuBusiestWorkerMs: Math.max(0, ...of('worker')),
      cpuPageThreadMs: sum(of('page')),
      cpuCompilerAndGcMs: sum(of('pool')),
      cpuBrowserProcessMs: sum(of('browser')),
      pssMb: this.#pssMb,
    };
  }

  #look(): void {
    this.#pssMb = Math.max(this.#pssMb, largestShareMb());
    for (const [id, stat] of threads()) this.#threads.set(id, stat);
  }
}

async function exportedCounts(page: Page): Promise<Counts> {
  await page.getByTestId('export-minute-counts').click();
  const isSaved = () => window.benchNotes.saved !== null;
  await page.waitForFunction(isSaved, null, { timeout: LONGEST_RUN_MS });
  return countsOf(csvLines(await page.evaluate(() => window.benchNotes.saved!.text())));
}

/** Without the header. */
export const csvLines = (csv: string): string[] => csv.split(/\r?\n/).slice(1);
