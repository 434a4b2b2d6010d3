import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../src/core/insights/settings';
import { createClient, type DroppedFile, type Progress } from '../../../src/worker/client';
import { readLarge } from '../../../src/worker/reading/largeFile';
import { ReadSources } from '../../../src/worker/reading/readSources';
import { SkippedFiles } from '../../../src/worker/reading/skippedFiles';

/** Real files, in the browser's own file system: they vanish and change as those of a person do. */
let folder: FileSystemDirectoryHandle;

beforeEach(async () => {
  const root = await navigator.storage.getDirectory();
  folder = await root.getDirectoryHandle('changing', { create: true });
});
afterEach(async () => {
  await (await navigator.storage.getDirectory()).removeEntry('changing', { recursive: true });
});

async function written(name: string, content: BlobPart): Promise<FileSystemFileHandle> {
  const handle = await folder.getFileHandle(name, { create: true });
  const stream = await handle.createWritable();
  await stream.write(content as FileSystemWriteChunkType);
  await stream.close();
  return handle;
}

const logOf = (hour: number): string =>
  JSON.stringify({
    Records: Array.from({ length: 50 }, (_, i) => ({
      eventTime: `2026-01-01T${String(hour % 24).padStart(2, '0')}:${10 + i}:00Z`,
      eventSource: 'iam.amazonaws.com',
      eventName: 'CreateUser',
      awsRegion: 'us-east-1',
      eventID: `${hour}-${i}`,
      readOnly: false,
      recipientAccountId: '111122223333',
    })),
  });

async function* each(files: DroppedFile[]): AsyncGenerator<DroppedFile> {
  yield* files;
}

async function read(files: DroppedFile[]) {
  const seen: Progress[] = [];
  const analysis = await createClient().read(each(files), {
    name: 'test',
    settings: DEFAULT_SETTINGS,
    onProgress: (progress) => seen.push(progress),
    signal: new AbortController().signal,
  });
  return { seen, ledger: analysis.ledger };
}

describe('files that do not hold still', () => {
  it('are named where they vanish or change before their turn, and all others are read', async () => {
    const calm = await written('calm.json', logOf(1));
    const gone = await written('gone.json', logOf(2));
    const changed = await written('changed.json', logOf(3));
    const { ledger } = await read([
      { path: 'calm.json', open: () => calm.getFile() },
      {
        path: 'gone.json',
        open: async () => {
          const file = await gone.getFile();
          await folder.removeEntry('gone.json');
          return file;
        },
      },
      {
        path: 'changed.json',
        open: async () => {
          const file = await changed.getFile();
          await written('changed.json', logOf(4) + ' ');
          return file;
        },
      },
    ]);
    expect(ledger.files).toEqual({ in: 3, read: 1, skipped: 2 });
    expect(ledger.skipped.map(({ name }) => name).sort()).toEqual(['changed.json', 'gone.json']);
    for (const { reason, detail } of ledger.skipped) {
      expect(reason).toBe('unreadable');
      expect(detail).toMatch(/^The file is no longer as it was when it was dropped/);
    }
  });

  it('leave what was read of an archive before it changed', async () => {
    const tar = await tarOf(Array.from({ length: 40 }, (_, n) => [`${n}.bin`, 500_000]));
    const handle = await written('large.tar', tar);
    const skipped = new SkippedFiles();
    const read: string[] = [];
    const pool = {
      members: async (_: ArrayBuffer, __: number, members: readonly { path: string }[]) => {
        if (read.length === 0) await written('large.tar', new Uint8Array(512));
        read.push(...members.map(({ path }) => path));
      },
      parquet: () => Promise.reject(new Error('no Parquet')),
      slices: () => Promise.reject(new Error('no member is that large')),
      isStopped: false,
      leave: () => {},
    };
    await readLarge('large.tar', await handle.getFile(), {
      pool,
      skipped,
      sources: new ReadSources(),
    });
    expect(read.slice(0, 2)).toEqual(['large.tar/0.bin', 'large.tar/1.bin']);
    expect(read.length).toBeLessThan(40);
    const [whole] = skipped.report.skipped.filter(({ name }) => name === 'large.tar');
    expect(whole.detail).toMatch(
      /^from byte \d+ on: The file is no longer as it was when it was dropped/,
    );
  });
});

describe('the progress of a read', () => {
  it('never goes backwards, whatever sizes come in whatever order', async () => {
    const large = new File([`${logOf(5)}\n`.repeat(1000)], 'large.json');
    const files = Array.from({ length: 400 }, (_, n) => {
      const file = new File([logOf(n).repeat(1 + (n % 7) * (n % 5))], `${n}.json`);
      return { path: file.name, open: () => Promise.resolve(n % 150 === 99 ? large : file) };
    });
    const { seen } = await read(files);
    const figures = ['filesFound', 'filesRead', 'bytesRead', 'events', 'fraction'] as const;
    for (const figure of figures) {
      const values = seen.map((progress) => progress[figure] ?? 0);
      expect(values, figure).toEqual([...values].sort((a, b) => a - b));
    }
    expect(seen.at(-1)).toMatchObject({ phase: 'detecting', filesRead: 400, fraction: 1 });
  });
});

/** A tar of zeros, by name and length. */
async function tarOf(members: [name: string, length: number][]): Promise<Blob> {
  const text = new TextEncoder();
  const blocks = members.flatMap(([name, length]) => {
    const header = new Uint8Array(512);
    header.set(text.encode(name), 0);
    header.set(text.encode(length.toString(8).padStart(11, '0')), 124);
    header.set(text.encode('        0'), 148);
    header.set(text.encode('ustar\u000000'), 257);
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.set(text.encode(`${sum.toString(8).padStart(6, '0')}\u0000 `), 148);
    return [header, new Uint8Array(Math.ceil(length / 512) * 512)];
  });
  return new Blob([...blocks, new Uint8Array(1024)]);
}
