/**
 * How long the page's thread is held up by one task: while the built page is opened in a fresh browser, when a result with
 * about 10,000 insights in as many series is shown first, and while it is worked with by keyboard; then with 1.2 million
 * rows of 1,000 series, of which two hours are left out. Says per step the longest task on the clock and in processor
 * time; none should take 50 ms.
 *
 *   npx vite build && node test/bench/tasks.mjs [rounds]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { preview } from 'vite';
import { manyBursts, steadyCalls, writeLogs } from './taskLogs.mjs';

const rounds = Number(process.argv[2] ?? 3);
const CATEGORIES = ['toplevel', 'devtools.timeline'];

/** Longest task of the page's thread within a trace: milliseconds on the clock and of processor. */
function longestIn(trace) {
  const events = JSON.parse(trace.toString()).traceEvents;
  const ofThread = ({ pid, tid }) => events.filter((e) => e.pid === pid && e.tid === tid);
  const scripted = (thread) =>
    ofThread(thread).filter(({ name }) => name === 'FunctionCall').length;
  const [page] = events
    .filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain')
    .sort((a, b) => scripted(b) - scripted(a));
  const tasks = ofThread(page).filter(({ ph, name }) => ph === 'X' && name.endsWith('RunTask'));
  const most = (of) => Math.max(0, ...tasks.map((task) => (task[of] ?? 0) / 1000));
  return { clock: most('dur'), processor: most('tdur') };
}

const server = await preview({ preview: { port: 0, host: 'localhost' } });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--no-first-run'],
});
const longest = new Map();

/** Acts, waits until all is shown, and notes the longest task meanwhile. */
async function during(page, step, act) {
  await browser.startTracing(page, { categories: CATEGORIES });
  await act();
  await page.waitForTimeout(600);
  const task = longestIn(await browser.stopTracing());
  longest.set(step, [...(longest.get(step) ?? []), task]);
}

async function typed(page, ...keys) {
  for (const key of keys) {
    await page.keyboard.press(key);
    await page.waitForTimeout(250);
  }
}

/** Only selectors of the browser's own: asking for roles and names is work of the page's thread, too. */
const settled = (page) =>
  page.waitForSelector('[data-testid=analysis][data-state=done]', { timeout: 120_000 });

/** By hand on what stands there, as `click` would: waiting until it does not move takes the page's thread. */
const press = (page, words) =>
  page.evaluate((text) => {
    const all = [...document.querySelectorAll('button')];
    all.find((button) => button.innerText.includes(text)).click();
  }, words);

/** One stop of the slider on, and all is told. */
async function severityMoved(page, by) {
  await page.focus('input[type=range]');
  await page.keyboard.press(by);
  await page.waitForTimeout(250);
  await settled(page);
}

const folder = mkdtempSync(join(tmpdir(), 'trailglass-tasks-'));
const files = writeLogs(folder, 'bursts', manyBursts());
const steady = writeLogs(folder, 'steady', steadyCalls());
for (let round = 0; round < rounds; round++) {
  const page = await (
    await browser.newContext({ viewport: { width: 1440, height: 900 } })
  ).newPage();
  await during(page, 'load', async () => {
    await page.goto(server.resolvedUrls.local[0]);
    await page.waitForSelector('[data-testid=analysis]');
  });
  await during(page, 'read and first show', async () => {
    await page.setInputFiles('[data-testid=files-input]', files);
    await settled(page);
  });
  await during(page, 'filter typed', () => typed(page, '/', ...'thing2'));
  await during(page, 'filter cleared', () => typed(page, 'Escape', 'Escape'));
  await during(page, 'next, previous', () => typed(page, 'n', 'n', 'p'));
  await during(page, 'grouped', () => typed(page, 'g', 'g', 'g', 'g'));
  await during(page, 'sorted', async () => {
    await page.click('.head button[title^="First minute"]');
    await page.waitForTimeout(250);
    await page.click('.head button[title^="How rare"]');
  });
  await during(page, 'palette typed', () => typed(page, 'Control+k', ...'createth', 'Escape'));
  await during(page, 'severity up', () => severityMoved(page, 'ArrowRight'));
  await during(page, 'severity down', () => severityMoved(page, 'ArrowLeft'));
  await during(page, 'opened again', async () => {
    await page.reload();
    await settled(page);
  });
  if (round === 0) console.log(await page.innerText('.list h2'));
  await page.context().close();
  await longRows();
}

/** The same page with a million rows. */
async function longRows() {
  const page = await (
    await browser.newContext({ viewport: { width: 1440, height: 900 } })
  ).newPage();
  await page.goto(server.resolvedUrls.local[0]);
  await page.waitForSelector('[data-testid=analysis]');
  await during(page, 'a million rows: read and first show', async () => {
    await page.setInputFiles('[data-testid=files-input]', steady);
    await settled(page);
  });
  await during(page, 'a million rows: opened again', async () => {
    await page.reload();
    await settled(page);
  });
  await during(page, 'a million rows: two hours left out', async () => {
    await page.evaluate((length) => {
      const fields = new URLSearchParams(location.hash.slice(1));
      fields.set('span', `20000_${20000 + length}`);
      location.hash = fields;
    }, 120);
    await page.waitForTimeout(600);
    await press(page, 'Leave out this span');
    await page.waitForTimeout(400);
    await settled(page);
  });
  await during(page, 'a million rows: severity', () => severityMoved(page, 'ArrowRight'));
  await page.context().close();
}

for (const [step, tasks] of longest) {
  const list = (of) => tasks.map((task) => task[of].toFixed(0)).join(' ');
  console.log(`${step}: ${list('clock')} ms on the clock, ${list('processor')} of processor`);
}
await browser.close();
await server.close();
rmSync(folder, { recursive: true });
