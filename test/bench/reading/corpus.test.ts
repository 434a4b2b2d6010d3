import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { API_COUNT, APIS } from './apis';
import { tarWriter } from './archives';
import { logFile } from './corpus';

const files = Array.from({ length: 300 }, (_, index) => logFile('S', index));
const records = files.flatMap((file) => file.records).map((text) => JSON.parse(text));

describe('the corpora of the reading bench', () => {
  it('call 312 APIs of 30 services, whose shares are all the calls there are', () => {
    expect(new Set(APIS.map((api) => `${api.service} ${api.eventName}`)).size).toBe(API_COUNT);
    expect(new Set(APIS.map((api) => api.service)).size).toBe(30);
    expect(APIS.reduce((sum, api) => sum + api.share, 0)).toBeCloseTo(1, 9);
  });

  it('hold reads, errors and data events in the shares of real trails', () => {
    const share = (is: (record: Record<string, unknown>) => boolean) =>
      records.filter(is).length / records.length;
    expect(share(({ readOnly }) => readOnly === true)).toBeCloseTo(0.86, 1);
    expect(share(({ errorCode }) => errorCode !== undefined)).toBeCloseTo(0.035, 2);
    expect(share(({ managementEvent }) => managementEvent === false)).toBeCloseTo(0.03, 2);
  });

  it('are the same whenever and in whatever order they are made', () => {
    expect(logFile('S', 217)).toEqual(files[217]);
  });

  it('deliver some records twice, all others under an id of their own', () => {
    const ids = new Set(records.map(({ eventID }) => eventID));
    const again = records.length - ids.size;
    expect(again).toBeGreaterThan(0);
    expect(again).toBeLessThan(records.length / 50);
  });

  it('compress about eightfold in large files', () => {
    const largest = files.reduce((a, b) => (a.records.length > b.records.length ? a : b));
    const text = Buffer.from(`{"Records":[${largest.records.join(',')}]}`);
    expect(text.length / gzipSync(text, { level: 6 }).length).toBeCloseTo(8, 0);
  });

  it('come as a tar that tar itself reads back', () => {
    const folder = mkdtempSync(join(tmpdir(), 'corpus-'));
    const archive = tarWriter(join(folder, 'all.tar'));
    for (const { key, records } of files) archive.add(key, Buffer.from(records[0]));
    archive.close();
    execFileSync('tar', ['xf', 'all.tar'], { cwd: folder });
    const { key, records } = files[299];
    expect(readFileSync(join(folder, key), 'utf8')).toBe(records[0]);
    rmSync(folder, { recursive: true });
  });
});
