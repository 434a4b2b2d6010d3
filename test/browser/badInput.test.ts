import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { logFile } from '../support/trailRecords';
import { downloadOf, serveBuiltPage, settled, type BuiltPage } from '../support/builtPage';
import { insightRecord } from '../support/insightRecord';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

const DIGEST = Buffer.from(
  JSON.stringify({
    awsAccountId: '123456789012',
    digestStartTime: '2026-01-10T09:00:00Z',
    digestEndTime: '2026-01-10T10:00:00Z',
    digestS3Bucket: 'b',
    digestS3Object: 'o',
    newestEventTime: null,
    oldestEventTime: null,
    previousDigestS3Bucket: null,
    previousDigestSignature: null,
    digestSignatureAlgorithm: 'SHA256withRSA',
    logFiles: [],
  }),
);

const INSIGHT = Buffer.from(
  JSON.stringify({ Records: [insightRecord('Start', '2026-01-10T10:05:00Z', 1.2, 5)] }),
);

const whole = gzipSync(logFile(0, 400));
const noise = Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 7919 + (i >> 3) * 31) & 255));
const file = (name: string, buffer: Buffer) => ({
  name,
  mimeType: 'application/octet-stream',
  buffer,
});

describe('bad files dropped together with good ones', () => {
  let built: BuiltPage;
  let page: Page;
  let ledger: {
    files: { in: number; read: number; skipped: number };
    records: Record<string, number>;
    skipped: { name: string; reason: string; detail: string }[];
    notes: { name: string; detail: string }[];
  };

  beforeAll(async () => {
    built = await serveBuiltPage();
    page = await built.open();
    await page
      .getByTestId('files-input')
      .setInputFiles([
        file('good-1.json.gz', gzipSync(logFile(400, 450))),
        file('good-2.json', logFile(450, 500)),
        file(
          'two-members.json.gz',
          Buffer.concat([gzipSync(logFile(500, 510)), gzipSync(logFile(510, 520))]),
        ),
        file('truncated.json.gz', whole.subarray(0, whole.length >> 1)),
        file('noise.json.gz', noise),
        file('empty.json', Buffer.alloc(0)),
        file('no-records.json', Buffer.from('{"Records":[]}')),
        file('picture.json.gz', PNG),
        file('digest.json.gz', gzipSync(DIGEST)),
        file('insight.json.gz', gzipSync(INSIGHT)),
      ]);
    expect(await settled(page)).toBe('done');
    ledger = JSON.parse(await downloadOf(page, 'export-ledger'));
  });
  afterAll(() => built.close());

  const skipped = (name: string) => ledger.skipped.find((entry) => entry.name === name);

  it('cost none of the good records', () => {
    expect(ledger.records.counted).toBeGreaterThanOrEqual(120);
    expect(ledger.records.insights).toBe(1);
  });

  it('are all in the sum of files', () => {
    expect(ledger.files.in).toBe(10);
    expect(ledger.files.read + ledger.files.skipped).toBe(10);
    expect(ledger.skipped.length).toBe(ledger.files.skipped);
  });

  it.each([
    ['noise.json.gz', 'not a log file'],
    ['empty.json', 'empty file'],
    ['picture.json.gz', 'not a log file'],
    ['digest.json.gz', 'digest file'],
  ])('name %s as skipped: %s', (name, reason) => {
    expect(skipped(name)).toMatchObject({ reason });
    expect(skipped(name)!.detail).not.toBe('');
  });

  it('give the records before the damage, and say where it is', () => {
    const note = ledger.notes.find(({ name }) => name === 'truncated.json.gz');
    expect(note?.detail).toMatch(/byte \d/);
    expect(ledger.records.in).toBeGreaterThan(121);
  });

  it('are shown by name on the page', async () => {
    await page.getByRole('button', { name: 'Ledger' }).first().click();
    const text = await page.getByTestId('ledger').innerText();
    for (const name of [
      'noise.json.gz',
      'empty.json',
      'picture.json.gz',
      'digest.json.gz',
      'truncated.json.gz',
    ]) {
      expect(text).toContain(name);
    }
  });
});
