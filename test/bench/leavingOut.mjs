/**
 * What leaving out time costs on one worker, built, in Chromium: 1,000 series of a typical account over 30 days, judged
 * once, then told without two hours, a day, a week, two weeks. Milliseconds on the clock; the practice that the page does
 * while idle has gone before.
 *
 *   node test/bench/leavingOut.mjs
 */
import { resolve } from 'node:path';
import { chromium } from 'playwright-core';
import { build, preview } from 'vite';

const config = {
  configFile: false,
  logLevel: 'error',
  root: 'test/bench/leavingOut',
  worker: { format: 'es' },
  build: { target: 'es2023', outDir: resolve('.bench/leavingOut'), emptyOutDir: true },
  preview: { port: 0 },
};
await build(config);
const server = await preview(config);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--no-first-run'],
});
const page = await browser.newPage();
page.on('console', (message) => message.type() === 'log' && console.log(message.text()));
await page.goto(`http://localhost:${server.httpServer.address().port}/index.html`);
await page.waitForFunction(() => document.title === 'Measured', null, { timeout: 120_000 });
await browser.close();
await server.close();
