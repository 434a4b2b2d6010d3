/**
 * Frame times of the overview: 2,000 series over 90 days, panned and zoomed for two seconds each in Chromium.
 * Says per gesture how long the page's thread was busy a frame (median, 95th percentile, longest) and how many frames
 * took longer than 60 a second allow.
 *
 *   node test/bench/overview.mjs [series] [days]
 */
import { chromium } from 'playwright-core';
import { createServer } from 'vite';

const [series = '2000', days = '90'] = process.argv.slice(2);
const FRAMES = 120;
const FRAME_MS = 1000 / 60;

const gestures = {
  'zoom in': { deltaY: -40, ctrlKey: true },
  pan: { deltaY: 60, shiftKey: true },
  'zoom out': { deltaY: 40, ctrlKey: true },
  'pan all': { deltaY: 60, shiftKey: true },
  scroll: { scroll: 40 },
};

/** Runs in the page: one step of the gesture a frame, as input arrives; busy = from frame start to after the paint. */
async function framesOf({ frames, step }) {
  const plot = document.querySelector('.plot');
  const scroller = document.querySelector('.scroller');
  const box = plot.getBoundingClientRect();
  const at = { clientX: box.left + box.width / 2, clientY: box.top + 40 };
  const busy = [];
  const between = [];
  let last = 0;
  for (let i = 0; i < frames; i++) {
    if (step.scroll) scroller.scrollTop += step.scroll;
    else
      plot.dispatchEvent(
        new WheelEvent('wheel', { ...step, ...at, bubbles: true, cancelable: true }),
      );
    await Promise.resolve();
    const start = await new Promise(requestAnimationFrame);
    const begun = performance.now();
    const channel = new MessageChannel();
    const painted = new Promise((done) => (channel.port1.onmessage = done));
    channel.port2.postMessage(0);
    await painted;
    busy.push(performance.now() - begun);
    if (last) between.push(start - last);
    last = start;
  }
  return { busy, between };
}

const quantile = (values, share) =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))];

const server = await createServer({ server: { port: 0 }, logLevel: 'error' });
await server.listen();
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--no-first-run'],
});
const page = await browser.newPage({ viewport: { width: 1600, height: 1400 } });
const address = `http://localhost:${server.httpServer.address().port}`;
await page.goto(
  `${address}/test/ui/overviewGallery/index.html?apis=${series}&days=${days}&every=20&tall=1`,
  { timeout: 300_000 },
);
await page.waitForSelector('.row', { timeout: 300_000 });
await page.waitForTimeout(2000);
console.log(`${series} series, ${days} days, ${await page.locator('.row').count()} rows in view`);
for (const [name, step] of Object.entries(gestures)) {
  const { busy, between } = await page.evaluate(framesOf, { frames: FRAMES, step });
  const late = between.filter((ms) => ms > FRAME_MS * 1.5).length;
  const [median, high] = [quantile(busy, 0.5), quantile(busy, 0.95)];
  console.log(
    `${name.padEnd(9)} busy ${median.toFixed(1)} ms, p95 ${high.toFixed(1)}, longest ${Math.max(...busy).toFixed(1)}; ` +
      `${late} of ${FRAMES} frames late`,
  );
}
await browser.close();
await server.close();
