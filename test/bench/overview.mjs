/**
 * Frame times of the overview, built: 2,000 series over 90 days, panned, zoomed and scrolled for two seconds each in
 * Chromium. Says per gesture how much processor time the page's thread took a frame, how long a frame took on the clock
 * (median and 95th percentile), and how many of the frames came later than 60 a second allow.
 *
 *   node test/bench/overview.mjs [series] [days]
 */
import { resolve } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { chromium } from 'playwright-core';
import { build, preview } from 'vite';

const [series = '2000', days = '90'] = process.argv.slice(2);
const FRAMES = 120;
const FRAME_MS = 1000 / 60;

/** Panning and zooming swing to and fro, so that every frame shows something new. */
const gestures = {
  'pan, all in view but a little': { deltaY: 30, shiftKey: true, turn: 30 },
  'zoom between 90 days and hours': { deltaY: -60, ctrlKey: true, turn: 60 },
  scroll: { scroll: 40, turn: 120 },
};

/** Runs in the page: one step of the gesture a frame, as input arrives. */
async function framesOf({ frames, step: { scroll, turn, deltaY, ...keys } }) {
  const plot = document.querySelector('.plot');
  const scroller = document.querySelector('.scroller');
  const box = plot.getBoundingClientRect();
  const at = { clientX: box.left + box.width / 3, clientY: box.top + 40 };
  const between = [];
  let last = await new Promise(requestAnimationFrame);
  for (let i = 0; i < frames; i++) {
    const way = Math.floor(i / turn) % 2 === 0 ? 1 : -1;
    const wheel = { ...keys, ...at, deltaY: way * deltaY, bubbles: true, cancelable: true };
    if (scroll) scroller.scrollTop += scroll;
    else plot.dispatchEvent(new WheelEvent('wheel', wheel));
    const now = await new Promise(requestAnimationFrame);
    between.push(now - last);
    last = now;
  }
  return between;
}

const quantile = (values, share) =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))];

const config = {
  configFile: false,
  logLevel: 'error',
  root: 'test/ui/overviewGallery',
  plugins: [svelte()],
  build: { target: 'es2023', outDir: resolve('.bench/overview'), emptyOutDir: true },
  preview: { port: 0 },
};
await build(config);
const server = await preview(config);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--no-first-run'],
});
const page = await browser.newPage({ viewport: { width: 1600, height: 1400 } });
const address = `http://localhost:${server.httpServer.address().port}`;
await page.goto(`${address}/index.html?apis=${series}&days=${days}&every=20&tall=1`, {
  timeout: 300_000,
});
await page.waitForSelector('.row', { timeout: 300_000 });
await page.waitForTimeout(2000);
const protocol = await page.context().newCDPSession(page);
await protocol.send('Performance.enable', { timeDomain: 'threadTicks' });

async function processorMs() {
  const { metrics } = await protocol.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'TaskDuration').value * 1000;
}

console.log(`${series} series, ${days} days, ${await page.locator('.row').count()} rows in view`);
await page.evaluate(framesOf, { frames: 5, step: { deltaY: -40, ctrlKey: true, turn: 5 } });
for (const [name, step] of Object.entries(gestures)) {
  const before = await processorMs();
  const between = await page.evaluate(framesOf, { frames: FRAMES, step });
  const processor = (await processorMs()) - before;
  const late = between.filter((ms) => ms > FRAME_MS * 1.5).length;
  console.log(
    `${name}: ${(processor / FRAMES).toFixed(1)} ms of processor a frame; on the clock ${quantile(between, 0.5).toFixed(1)} ms, ` +
      `p95 ${quantile(between, 0.95).toFixed(1)}; ${late} of ${FRAMES} late`,
  );
}
await browser.close();
await server.close();
