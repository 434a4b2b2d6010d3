import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { downloadOf, serveBuiltPage, settled, type BuiltPage } from '../support/builtPage';
import { logFile } from '../support/trailRecords';

const FILES = 330;

/** A folder three levels deep; `readEntries` gives a hundred entries a call, so one folder holds more than that. */
function nestedFolder(): string {
  const root = mkdtempSync(join(tmpdir(), 'trail-'));
  for (let n = 0; n < FILES; n++) {
    const folder = join(root, 'AWSLogs', n < 250 ? 'many' : `day-${n % 7}`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `${n}.json.gz`), gzipSync(logFile(n * 2, n * 2 + 2)));
  }
  return root;
}

/** A real drop from outside the browser, onto the middle of the page. */
async function drop(page: Page, paths: string[]): Promise<void> {
  const protocol = await page.context().newCDPSession(page);
  const data = { items: [], files: paths, dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await protocol.send('Input.dispatchDragEvent', { type, x: 400, y: 300, data });
  }
}

describe('a folder dropped on the page', () => {
  let built: BuiltPage;
  let page: Page;
  const folder = nestedFolder();

  beforeAll(async () => {
    built = await serveBuiltPage();
    page = await built.open();
    await drop(page, [folder]);
    expect(await settled(page)).toBe('done');
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await built.close();
  });

  it('is walked completely', async () => {
    const { files, records } = JSON.parse(await downloadOf(page, 'export-ledger'));
    expect(files).toEqual({ in: FILES, read: FILES, skipped: 0 });
    expect(records).toMatchObject({ in: 2 * FILES, counted: 2 * FILES });
  });

  it('gives the very same counts as the folder chosen by its button', async () => {
    const dropped = await downloadOf(page, 'export-minute-counts');
    const other = await built.open();
    await other.getByTestId('folder-input').setInputFiles(folder);
    expect(await settled(other)).toBe('done');
    expect(await downloadOf(other, 'export-minute-counts')).toBe(dropped);
  });

  it('counts nothing twice when the same files are added again', async () => {
    const before = await downloadOf(page, 'export-minute-counts');
    await page.getByTestId('folder-input').setInputFiles(folder);
    await page.locator('[data-testid=analysis]:not([data-state=done])').waitFor();
    expect(await settled(page)).toBe('done');
    expect(await downloadOf(page, 'export-minute-counts')).toBe(before);
    const { records } = JSON.parse(await downloadOf(page, 'export-ledger'));
    expect(records).toMatchObject({ in: 4 * FILES, counted: 2 * FILES, duplicates: 2 * FILES });
  });
});
