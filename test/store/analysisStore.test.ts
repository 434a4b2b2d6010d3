import { deleteDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ActivityBuilder } from '../../src/core/activity/activityBuilder';
import type { Analysis } from '../../src/core/analysis';
import { DEFAULT_SETTINGS } from '../../src/core/insights/settings';
import {
  forgetRemoved,
  getAnalysis,
  getIntake,
  listAnalyses,
  putAnalysis,
  removeAnalysis,
  renameAnalysis,
  replaceAnalysis,
  restoreAnalysis,
  type StoredAnalysis,
} from '../../src/store/analysisStore';
import { openDatabase, type Database } from '../../src/store/schema';

const NAME = 'trailglass-test';
const column = (...values: number[]) => Uint32Array.from(values);
const noRecords = { in: 1, counted: 1, otherManagement: 0, data: 0, otherKinds: 0 };

const analysis: Analysis = {
  table: {
    strings: ['', '123456789012', 'CreateUser'],
    apis: {
      recipientAccountId: column(1),
      awsRegion: column(0),
      eventSource: column(0),
      eventName: column(2),
      readOnly: Uint8Array.of(0),
      sort: Uint8Array.of(0),
    },
    callers: {
      userIdentityArn: column(0),
      userAgent: column(0),
      sourceIPAddress: column(0),
      accessKeyId: column(0),
    },
    apiStart: column(0, 1),
    minute: column(29_000_000),
    errorCode: column(0),
    caller: column(0),
    calls: column(7),
  },
  presence: [],
  coverage: [],
  ledger: {
    files: { in: 1, read: 1, skipped: 0 },
    records: { ...noRecords, duplicates: 0, insights: 0, unusable: 0, classifiedByFallback: 0 },
    bytes: { in: 10, unpacked: 100 },
    skipped: [],
    notes: [],
  },
  settings: DEFAULT_SETTINGS,
  insights: [],
};

const stored = (id: string, createdAt: number): StoredAnalysis => ({
  summary: { id, name: `logs ${id}`, createdAt, events: 1, insights: 0, start: null, end: null },
  analysis,
  intake: { parts: [], reports: [] },
});

/** `toEqual` takes minutes for millions of numbers. */
const isSame = (a: Uint32Array, b: Uint32Array) =>
  a.length === b.length && a.every((value, i) => value === b[i]);

describe('the store', () => {
  let database: Database;
  beforeEach(async () => {
    database = await openDatabase(NAME);
  });
  afterEach(async () => {
    database.close();
    await deleteDB(NAME);
  });

  it('gives an analysis back as it was put, typed arrays and all', async () => {
    await putAnalysis(database, stored('a', 1));
    database.close();
    database = await openDatabase(NAME);
    expect((await getAnalysis(database, 'a'))?.analysis).toEqual(analysis);
    expect(await getIntake(database, 'a')).toEqual({ parts: [], reports: [] });
  });

  it('gives back columns of any size, also after the analysis was replaced by a smaller one', async () => {
    const large = Uint32Array.from({ length: 2_500_001 }, (_, row) => row * 3);
    const table = { ...analysis.table, minute: large, calls: large.subarray(0, 1_200_000) };
    const part = { ...new ActivityBuilder().finish(), calls: large.subarray(1) };
    const logs = { analysis: { ...analysis, table }, intake: { parts: [part], reports: [] } };
    await putAnalysis(database, { ...stored('a', 1), ...logs });
    const { minute, calls } = (await getAnalysis(database, 'a'))!.analysis.table;
    expect([isSame(minute, large), isSame(calls, table.calls)]).toEqual([true, true]);
    await replaceAnalysis(database, stored('a', 1));
    expect((await getAnalysis(database, 'a'))?.analysis).toEqual(analysis);
    const [again] = (await getIntake(database, 'a'))!.parts;
    expect(isSame(again.calls, part.calls)).toBe(true);
    expect({ ...again, calls: [] }).toEqual({ ...part, calls: [] });
    await putAnalysis(database, stored('a', 1));
    expect(await database.count('columns')).toBe(0);
  });

  it('lists summaries, newest first', async () => {
    for (const [id, createdAt] of [
      ['a', 1],
      ['c', 3],
      ['b', 2],
    ] as const) {
      await putAnalysis(database, stored(id, createdAt));
    }
    expect((await listAnalyses(database)).map(({ id }) => id)).toEqual(['c', 'b', 'a']);
  });

  it('knows nothing of an id that was never put', async () => {
    expect(await getAnalysis(database, 'x')).toBeUndefined();
    expect(await getIntake(database, 'x')).toBeUndefined();
  });

  it('stores an analysis whole or not at all', async () => {
    const unstorable = { ...analysis, settings: (() => 0) as unknown as Analysis['settings'] };
    await expect(
      putAnalysis(database, { ...stored('a', 1), analysis: unstorable }),
    ).rejects.toThrow();
    expect(await listAnalyses(database)).toEqual([]);
  });

  it('renames, replaces and removes', async () => {
    await putAnalysis(database, stored('a', 1));
    await renameAnalysis(database, 'a', 'acme-prod');
    expect((await listAnalyses(database))[0].name).toBe('acme-prod');
    const settings = { ...DEFAULT_SETTINGS, severity: 4 };
    const { summary } = stored('a', 1);
    await replaceAnalysis(database, { summary, analysis: { ...analysis, settings } });
    expect((await getAnalysis(database, 'a'))?.analysis.settings.severity).toBe(4);
    await removeAnalysis(database, 'a');
    expect(await listAnalyses(database)).toEqual([]);
    expect(await getAnalysis(database, 'a')).toBeUndefined();
  });

  it('gives back what was removed until that is forgotten, and then deletes it with all that belongs to it', async () => {
    await putAnalysis(database, stored('a', 1));
    await removeAnalysis(database, 'a');
    await restoreAnalysis(database, 'a');
    await forgetRemoved(database);
    expect((await getAnalysis(database, 'a'))?.analysis).toEqual(analysis);
    await removeAnalysis(database, 'a');
    await forgetRemoved(database);
    await restoreAnalysis(database, 'a');
    expect(await getAnalysis(database, 'a')).toBeUndefined();
    expect(await getIntake(database, 'a')).toBeUndefined();
  });
});
