import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../src/core/insights/settings';
import { createClient, type DroppedFile, type Progress } from '../../../src/worker/client';

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Files without end, an empty log each. */
async function* endless(opened: () => void): AsyncGenerator<DroppedFile> {
  for (let n = 0; ; n++) {
    const file = new File(['{"Records":[]}'], `${n}.json`);
    yield {
      path: file.name,
      open: () => {
        opened();
        return Promise.resolve(file);
      },
    };
    await pause(5);
  }
}

/** Begins to read, cancels once `isTime`, and tells what was opened and told a second later. */
async function cancelled(isTime: (progress: Progress | null) => boolean) {
  const stop = new AbortController();
  let opened = 0;
  const told: Progress[] = [];
  const reading = createClient().read(
    endless(() => opened++),
    {
      name: 'endless',
      settings: DEFAULT_SETTINGS,
      signal: stop.signal,
      onProgress: (progress) => {
        told.push(progress);
        if (isTime(progress)) stop.abort();
      },
    },
  );
  if (isTime(null)) stop.abort();
  await expect(reading).rejects.toThrow(/abort/i);
  const tolds = told.length;
  await pause(2_000);
  return { opened, toldLater: told.length - tolds };
}

describe('a reading that is cancelled', () => {
  it('before the readers are there opens no file', async () => {
    expect(await cancelled(() => true)).toEqual({ opened: 0, toldLater: 0 });
  });

  it('in its midst tells of no progress any more', async () => {
    const { opened, toldLater } = await cancelled((progress) => (progress?.filesRead ?? 0) > 0);
    expect(opened).toBeGreaterThan(0);
    expect(toldLater).toBe(0);
  });
});
