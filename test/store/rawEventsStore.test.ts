import { deleteDB, openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Minute } from '../../src/core/activity/minute';
import { forgetRemoved, listAnalyses, removeAnalysis } from '../../src/store/analysisStore';
import {
  getRawEvents,
  type KeptRawEvents,
  packRawEvents,
  putRawEvents,
  unpackRawEvents,
} from '../../src/store/rawEventsStore';
import { openDatabase, type Database } from '../../src/store/schema';

const NAME = 'trailglass-raw-events-test';

const kept = (text: string): KeptRawEvents => ({
  key: {
    recipientAccountId: '123456789012',
    awsRegion: 'eu-west-1',
    eventSource: 'iam.amazonaws.com',
    eventName: 'CreateUser',
  },
  from: 29_000_000 as Minute,
  to: 29_000_003 as Minute,
  events: Array.from({ length: 500 }, (_, i) => ({
    minute: 29_000_001,
    eventTime: '2025-02-19T21:21:00Z',
    eventID: `${i}`,
    isUpdate: false,
    text,
  })),
  others: [],
  unreadable: [{ name: 'gone.json.gz', detail: 'The file is no longer where it was.' }],
});

const summaryOf = (id: string) => ({
  id,
  name: id,
  createdAt: 1,
  events: 1,
  insights: 1,
  start: null,
  end: null,
});

describe('the store of raw events', () => {
  let database: Database;
  const put = async (id: string, insight: string, events: KeptRawEvents) =>
    putRawEvents(database, id, insight, await packRawEvents(events));

  beforeEach(async () => {
    database = await openDatabase(NAME);
    for (const id of ['a', 'b']) await database.put('summaries', summaryOf(id), id);
  });
  afterEach(async () => {
    database.close();
    await deleteDB(NAME);
  });

  it('gives the records back to the last character, and needs a tenth of their room', async () => {
    const events = kept(JSON.stringify({ eventName: 'CreateUser', odd: '<b>\u2028𝒳\u0000"' }));
    await put('a', 'insight', events);
    database.close();
    database = await openDatabase(NAME);
    const packed = await getRawEvents(database, 'a', 'insight');
    expect(await unpackRawEvents(packed!)).toEqual(events);
    expect(packed!.packed.byteLength).toBeLessThan(JSON.stringify(events).length / 10);
    expect(await getRawEvents(database, 'a', 'another')).toBeUndefined();
  });

  it('forgets them with their analysis, and those of no other', async () => {
    for (const id of ['a', 'b']) await put(id, 'insight', kept('{}'));
    await removeAnalysis(database, 'a');
    await forgetRemoved(database);
    expect(await getRawEvents(database, 'a', 'insight')).toBeUndefined();
    expect(await getRawEvents(database, 'b', 'insight')).toBeDefined();
  });

  it('takes none for an analysis that was forgotten meanwhile', async () => {
    await removeAnalysis(database, 'a');
    await forgetRemoved(database);
    await put('a', 'insight', kept('{}'));
    expect(await getRawEvents(database, 'a', 'insight')).toBeUndefined();
  });

  it('opens what version 1 stored, and takes raw events for it', async () => {
    database.close();
    await deleteDB(NAME);
    const old = await openDB(NAME, 1, {
      upgrade(before) {
        for (const store of ['summaries', 'analyses', 'intakes']) before.createObjectStore(store);
      },
    });
    await old.put('summaries', summaryOf('old'), 'old');
    old.close();
    database = await openDatabase(NAME);
    expect((await listAnalyses(database)).map(({ id }) => id)).toEqual(['old']);
    await put('old', 'insight', kept('{}'));
    expect(await getRawEvents(database, 'old', 'insight')).toBeDefined();
  });
});
