import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ActivityBuilder } from '../../../src/core/activity/activityBuilder';
import type { Duplicates } from '../../../src/core/activity/duplicates';
import { mergeActivity } from '../../../src/core/activity/mergeActivity';
import { originOf } from '../../../src/core/cloudtrail/s3Key';
import { LogReader } from '../../../src/core/read/readFile';

interface Met {
  readonly source: string;
  readonly event: number;
}

/** What several readers make of events that come from here and there, each file one event. */
function countedBy(readers: number, met: readonly Met[]) {
  const team = Array.from({ length: readers }, () => {
    const builder = new ActivityBuilder();
    return { builder, logs: new LogReader(builder) };
  });
  met.forEach(({ source, event }, i) => {
    const { logs } = team[(event + i) % readers];
    const bytes = new TextEncoder().encode(JSON.stringify(recordOf(event)));
    logs.open(`${source}/${i}.json`);
    logs.piece(bytes, 0, bytes.length);
    logs.close(null);
  });
  return mergeActivity(team.map(({ builder }) => builder.finish()));
}

const recordOf = (event: number) => ({
  eventTime: '2026-01-31T23:59:07Z',
  eventSource: 'ssm.amazonaws.com',
  eventName: 'PutParameter',
  awsRegion: 'us-east-1',
  eventID: `event ${event}`,
  readOnly: false,
  eventCategory: 'Management',
  recipientAccountId: '111111111111',
});

/** The slow and obvious way: every event with all its sources, sorted. */
function obvious(met: readonly Met[]): Duplicates {
  const records = new Map<string, number>();
  for (const event of new Set(met.map((each) => each.event))) {
    const all = met.filter((each) => each.event === event).map(({ source }) => source);
    const distinct = [...new Set(all)].sort();
    const pairs = [
      ...distinct.slice(1).map((other) => [distinct[0], other]),
      ...distinct.flatMap((source) =>
        all
          .filter((each) => each === source)
          .slice(1)
          .map(() => [source, source]),
      ),
    ];
    for (const pair of pairs) {
      records.set(JSON.stringify(pair), (records.get(JSON.stringify(pair)) ?? 0) + 1);
    }
  }
  const pairs = [...records].map(([key, count]) => ({
    sources: JSON.parse(key) as [string, string],
    records: count,
  }));
  pairs.sort((a, b) => b.records - a.records || (a.sources.join() < b.sources.join() ? -1 : 1));
  return { pairs, others: 0 };
}

const MET = fc.array(
  fc.record({ source: fc.constantFrom('a', 'b', 'c', 'd'), event: fc.nat(12) }),
  { minLength: 1, maxLength: 60 },
);

describe('duplicates by pairs of sources', () => {
  it('are the same whatever the order and the number of readers, and add up', () => {
    fc.assert(
      fc.property(MET, fc.constantFrom(1, 2, 8), (met, readers) => {
        const { duplicates, records } = countedBy(readers, met);
        expect(duplicates).toEqual(obvious(met));
        expect(duplicates.pairs.reduce((sum, pair) => sum + pair.records, 0)).toBe(
          records.duplicates,
        );
        expect(countedBy(1, met.toReversed()).duplicates).toEqual(duplicates);
      }),
      { numRuns: 200 },
    );
  });

  it('name the fifty largest pairs, and add up the others', () => {
    const met = Array.from({ length: 240 }, (_, i) => ({ source: `${i % 60}`, event: i % 60 }));
    const { duplicates, records } = countedBy(2, met);
    expect(duplicates.pairs.length).toBe(50);
    expect(duplicates.others).toBe(30);
    expect(50 * 3 + duplicates.others).toBe(records.duplicates);
  });

  it('of ten thousand sources name no more than four thousand, and add up', () => {
    const met = Array.from({ length: 10_000 }, (_, i) => ({ source: `${i}`, event: i % 5000 }));
    const { duplicates, records } = countedBy(1, met);
    const named = duplicates.pairs.reduce((sum, pair) => sum + pair.records, 0);
    expect([named + duplicates.others, records.duplicates]).toEqual([5000, 5000]);
  });
});

describe('the source of a file', () => {
  it.each([
    ['bucket/AWSLogs/111111111111/CloudTrail/us-east-1/x.json.gz', 'bucket/AWSLogs'],
    ['b/p/AWSLogs/o-abc123/111111111111/CloudTrail/x.json.gz', 'b/p/AWSLogs/o-abc123'],
    ['AWSLogs/111111111111/CloudTrail/x.json.gz', 'AWSLogs'],
    ['logs.tar/AWSLogs/111111111111/x.json.gz', 'logs.tar/AWSLogs'],
    ['logs.zip/2026/01/x.json', 'logs.zip'],
    ['january/x.json', 'january'],
    ['event_history.csv', 'event_history.csv'],
    [
      '111111111111_CloudTrail_us-east-1_20260131T2355Z_abcdefghijklmnop.json.gz',
      'log files without a folder',
    ],
  ])('%s is %s', (path, source) => {
    expect(originOf(path)).toBe(source);
  });
});
