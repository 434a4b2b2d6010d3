import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Minute, parseMinute, toMinute } from '../../../src/core/activity/minute';
import {
  CollectingReader,
  type CollectedEvents,
  EventCollection,
  type EventsWanted,
  mergeCollected,
} from '../../../src/core/read/collectRecords';
import { ActivityBuilder } from '../../../src/core/activity/activityBuilder';
import { LogReader } from '../../../src/core/read/readFile';
import { MOST_EVENTS } from '../../../src/core/read/earliestEvents';
import { countWanted } from '../../../src/core/rawEvents';
import { dataFiles, hasData, type LogFile, readLogs, textFile } from './support';

const NOON = parseMinute('2026-03-01T12:00:00Z')!;
const KEY = {
  recipientAccountId: '123456789012',
  awsRegion: 'eu-west-1',
  eventSource: 'iam.amazonaws.com',
  eventName: 'CreateUser',
};

interface Call {
  readonly id: string;
  readonly second: number;
  readonly eventName?: string;
  readonly awsRegion?: string;
  readonly errorCode?: string;
  readonly readOnly?: boolean;
  readonly note?: string;
}

const timeOf = (second: number) =>
  `${new Date(NOON * 60_000 + second * 1000).toISOString().slice(0, 19)}Z`;

const recordOf = ({ id, second, note, ...members }: Call) => ({
  eventVersion: '1.08',
  eventTime: timeOf(second),
  ...KEY,
  readOnly: false,
  managementEvent: true,
  eventCategory: 'Management',
  eventType: 'AwsApiCall',
  requestParameters: { note: note ?? 'plain' },
  ...members,
  eventID: id,
});

const fileOf = (calls: readonly Call[]): LogFile =>
  textFile(JSON.stringify({ Records: calls.map(recordOf) }));

const wantedOf = (minutes: number, errorCode?: string): EventsWanted => ({
  key: errorCode === undefined ? KEY : { ...KEY, errorCode },
  from: NOON,
  to: toMinute(NOON + minutes),
});

function collect(
  files: readonly LogFile[],
  wanted: readonly EventsWanted[],
  pieceLength = Infinity,
): CollectedEvents[] {
  const collection = new EventCollection(wanted);
  const reader = new CollectingReader(collection);
  for (const { bytes } of files) {
    reader.open();
    for (let from = 0; from < bytes.length; from += pieceLength) {
      reader.piece(bytes, from, Math.min(bytes.length, from + pieceLength));
    }
    reader.close();
  }
  return collection.finish();
}

const idsOf = (events: readonly { eventID: string }[]) => events.map(({ eventID }) => eventID);

describe('the records behind an insight', () => {
  it('are those of its API in its minutes, and apart from them all others of its account and Region', () => {
    const file = fileOf([
      { id: 'late', second: 119 },
      { id: 'early', second: 0 },
      { id: 'before', second: -1 },
      { id: 'after', second: 120 },
      { id: 'other API', second: 5, eventName: 'DeleteUser' },
      { id: 'read', second: 6, eventName: 'ListUsers', readOnly: true },
      { id: 'other Region', second: 7, awsRegion: 'us-east-1' },
    ]);
    const [{ events, others }] = collect([file], [wantedOf(2)]);
    expect(idsOf(events)).toEqual(['early', 'late']);
    expect(idsOf(others)).toEqual(['other API', 'read']);
  });

  it('are for an error series those with its error code', () => {
    const file = fileOf([
      { id: 'fine', second: 1 },
      { id: 'denied', second: 2, errorCode: 'AccessDenied' },
      { id: 'slow', second: 3, errorCode: 'Throttling' },
    ]);
    const [{ events, others }] = collect([file], [wantedOf(1, 'AccessDenied')]);
    expect(idsOf(events)).toEqual(['denied']);
    expect(idsOf(others)).toEqual(['fine', 'slow']);
  });

  it('are kept byte for byte, also from a file that comes in pieces', () => {
    const hostile = '<img src=x onerror=alert(1)> \u2028 𝒳 "__proto__" \\u0000';
    const call = { id: 'one', second: 1, note: hostile };
    for (const length of [Infinity, 7, 1]) {
      const [{ events }] = collect([fileOf([call])], [wantedOf(1)], length);
      expect(events.map(({ text }) => text)).toEqual([JSON.stringify(recordOf(call))]);
    }
  });

  it('stand once, however often they were delivered, and an update in the place of what it corrects', () => {
    const plain = recordOf({ id: 'a', second: 1 });
    const update = {
      ...recordOf({ id: 'b', second: 1 }),
      addendum: { reason: 'UPDATED_DATA', originalEventID: 'a' },
    };
    const files = [plain, plain, update].map((record) => textFile(JSON.stringify(record)));
    const [{ events }] = collect(files, [wantedOf(1)]);
    expect(events.map(({ text }) => text)).toEqual([JSON.stringify(update)]);
  });

  it('without an id are all kept', () => {
    const { eventID, ...record } = recordOf({ id: 'x', second: 1 });
    expect(eventID).toBe('x');
    const file = textFile(JSON.stringify({ Records: [record, record] }));
    expect(collect([file], [wantedOf(1)])[0].events.length).toBe(2);
  });

  it('are those JSON.parse finds, the earliest up to the cap, whoever reads which of them in what order', () => {
    const call = fc.record({
      id: fc.integer({ min: 0, max: 3 * MOST_EVENTS }).map((n) => `id-${n}`),
      second: fc.integer({ min: -60, max: 240 }),
      eventName: fc.constantFrom('CreateUser', 'DeleteUser'),
    });
    const calls = fc.array(call, {
      minLength: MOST_EVENTS,
      maxLength: 4 * MOST_EVENTS,
      size: 'max',
    });
    fc.assert(
      fc.property(calls, fc.integer({ min: 1, max: 5 }), (made, readers) => {
        const distinct = [...new Map(made.map((each) => [each.id, each])).values()];
        const parts = Array.from({ length: readers }, (_, reader) =>
          distinct.filter((_, i) => i % readers === reader),
        );
        // The last reader gets everything once more, as when two trails deliver the same events.
        const found = [...parts, distinct].map((part) => collect([fileOf(part)], [wantedOf(2)])[0]);
        const obvious = (name: string) =>
          (JSON.parse(JSON.stringify(distinct.map(recordOf))) as ReturnType<typeof recordOf>[])
            .filter(({ eventTime }) => eventTime >= timeOf(0) && eventTime < timeOf(120))
            .filter(({ eventName }) => eventName === name)
            .sort((a, b) => (a.eventTime + a.eventID < b.eventTime + b.eventID ? -1 : 1))
            .slice(0, MOST_EVENTS)
            .map((record) => JSON.stringify(record));
        const { events, others } = mergeCollected(found.toReversed());
        expect(events.map(({ text }) => text)).toEqual(obvious('CreateUser'));
        expect(others.map(({ text }) => text)).toEqual(obvious('DeleteUser'));
      }),
      { numRuns: 8 },
    );
  });

  it('take no more room than two million characters, and none is longer than half a million', () => {
    const long = 'x'.repeat(300_000);
    const file = fileOf([
      { id: 'huge', second: 0, note: 'y'.repeat(600_000) },
      ...Array.from({ length: 20 }, (_, second) => ({ id: `${second}`, second, note: long })),
    ]);
    const [{ events }] = collect([file], [wantedOf(1)]);
    expect(idsOf(events)).toEqual(['0', '1', '2', '3', '4', '5']);
  });
});

describe.skipIf(!hasData('cloudtrail/invictus-aws_dataset'))('the events of a real trail', () => {
  it('are as many as its counts say, minute by minute and API by API', () => {
    const files = dataFiles('cloudtrail/invictus-aws_dataset', /\.json$/);
    const logs = readLogs(files);
    const at = parseMinute('2023-07-10T12:08:00Z')!;
    const key = {
      recipientAccountId: '123837392027',
      awsRegion: 'us-east-1',
      eventSource: 'ssm.amazonaws.com',
      eventName: 'DeleteParameter',
    };
    const wanted = [0, 1, 2, 3]
      .map((n) => ({ key, from: toMinute(at - n), to: toMinute(at + 1) as Minute }))
      .flatMap((each) => [each, { ...each, key: { ...key, errorCode: 'ThrottlingException' } }]);
    const found = collect(files, wanted);
    const counts = (each: CollectedEvents) => ({
      events: each.events.length,
      others: each.others.length,
    });
    expect(found.map(counts)).toEqual(wanted.map((each) => countWanted(logs, each)));
    expect(found[0].events.length).toBe(78);
    expect(found[1].events.length).toBe(38);
  });

  it('are found again by the minutes told of each file', () => {
    const files = dataFiles('cloudtrail/invictus-aws_dataset', /\.json$/);
    for (const file of files) {
      const { presence } = readLogs([file]);
      const reader = new LogReader(new ActivityBuilder());
      reader.open(file.path);
      reader.piece(file.bytes, 0, file.bytes.length);
      reader.close(null);
      const told = reader
        .takeSpans()
        .map(({ awsRegion, first, last }) => ({ awsRegion, first, last }));
      const seen = presence.map(({ awsRegion, minute }) => ({
        awsRegion,
        first: minute[0],
        last: minute.at(-1),
      }));
      const byRegion = (a: { awsRegion: string }, b: { awsRegion: string }) =>
        a.awsRegion < b.awsRegion ? -1 : 1;
      expect(told.sort(byRegion)).toEqual(seen);
    }
  });
});
