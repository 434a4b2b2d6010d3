/**
 * How long the page's thread is held up by one task: while the built page is opened in a fresh browser, when a result with
 * about 10,000 insights in as many series is shown first, and while it is worked with by keyboard. Says per step the
 * longest task on the clock and in processor time; none should take 50 ms.
 *
 *   npx vite build && node test/bench/tasks.mjs [rounds]
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright-core';
import { preview } from 'vite';

const rounds = Number(process.argv[2] ?? 3);
const SERIES = 10_500;
const CALLS = 40;
const DAYS = 30;
const CATEGORIES = ['toplevel', 'devtools.timeline'];

const pick = (all, at) => all[at % all.length];
const VERBS = ['Create', 'Delete', 'Put', 'Update'];
const SERVICES = ['ec2', 'iam', 'ssm', 's3', 'lambda', 'kms', 'rds', 'sns', 'sqs', 'logs'];
const REGIONS = ['us-east-1', 'eu-west-1', 'ap-south-1', 'us-west-2'];
const ACCOUNTS = ['111122223333', '444455556666', '777788889999'];

let written = 0;
const recordOf = (minute, series) => ({
  eventVersion: '1.08',
  userIdentity: {
    type: 'IAMUser',
    arn: `arn:aws:iam::${pick(ACCOUNTS, series)}:user/u${series % 40}`,
  },
  eventTime: `${new Date(Date.UTC(2026, 0, 12, 0, minute)).toISOString().slice(0, 19)}Z`,
  eventSource: `${pick(SERVICES, series)}.amazonaws.com`,
  eventName: `${pick(VERBS, series)}Thing${series}`,
  awsRegion: pick(REGIONS, series),
  sourceIPAddress: `10.0.${series % 200}.1`,
  userAgent: `agent/${series % 60}`,
  eventID: `${(written++).toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`,
  readOnly: false,
  eventType: 'AwsApiCall',
  managementEvent: true,
  recipientAccountId: pick(ACCOUNTS, series),
  eventCategory: 'Management',
});

/** Files with one API that is called all the time, and thousands that are called in one minute each. */
function writeLogs(folder) {
  const minutes = DAYS * 1440;
  const records = Array.from({ length: minutes / 5 }, (_, at) => recordOf(at * 5, 0));
  for (let series = 1; series <= SERIES; series++) {
    const minute = 8 * 1440 + ((series * 7919) % (minutes - 9 * 1440));
    for (let call = 0; call < CALLS; call++) records.push(recordOf(minute, series));
  }
  const files = [];
  for (let at = 0; at < records.length; at += 50_000) {
    const text = JSON.stringify({ Records: records.slice(at, at + 50_000) });
    files.push(join(folder, `${at}.json.gz`));
    writeFileSync(files.at(-1), gzipSync(text, { level: 1 }));
  }
  return files;
}

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

const folder = mkdtempSync(join(tmpdir(), 'trailglass-tasks-'));
const files = writeLogs(folder);
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
  await during(page, 'opened again', async () => {
    await page.reload();
    await settled(page);
  });
  if (round === 0) console.log(await page.innerText('.list h2'));
  await page.context().close();
}
for (const [step, tasks] of longest) {
  const list = (of) => tasks.map((task) => task[of].toFixed(0)).join(' ');
  console.log(`${step}: ${list('clock')} ms on the clock, ${list('processor')} of processor`);
}
await browser.close();
await server.close();
rmSync(folder, { recursive: true });
