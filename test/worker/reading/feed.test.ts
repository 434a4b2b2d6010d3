import { describe, expect, it } from 'vitest';
import type { DroppedFile } from '../../../src/worker/client';
import { feed, type Destination } from '../../../src/worker/reading/feed';

const small = (path: string, bytes: number): DroppedFile => ({
  path,
  open: () => Promise.resolve(new File([new Uint8Array(bytes)], path)),
});

async function* each(files: DroppedFile[]): AsyncGenerator<DroppedFile> {
  yield* files;
}

/** A destination that keeps what it is given. */
function recording() {
  const groups: { path: string; bytes: number }[][] = [];
  const large: string[] = [];
  const unreadable: string[] = [];
  const destination: Destination = {
    group: async (files) => {
      groups.push(files.map(({ path, bytes }) => ({ path, bytes: bytes.byteLength })));
    },
    large: async (path) => {
      large.push(path);
    },
    unreadable: (path, error) => {
      unreadable.push(`${path}: ${(error as Error).message}`);
    },
  };
  return { groups, large, unreadable, destination };
}

describe('the feed', () => {
  it('hands every file on exactly once, in groups of at most 64', async () => {
    const { groups, destination } = recording();
    const files = Array.from({ length: 1000 }, (_, n) => small(`${n}.json`, 10));
    await feed(each(files), destination);
    expect(
      groups
        .flat()
        .map(({ path }) => path)
        .sort(),
    ).toEqual(files.map(({ path }) => path).sort());
    expect(Math.max(...groups.map((group) => group.length))).toBeLessThanOrEqual(64);
  });

  it('closes a group once it holds a megabyte', async () => {
    const { groups, destination } = recording();
    await feed(
      each(Array.from({ length: 20 }, (_, n) => small(`${n}.json`, 600 << 10))),
      destination,
    );
    expect(Math.max(...groups.map((group) => group.length))).toBe(2);
  });

  it('does not take a large file into memory', async () => {
    const { groups, large, destination } = recording();
    await feed(each([small('big.tar', 9 << 20), small('small.json', 1)]), destination);
    expect(large).toEqual(['big.tar']);
    expect(groups.flat()).toEqual([{ path: 'small.json', bytes: 1 }]);
  });

  it('names a file that cannot be opened and reads the rest', async () => {
    const { groups, unreadable, destination } = recording();
    const gone = { path: 'gone.json', open: () => Promise.reject(new Error('no longer there')) };
    await feed(each([small('a.json', 1), gone, small('b.json', 1)]), destination);
    expect(unreadable).toEqual(['gone.json: no longer there']);
    expect(groups.flat().map(({ path }) => path)).toEqual(['a.json', 'b.json']);
  });

  it('waits while the readers are busy instead of filling memory', async () => {
    const { destination } = recording();
    let taken = 0;
    let release = () => {};
    const opened: string[] = [];
    const files = Array.from({ length: 500 }, (_, n): DroppedFile => ({
      path: `${n}.json`,
      open: () => {
        opened.push(String(n));
        return Promise.resolve(new File([new Uint8Array(1 << 20)], `${n}`));
      },
    }));
    const done = feed(each(files), {
      ...destination,
      group: () => {
        taken++;
        return new Promise<void>((resolve) => {
          const before = release;
          release = () => (before(), resolve());
        });
      },
    });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(taken).toBeLessThanOrEqual(48);
    expect(opened.length).toBeLessThan(100);
    const pump = setInterval(() => release(), 1);
    await done;
    clearInterval(pump);
    expect(opened.length).toBe(500);
  });
});
