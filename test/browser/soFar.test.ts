import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { downloadOf, serveBuiltPage, settled, type BuiltPage } from '../support/builtPage';
import { tarOf } from '../support/tar';
import { writeEvent } from '../support/trailRecords';

/** The browser hands out a file in about half a millisecond: reading takes fifteen seconds, which is time for several looks. */
const FILES = 32_000;
const START = Date.parse('2026-01-01T00:00:00Z');
const SPIKE = 400;
const isoMinute = (minute: number) =>
  new Date(START + minute * 60_000).toISOString().slice(0, 19) + 'Z';

/** A file for each minute of three weeks, in the order of their names; in one of them sixty times the usual calls. */
const name = (minute: number) => `${isoMinute(minute).replaceAll(':', '')}.json.gz`;
function fileOf(minute: number): Buffer {
  const calls = minute === SPIKE ? 240 : 3 + (minute % 3);
  const Records = Array.from({ length: calls }, (_, i) => ({
    ...writeEvent(minute * 1000 + i),
    eventTime: isoMinute(minute),
  }));
  return gzipSync(JSON.stringify({ Records }), { level: 1 });
}

describe('reading that takes a while', () => {
  const folder = mkdtempSync(join(tmpdir(), 'long-'));
  let built: BuiltPage;
  let whole: { counts: string; insights: unknown };

  const startReading = async (): Promise<Page> => {
    const page = await built.open({ viewport: { width: 1440, height: 900 } });
    await page.getByTestId('folder-input').setInputFiles(folder);
    await page.getByText('1 insight so far').waitFor({ timeout: 100_000 });
    return page;
  };
  const spikeRow = (page: Page) =>
    page.locator(`[data-testid=insight-row][data-start="${isoMinute(SPIKE)}"]`);
  const resultOf = async (page: Page) => ({
    counts: await downloadOf(page, 'export-minute-counts'),
    insights: JSON.parse(await downloadOf(page, 'export-insights')).Records as unknown,
  });

  beforeAll(async () => {
    const members = Array.from({ length: FILES }, (_, minute) => ({
      name: name(minute),
      content: fileOf(minute),
      modifiedEpochSeconds: 0,
    }));
    for (const { name, content } of members) writeFileSync(join(folder, name), content);
    built = await serveBuiltPage();
    const page = await built.open();
    const buffer = tarOf(members);
    await page
      .getByTestId('files-input')
      .setInputFiles({ name: 'all.tar', mimeType: 'application/x-tar', buffer });
    expect(await settled(page)).toBe('done');
    whole = await resultOf(page);
    await page.context().close();
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await built.close();
  });

  it('shows what is found so far, keeps what is chosen, and ends like reading without a look', async () => {
    const page = await startReading();
    expect(await page.getByTestId('analysis').getAttribute('data-state')).toBe('reading');
    await spikeRow(page).click();
    await page.getByRole('heading', { name: 'CreateUser' }).waitFor();
    expect(await settled(page)).toBe('done');
    expect(await page.getByText('so far').count()).toBe(0);
    expect(await spikeRow(page).getAttribute('aria-selected')).toBe('true');
    expect(await resultOf(page)).toEqual(whole);
    await page.context().close();
  });

  it('keeps what is read where a person stops it, and says that it is a part, also after a reload', async () => {
    const page = await startReading();
    await page.getByRole('button', { name: 'Stop here' }).click();
    expect(await settled(page)).toBe('done');
    expect(await spikeRow(page).count()).toBe(1);
    const counts = (await downloadOf(page, 'export-minute-counts')).trim().split('\n');
    expect(counts.length).toBeGreaterThan(SPIKE);
    expect(counts.length).toBeLessThan(FILES);
    const ledger = JSON.parse(await downloadOf(page, 'export-ledger'));
    expect(ledger.files.read + ledger.files.skipped).toBe(ledger.files.in);
    expect(ledger.skipped.map(({ reason }: { reason: string }) => reason)).toContain('cancelled');
    await page.reload();
    expect(await settled(page)).toBe('done');
    await page.getByText('A part of the logs').waitFor();
    await page.context().close();
  });

  it('when cancelled leaves nothing behind', async () => {
    const page = await startReading();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.locator('[data-testid=analysis][data-state=idle]').waitFor();
    expect(await page.getByTestId('insight-row').count()).toBe(0);
    await expect.poll(() => new URL(page.url()).hash).toBe('');
    await page.reload();
    await page.locator('[data-testid=analysis][data-state=idle]').waitFor();
    expect(await page.getByText('Earlier analyses').count()).toBe(0);
    await page.context().close();
  });
});
