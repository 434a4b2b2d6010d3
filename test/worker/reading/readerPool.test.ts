import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { mergeLogs } from '../../../src/core/analyze';
import { minuteCountsCsv } from '../../../src/core/export/minuteCounts';
import type { ScopeSpan } from '../../../src/core/read/scopeSpans';
import { ReaderPool } from '../../../src/worker/reading/readerPool';
import { fromSent } from '../../../src/worker/reading/sentPart';

/** 4 MB of records of a few days, every hundredth of them twice. */
function records(): string[] {
  const lines: string[] = [];
  for (let i = 0; i < 3000; i++) {
    const minute = 29_500_000 + (Math.imul(i, 0x9e3779b1) >>> 18);
    const id = i % 100 === 99 ? i - 1 : i;
    lines.push(
      JSON.stringify({
        eventVersion: '1.11',
        userIdentity: { type: 'IAMUser', arn: `arn:aws:iam::111122223333:user/u${i % 40}` },
        eventTime: new Date(minute * 60_000).toISOString().replace('.000', ''),
        eventSource: 'iam.amazonaws.com',
        eventName: `Create${i % 17}`,
        awsRegion: i % 3 ? 'us-east-1' : 'eu-west-1',
        userAgent: `tool/${i % 5}`,
        requestParameters: { note: `"${Math.imul(i, 0x85ebca6b)}" \u20ac `.repeat(50) },
        eventID: `id-${id}`,
        readOnly: false,
        eventType: 'AwsApiCall',
        managementEvent: true,
        recipientAccountId: '111122223333',
      }),
    );
  }
  return lines;
}

const gzipped = async (parts: BlobPart[]): Promise<Uint8Array<ArrayBuffer>> => {
  const packed = new Blob(parts).stream().pipeThrough(new CompressionStream('gzip'));
  return new Uint8Array(await new Response(packed).arrayBuffer());
};

let files: Record<string, Blob>;

beforeAll(async () => {
  const lines = records();
  const asLines = lines.join('\n');
  const packed = await gzipped([asLines]);
  files = {
    'JSON lines, compressed': new Blob([packed]),
    'one list, compressed': new Blob([await gzipped([`{"Records":[${lines.join(',')}]}`])]),
    'many members of gzip': new Blob([packed, await gzipped([asLines.slice(0, 1 << 20)]), packed]),
    'a stream that breaks off': new Blob([packed.subarray(0, packed.length / 2)]),
    'a stream damaged in its middle': new Blob([
      packed.subarray(0, packed.length / 2),
      new Uint8Array(1000),
      packed.subarray(packed.length / 2 + 1000),
      packed,
    ]),
    'JSON lines as they are': new Blob([asLines]),
    'no log at all': new Blob([await gzipped(['hardly a log '.repeat(1 << 20)])]),
  };
});

const pools: ReaderPool[] = [];

function hire(readers: number): ReaderPool {
  vi.spyOn(navigator, 'hardwareConcurrency', 'get').mockReturnValue(readers);
  const pool = new ReaderPool();
  pools.push(pool);
  return pool;
}

afterEach(() => {
  vi.restoreAllMocks();
  for (const pool of pools.splice(0)) pool.crew.terminate();
});

/** All that the readers counted of a file, as text. */
const countedBy = (readers: number, file: Blob): Promise<string> => countedIn(hire(readers), file);

async function countedIn(pool: ReaderPool, file: Blob): Promise<string> {
  await Promise.race([pool.slices('large', file), pool.crew.failed]);
  const readings = await pool.finish();
  const { table, ledger, coverage } = mergeLogs(
    readings.map(({ part }) => fromSent(part)),
    readings.flatMap(({ reports }) => reports),
  );
  return JSON.stringify([[...minuteCountsCsv(table)], ledger, coverage]);
}

describe('a large file', () => {
  it.each([
    'JSON lines, compressed',
    'one list, compressed',
    'many members of gzip',
    'a stream that breaks off',
    'a stream damaged in its middle',
    'JSON lines as they are',
    'no log at all',
  ])('counts the same whether one reader takes it or several share the work: %s', async (form) => {
    const alone = await countedBy(1, files[form]);
    expect(await countedBy(2, files[form])).toBe(alone);
    expect(await countedBy(8, files[form])).toBe(alone);
  });

  it('counts the same when the readers have practised on invented logs, which can be merged, too', async () => {
    const alone = await countedBy(1, files['JSON lines, compressed']);
    const pool = hire(2);
    const practised = (await pool.crew.warmUp()).map(fromSent);
    expect(mergeLogs(practised, []).ledger.records.counted).toBeGreaterThan(0);
    expect(await countedIn(pool, files['JSON lines, compressed'])).toBe(alone);
  });

  it('is read by two at once beside another one, each in its own order', async () => {
    const file = files['JSON lines, compressed'];
    const pool = hire(2);
    await Promise.all([pool.slices('a', file), pool.slices('b', file), pool.slices('c', file)]);
    const readings = await pool.finish();
    const { ledger } = mergeLogs(
      readings.map(({ part }) => fromSent(part)),
      readings.flatMap(({ reports }) => reports),
    );
    expect(ledger.files.read).toBe(3);
    expect(ledger.records.in).toBe(9000);
    expect(ledger.records.duplicates).toBe(9000 - 2970);
    expect(ledger.notes).toEqual([]);
  });

  it('tells behind which byte all its events were found', async () => {
    const pool = hire(2);
    const file = files['JSON lines, compressed'];
    const spans: ScopeSpan[] = [];
    let last = 0;
    await pool.slices('large', file, (some, end) => {
      spans.push(...some);
      if (some.length > 0) last = end;
    });
    expect(last).toBe(file.size);
    expect(new Set(spans.map(({ awsRegion }) => awsRegion))).toEqual(
      new Set(['us-east-1', 'eu-west-1']),
    );
    expect(pool.crew.soFar.events).toBe(3000);
    expect(pool.crew.soFar.largeBytes).toBe(file.size);
  });
});
