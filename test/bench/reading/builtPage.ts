import type { Page } from 'playwright-core';
import { BenchBrowser } from './browser';
import { countsOf } from './counts';
import type { Contestant, Counts, Measurement } from './measurement';
import { largestRenderer, threads, type Threads } from './processTree';
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

/** How often the renderer's memory is looked at. */
const SAMPLE_MS = 250;
/** Workers and their compiled code are warm after this. */
const WARM_UP_MS = 1500;
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
  await page.waitForTimeout(WARM_UP_MS);
  let before: Threads | null = null;
  let after: Threads | null = null;
  await page.exposeFunction('benchChosen', () => void (before = threads()));
  await page.exposeFunction('benchCounted', () => void (after = threads()));
  let pssMb = 0;
  const sampler = setInterval(() => (pssMb = Math.max(pssMb, largestRenderer().pssMb)), SAMPLE_MS);
  await page.getByTestId(input).setInputFiles(path, { timeout: LONGEST_RUN_MS });
  const ended = ':is([data-state=done],[data-state=failed])';
  const analysis = page.locator(`[data-testid=analysis]${ended}`);
  await analysis.waitFor({ state: 'attached', timeout: LONGEST_RUN_MS });
  clearInterval(sampler);
  const { peakRssMb } = largestRenderer();
  const { wallMs, ...times } = timesOf(await page.evaluate(() => window.benchNotes));
  const { cpuMs, ...cpu } = spentBetween(before!, after ?? threads());
  const counts = verify ? await exportedCounts(page) : undefined;
  await page.context().close();
  const beyondBusiestReaderMs = wallMs - cpu.cpuBusiestReaderMs;
  return {
    wallMs,
    cpuMs,
    counts,
    notes: { ...times, ...cpu, beyondBusiestReaderMs, peakRssMb, pssMb },
  };
}

/** CPU time by what spent it; up to the counts. */
function spentBetween(before: Threads, after: Threads) {
  const spent = [...after].map(([id, { kind, cpuMs }]) => ({
    kind,
    ms: cpuMs - (before.get(id)?.cpuMs ?? 0),
  }));
  const of = (kind: string) =>
    spent.filter((each) => each.kind === kind).reduce((sum, { ms }) => sum + ms, 0);
  const workers = spent.filter(({ kind }) => kind === 'worker').map(({ ms }) => ms);
  return {
    cpuMs: spent.reduce((sum, { ms }) => sum + ms, 0),
    cpuWorkersMs: of('worker'),
    cpuBusiestReaderMs: Math.max(0, ...workers),
    cpuPageThreadMs: of('page'),
    cpuCompilerAndGcMs: of('pool'),
    cpuBrowserProcessMs: of('browser'),
  };
}

async function exportedCounts(page: Page): Promise<Counts> {
  await page.getByTestId('export-minute-counts').click();
  await page.waitForFunction(() => window.benchNotes.saved !== null);
  return countsOf(csvLines(await page.evaluate(() => window.benchNotes.saved!.text())));
}

/** Without the header. */
export const csvLines = (csv: string): string[] => csv.split(/\r?\n/).slice(1);
