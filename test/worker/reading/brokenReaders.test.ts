import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { mergeLogs } from '../../../src/core/analyze';
import type { ArchiveMember } from '../../../src/core/container/plan';
import type { Ledger } from '../../../src/core/ledger';
import type { DroppedFile } from '../../../src/worker/client';
import { ProgressMeter } from '../../../src/worker/reading/progress';
import { ReaderPool } from '../../../src/worker/reading/readerPool';
import { fromSent } from '../../../src/worker/reading/sentPart';
import { readLogs } from '../../../src/worker/reading/readLogs';
import { FilesSource, MembersSource, ReadSources } from '../../../src/worker/reading/readSources';

const RECORDS = 50;

/** The workers that a pool starts, in its order: a test ends one as the browser does that has no memory left. */
const workers: Worker[] = [];
let pool: ReaderPool;

beforeEach(() => {
  workers.length = 0;
  class NotedWorker extends Worker {
    constructor(...how: ConstructorParameters<typeof Worker>) {
      super(...how);
      workers.push(this);
    }
  }
  vi.stubGlobal('Worker', NotedWorker);
  pool = new ReaderPool(2);
});
afterEach(() => {
  pool.crew.terminate();
  vi.unstubAllGlobals();
});

const recordsOf = (file: number, count = RECORDS): string[] =>
  Array.from({ length: count }, (_, i) =>
    JSON.stringify({
      eventTime: `2026-01-01T${String(file % 24).padStart(2, '0')}:${10 + (i % 50)}:00Z`,
      eventSource: 'iam.amazonaws.com',
      eventName: 'CreateUser',
      awsRegion: 'us-east-1',
      requestParameters: {
        note: Math.imul(i + 1, 0x9e3779b1)
          .toString(36)
          .repeat(4),
      },
      eventID: `${file}-${i}`,
      readOnly: false,
      recipientAccountId: '111122223333',
    }),
  );

const logOf = (file: number, count?: number): string => recordsOf(file, count).join('\n');

const dropped = (name: string, content: BlobPart, beforeOpen = async () => {}): DroppedFile => {
  const file = new File([content], name);
  return {
    path: name,
    open: async () => {
      await beforeOpen();
      return file;
    },
  };
};

async function* each(files: readonly DroppedFile[]): AsyncGenerator<DroppedFile> {
  yield* files;
}

/** Reads the files by the pool; what is in the ledger then. */
async function ledgerOf(files: readonly DroppedFile[]): Promise<Ledger> {
  const meter = new ProgressMeter(pool.crew, () => {});
  const sources = new ReadSources();
  const reading = readLogs({ name: 'test', files: each(files), pool, meter, sources });
  const { parts, reports } = await Promise.race([reading, pool.crew.failed]);
  meter.stop();
  return mergeLogs(parts.map(fromSent), [...reports]).ledger;
}

/** What the readers counted. */
async function finished() {
  const readings = await Promise.race([pool.finish(), pool.crew.failed]);
  return mergeLogs(
    readings.map(({ part }) => fromSent(part)),
    readings.flatMap(({ reports }) => reports),
  );
}

/** Both readers work: the page waits for their end. */
async function bothLive(): Promise<void> {
  const watched = async () =>
    (await navigator.locks.query()).pending!.filter(({ name }) => name!.startsWith('reader '));
  await expect.poll(watched, { timeout: 60_000 }).toHaveLength(2);
}

/** A log among those that stand one behind the other in a file. */
function memberAt(logs: readonly Uint8Array[], n: number, length: number): ArchiveMember {
  const offset = logs.slice(0, n).reduce((sum, log) => sum + log.length, 0);
  return { path: `a.tar/${n}.json`, range: { offset, length }, entry: null };
}

const LARGE_RECORDS = 1200;

/** JSON lines that gzip makes little of: 16 MB of them packed. */
async function largeFile(): Promise<Blob> {
  const noise = new Uint16Array(1 << 14);
  const lines = Array.from({ length: LARGE_RECORDS }, (_, i) => {
    const [record] = recordsOf(i, 1);
    crypto.getRandomValues(noise);
    const note = Array.from(noise, (n) => String.fromCharCode(0x100 + (n & 0x3fff))).join('');
    return record.replace('"note":"', `"note":"${note.slice(0, 6000)}`);
  });
  const packed = new Blob([lines.join('\n')]).stream().pipeThrough(new CompressionStream('gzip'));
  const file = await new Response(packed).blob();
  expect(file.size).toBeGreaterThan(13 << 20);
  return file;
}

const someRead = () =>
  expect.poll(() => pool.crew.soFar.files, { timeout: 20_000 }).toBeGreaterThan(250);

describe('a reader that dies', { timeout: 120_000 }, () => {
  it('takes nothing with it that it had read', async () => {
    await bothLive();
    const files = Array.from({ length: 500 }, (_, n) =>
      dropped(`${n}.json`, logOf(n), async () => {
        if (n !== 400) return;
        await someRead();
        workers[0].terminate();
      }),
    );
    const { records, skipped } = await ledgerOf(files);

    expect(skipped).toEqual([]);
    expect(records).toMatchObject({ in: 500 * RECORDS, counted: 500 * RECORDS, duplicates: 0 });
  });

  it('costs the file that it was reading, which is named', async () => {
    await bothLive();
    const big = dropped('big.json', logOf(0, 60_000));
    await new FilesSource([big], 1).readAgain(pool);
    setTimeout(() => workers[0].terminate(), 20);
    const { ledger } = await finished();
    expect(pool.lost).toEqual([
      { name: 'big.json', detail: 'a reader failed while reading it: its worker ended' },
    ]);
    expect(ledger.records).toMatchObject({ in: 0 });
  });

  it('that throws costs the one file that it throws over, of all that came with it', async () => {
    await bothLive();
    const logs = Array.from({ length: 20 }, (_, n) => new TextEncoder().encode(logOf(10 + n)));
    const members = logs.map((log, n) => memberAt(logs, n, log.length));
    members.splice(10, 0, { ...memberAt(logs, 19, 1 << 20), path: 'a.tar/shrunk.json' });
    const file = new File(logs, 'a.tar');
    await new MembersSource(file, members).readAgain(pool);
    const { ledger } = await finished();
    expect(pool.lost).toEqual([
      {
        name: 'a.tar/shrunk.json',
        detail: expect.stringMatching(/^a reader failed while reading it: .*length/i),
      },
    ]);
    expect(ledger.files.read).toBe(20);
    expect(ledger.records).toMatchObject({ in: 20 * RECORDS, duplicates: 0 });
  });

  it.each([0, 1])('takes nothing of a large file with it, as reader %i of two', async (which) => {
    await bothLive();
    const file = await largeFile();
    let isEnded = false;
    const failure = await pool.slices('large.gz', file, (_, end) => {
      if (isEnded || end < 8 << 20) return;
      isEnded = true;
      workers[which].terminate();
    });
    expect(isEnded).toBe(true);
    expect(failure).toBe(null);
    const { ledger } = await finished();
    expect(ledger.files).toEqual({ in: 1, read: 1, skipped: 0 });
    expect(ledger.records).toMatchObject({ in: LARGE_RECORDS, duplicates: 0 });
    expect(pool.lost).toEqual([]);
  });

  it('again and again over a large file leaves what comes before', async () => {
    await bothLive();
    const file = await largeFile();
    const failure = await pool.slices('large.gz', file, (_, end) => {
      if (end >= 12 << 20) workers.forEach((worker) => worker.terminate());
    });
    expect(failure).toMatch(/^from byte \d+ on: a reader failed while reading it/);
    const { ledger } = await finished();
    expect(ledger.notes).toContainEqual({ name: 'large.gz', detail: failure });
    expect(ledger.records.in).toBeGreaterThan(100);
    expect(ledger.records.duplicates).toBe(0);
  });
});
