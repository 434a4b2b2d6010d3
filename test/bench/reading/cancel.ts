import { BenchBrowser } from './browser';
import { largestShareMb } from './processTree';

/** Workers and their compiled code are warm so long after somebody came to the page. */
const WARM_UP_MS = 3000;
/** After the first events were counted. */
const CANCEL_AFTER_MS = 700;
const LOOKS_MS = [0, 250, 500, 1000, 2000, 5000];

/**
 * Memory of the largest renderer in MB (its proportional share) before a read, when it is cancelled, and so long after:
 * `node .scripts/runTs.mjs test/bench/reading/cancel.ts .bench/M.tar`, after a build. It has a second to be back near the first.
 */
const [file = '.bench/M.tar', rounds = '3'] = process.argv.slice(2);
const browser = await BenchBrowser.start('dist');
for (let round = 0; round < Number(rounds); round++) {
  const page = await browser.open('/', () => {}, 2);
  await page.getByTestId('analysis').waitFor();
  await page.mouse.move(9, 9);
  await page.waitForTimeout(WARM_UP_MS);
  const idle = largestShareMb();
  await page.getByTestId('files-input').setInputFiles(file);
  await page.getByRole('button', { name: 'Cancel' }).waitFor();
  await page.waitForTimeout(CANCEL_AFTER_MS);
  const reading = largestShareMb();
  await page.getByRole('button', { name: 'Cancel' }).click();
  const cancelled = performance.now();
  const after: string[] = [];
  for (const at of LOOKS_MS) {
    await page.waitForTimeout(Math.max(0, cancelled + at - performance.now()));
    after.push(`${at} ms ${largestShareMb().toFixed(0)}`);
  }
  console.log(
    `idle ${idle.toFixed(0)}, reading ${reading.toFixed(0)}, cancelled: ${after.join(', ')}`,
  );
  await page.context().close();
}
await browser.close();
