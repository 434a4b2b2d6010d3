import type { Page } from 'playwright-core';
import { BenchBrowser } from './browser';
import { countsOf } from './counts';
import type { Form } from './corpus';
import type { Contestant, Counts, Measurement } from './measurement';
import { browserProcesses, cpuMsOf, largestRenderer } from './processTree';

/** The built page, driven by its promised test ids, from the File objects to the minute counts. */
export async function builtPage(
  pageFolder: string,
  readers: number,
  path: string,
  form: Form,
): Promise<Contestant> {
  const browser = await BenchBrowser.start(pageFolder, readers);
  const input = form === 'folder' && !path.endsWith('.gz') ? 'folder-input' : 'files-input';
  return {
    name: 'the page',
    run: (verify) => measure(browser, input, path, verify),
    close: () => browser.close(),
  };
}

/** What the page itself notes down while it reads. */
interface Notes {
  /** When the chosen files were handed over; milliseconds of `performance.now`. */
  chosen: number;
  states: { state: string; at: number }[];
  longTasks: { start: number; duration: number }[];
}

declare global {
  interface Window {
    benchNotes: Notes;
  }
}

/** Runs in the page before its own scripts. */
function takeNotes(): void {
  const notes: Notes = { chosen: 0, states: [], longTasks: [] };
  window.benchNotes = notes;
  const chosen = (event: Event) => {
    const { target } = event;
    if (notes.chosen || !(target instanceof HTMLInputElement) || target.type !== 'file') return;
    notes.chosen = performance.now();
    void window.benchChosen();
  };
  addEventListener('input', chosen, true);
  addEventListener('change', chosen, true);
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) {
      notes.longTasks.push({ start: startTime, duration });
    }
  }).observe({ type: 'longtask' });
  new MutationObserver(() => {
    const analysis = document.querySelector('[data-testid=analysis]');
    const state = analysis?.getAttribute('data-state') ?? '';
    if (state !== (notes.states.at(-1)?.state ?? '')) {
      notes.states.push({ state, at: performance.now() });
    }
  }).observe(document, { subtree: true, childList: true, attributeFilter: ['data-state'] });
}

/** How often the renderer's memory is looked at. */
const SAMPLE_MS = 250;
/** Workers and their compiled code are warm after this. */
const WARM_UP_MS = 1500;
const LONGEST_RUN_MS = 600_000;

async function measure(
  browser: BenchBrowser,
  input: string,
  path: string,
  verify: boolean,
): Promise<Measurement> {
  const page = await browser.open('/', takeNotes);
  await page.locator('[data-testid=analysis]').waitFor({ state: 'attached' });
  await page.waitForTimeout(WARM_UP_MS);
  let before = 0;
  await page.exposeFunction('benchChosen', () => (before = cpuMsOf(browserProcesses())));
  let pssMb = 0;
  const sampler = setInterval(() => (pssMb = Math.max(pssMb, largestRenderer().pssMb)), SAMPLE_MS);
  await page.getByTestId(input).setInputFiles(path, { timeout: LONGEST_RUN_MS });
  const ended = ':is([data-state=done],[data-state=failed])';
  const analysis = page.locator(`[data-testid=analysis]${ended}`);
  await analysis.waitFor({ state: 'attached', timeout: LONGEST_RUN_MS });
  clearInterval(sampler);
  const cpuMs = cpuMsOf(browserProcesses()) - before;
  const { peakRssMb } = largestRenderer();
  const notes = await page.evaluate(() => window.benchNotes);
  const counts = verify ? await exportedCounts(page) : undefined;
  await page.context().close();
  return { ...timesOf(notes), cpuMs, counts, notes: { ...longTasksOf(notes), peakRssMb, pssMb } };
}

function timesOf({ states, chosen }: Notes): { wallMs: number } {
  if (states.at(-1)?.state !== 'done') throw new Error('the page failed to read the corpus');
  const at = (state: string) => states.find((each) => each.state === state)?.at;
  return { wallMs: (at('detecting') ?? at('done')!) - chosen };
}

/** Long tasks of the page's thread, up to the counts and after. */
function longTasksOf(notes: Notes): Record<string, number> {
  const done = notes.states.at(-1)!.at;
  const { wallMs } = timesOf(notes);
  const counted = notes.chosen + wallMs;
  const reading = notes.longTasks.filter(({ start }) => start >= notes.chosen && start < counted);
  const later = notes.longTasks.filter(({ start }) => start >= counted && start < done);
  const longest = (tasks: Notes['longTasks']) => Math.max(0, ...tasks.map((t) => t.duration));
  return {
    untilDoneMs: done - notes.chosen,
    longTasks: reading.length,
    longestTaskMs: longest(reading),
    longestTaskLaterMs: longest(later),
  };
}

async function exportedCounts(page: Page): Promise<Counts> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByTestId('export-minute-counts').click(),
  ]);
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
  return countsOf(Buffer.concat(chunks).toString('utf8').split(/\r?\n/).slice(1));
}
