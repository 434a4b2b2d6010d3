import type { Page } from 'playwright-core';
import { BenchBrowser } from './browser';
import { countsOf } from './counts';
import type { Contestant, Counts, Measurement } from './measurement';
import {
  browserProcesses,
  cpuMsOf,
  largestRenderer,
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

/** How often the renderer's memory and its threads are looked at. */
const SAMPLE_MS = 100;
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
  const watch = new CpuWatch();
  await page.exposeFunction('benchChosen', () => watch.begin());
  await page.exposeFunction('benchCounted', () => watch.end());
  let pssMb = 0;
  const sampler = setInterval(() => {
    pssMb = Math.max(pssMb, largestRenderer().pssMb);
    watch.look();
  }, SAMPLE_MS);
  await page.getByTestId(input).setInputFiles(path, { timeout: LONGEST_RUN_MS });
  const ended = ':is([data-state=done],[data-state=failed])';
  const analysis = page.locator(`[data-testid=analysis]${ended}`);
  await analysis.waitFor({ state: 'attached', timeout: LONGEST_RUN_MS });
  clearInterval(sampler);
  const { peakRssMb } = largestRenderer();
  const { wallMs, ...times } = timesOf(await page.evaluate(() => window.benchNotes));
  watch.end();
  const { cpuMs, ...cpu } = watch.spent();
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

/** CPU time by what spent it. Looks in between too: readers end before everything is counted. */
class CpuWatch {
  #before = new Map<number, number>();
  #allBefore = 0;
  #allAfter = 0;
  readonly #threads = new Map<number, ThreadStat>();

  begin(): void {
    this.#before = new Map([...threads()].map(([id, { cpuMs }]) => [id, cpuMs]));
    this.#allBefore = cpuMsOf(browserProcesses());
  }

  look(): void {
    if (this.#allAfter > 0) return;
    for (const [id, stat] of threads()) this.#threads.set(id, stat);
  }

  /** Once: what comes later is not counted. */
  end(): void {
    this.look();
    this.#allAfter ||= cpuMsOf(browserProcesses());
  }

  spent() {
    const spent = [...this.#threads].map(([id, { kind, cpuMs }]) => ({
      kind,
      ms: cpuMs - (this.#before.get(id) ?? 0),
    }));
    const of = (kind: string) =>
      spent.filter((each) => each.kind === kind).reduce((sum, { ms }) => sum + ms, 0);
    const workers = spent.filter(({ kind }) => kind === 'worker').map(({ ms }) => ms);
    return {
      cpuMs: this.#allAfter - this.#allBefore,
      cpuWorkersMs: of('worker'),
      cpuBusiestReaderMs: Math.max(0, ...workers),
      cpuPageThreadMs: of('page'),
      cpuCompilerAndGcMs: of('pool'),
      cpuBrowserProcessMs: of('browser'),
    };
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
