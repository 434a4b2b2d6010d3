import { describe, expect, it } from 'vitest';
import { aloneIn } from '../../../src/worker/aloneIn';
import { receiveFile } from '../../../src/worker/analyzing/receiveFile';

async function* each<T>(...all: T[]): AsyncGenerator<T> {
  yield* all;
}

const collected = async (all: AsyncIterable<string>): Promise<string[]> => {
  const found: string[] = [];
  for await (const one of all) found.push(one);
  return found;
};

const gzip = (text: string): Promise<Blob> =>
  new Response(new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'))).blob();

describe('a file that comes alone', () => {
  it('is told from several and from none, and nothing is lost on the way', async () => {
    for (const names of [[], ['a'], ['a', 'b'], ['a', 'b', 'c']]) {
      const { alone, all } = await aloneIn(each(...names));
      expect(alone).toBe(names.length === 1 ? 'a' : null);
      expect(await collected(all)).toEqual(names);
    }
  });
});

describe('what is for the readers of logs', () => {
  it.each([
    ['a log file', '{"Records":[{"eventName":"RunInstances"}]}'],
    ['Insights records that AWS wrote', '{"Records":[{"insightDetails":{"state":"Start"}}]}'],
    ['a log that speaks of a Trailglass file', '{"Records":[{"p":{"trailglass":{"a":1}}}]}'],
    ['text', 'trailglass'],
    ['nothing', ''],
    ['bytes', '\u001f\u008b\u0008'],
  ])('%s', async (_, text) => {
    expect(await receiveFile(new Blob([text]))).toBeNull();
  });
});

describe('a received file', () => {
  it('may be a key map', async () => {
    const pseudonym = {
      valueClass: 'accountIds',
      value: '1'.repeat(12),
      pseudonym: '9'.repeat(12),
    };
    const json = JSON.stringify({ trailglassKeyMap: 1, pseudonyms: [pseudonym] });
    expect(await receiveFile(new Blob([`\ufeff${json}`]))).toEqual({
      kind: 'key map',
      pseudonyms: [pseudonym],
    });
  });

  it('may be packed with gzip', async () => {
    const json = JSON.stringify({ trailglassKeyMap: 1, pseudonyms: [] });
    expect(await receiveFile(await gzip(json))).toEqual({ kind: 'key map', pseudonyms: [] });
    expect(await receiveFile(await gzip('{"Records":[{"eventName":"RunInstances"}]}'))).toBeNull();
  });

  it('is refused beyond 64 MB before it is read', async () => {
    const spaces = new Uint8Array(65 * 1024 * 1024).fill(0x20);
    const file = new Blob(['{"Records":[],"trailglass":', spaces, '{}}']);
    await expect(receiveFile(file)).rejects.toThrow(/more than 67108864/);
  });
});
