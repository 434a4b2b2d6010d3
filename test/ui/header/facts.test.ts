import { describe, expect, it } from 'vitest';
import type { ActivityTable } from '../../../src/core/activity/activityTable';
import type { Coverage } from '../../../src/core/activity/coverage';
import { parseMinute, toMinute } from '../../../src/core/activity/minute';
import { DEFAULT_SETTINGS } from '../../../src/core/insights/settings';
import { fileName } from '../../../src/ui/download';
import {
  countedEvents,
  filesAddUp,
  historyOf,
  recordsAddUp,
  shownSpanOf,
  spanOf,
} from '../../../src/ui/header/factsOf';
import { chanceWords, expectedByChance } from '../../../src/ui/header/expectedByChance';
import { severityWords } from '../../../src/ui/header/severityStops';
import { missingMinutes, skippedByReason } from '../../../src/ui/ledger/ledgerFacts';
import { EMPTY_LEDGER } from '../emptyLedger';

const covered = (start: string, minutes: number): Coverage => ({
  recipientAccountId: '123456789012',
  awsRegion: 'us-east-1',
  start: parseMinute(start)!,
  end: toMinute(parseMinute(start)! + minutes),
  gaps: new Uint32Array(),
  incompleteFrom: toMinute(parseMinute(start)! + minutes),
  silenceMeansSilence: true,
});

describe('the span of the logs', () => {
  it('reaches from the first to the last minute of any account and Region', () => {
    const coverage = [covered('2026-01-02T00:00:00Z', 60), covered('2026-01-01T00:00:00Z', 60)];
    expect(spanOf({ coverage })).toEqual({
      start: parseMinute('2026-01-01T00:00:00Z'),
      end: parseMinute('2026-01-02T01:00:00Z'),
    });
  });

  it('is none where nothing is covered', () => {
    expect(spanOf({ coverage: [] })).toBeNull();
    expect(spanOf({ coverage: [covered('2026-01-01T00:00:00Z', 0)] })).toBeNull();
  });
});

describe('the span that is shown', () => {
  it('holds the minutes of accounts and Regions that have one minute alone', () => {
    const coverage = [covered('2026-01-01T00:00:00Z', 60), covered('2026-02-01T00:00:00Z', 0)];
    expect(shownSpanOf({ coverage })).toEqual({
      start: parseMinute('2026-01-01T00:00:00Z'),
      end: parseMinute('2026-02-01T00:01:00Z'),
    });
  });

  it('is none where the logs hold no events', () => {
    expect(shownSpanOf({ coverage: [] })).toBeNull();
    expect(shownSpanOf({ coverage: [covered('1970-01-01T00:00:00Z', 0)] })).toBeNull();
  });
});

describe('counted events', () => {
  it('hold reads that succeed only where they are wanted', () => {
    const records = { ...EMPTY_LEDGER.records, in: 5, counted: 2, otherManagement: 3 };
    const ledger = { ...EMPTY_LEDGER, records };
    expect(countedEvents({ ledger, settings: DEFAULT_SETTINGS })).toBe(2);
    expect(countedEvents({ ledger, settings: { ...DEFAULT_SETTINGS, readEvents: true } })).toBe(5);
  });
});

describe('history', () => {
  it('is none under three hours, short under 36, else usual', () => {
    const of = (minutes: number) =>
      historyOf({ coverage: [covered('2026-01-01T00:00:00Z', minutes)] });
    expect([of(179), of(180), of(36 * 60 - 1), of(36 * 60)]).toEqual([
      'none',
      'short',
      'short',
      'usual',
    ]);
  });
});

describe('the sums of the ledger', () => {
  it('hold when every file is read or skipped', () => {
    expect(filesAddUp({ in: 61, read: 55, skipped: 6 })).toBe(true);
    expect(filesAddUp({ in: 61, read: 54, skipped: 6 })).toBe(false);
  });

  it('hold when every record went one of seven ways; the fallback is no eighth', () => {
    const records = {
      in: 28,
      counted: 1,
      otherManagement: 2,
      data: 3,
      otherKinds: 4,
      duplicates: 5,
      insights: 6,
      unusable: 7,
      classifiedByFallback: 100,
    };
    expect(recordsAddUp(records)).toBe(true);
    expect(recordsAddUp({ ...records, duplicates: 4 })).toBe(false);
  });

  it('count skipped files by reason, the most frequent first', () => {
    const skipped = (['damaged', 'digest file', 'digest file'] as const).map((reason, i) => ({
      name: `${i}`,
      reason,
      detail: '',
    }));
    expect(skippedByReason(skipped)).toEqual([
      { reason: 'digest file', count: 2 },
      { reason: 'damaged', count: 1 },
    ]);
  });

  it('add up the minutes missing inside', () => {
    expect(missingMinutes({ gaps: Uint32Array.of(10, 20, 30, 35) })).toBe(15);
  });
});

describe('names', () => {
  it('of files tell the days of the logs and nothing else out of them', () => {
    const coverage = [covered('2026-01-12T10:00:00Z', 3 * 1440)];
    expect(fileName('insights', { coverage }, 'json')).toBe(
      'insights-2026-01-12-to-2026-01-15.json',
    );
    expect(fileName('ledger', { coverage: [] }, 'json')).toBe('ledger.json');
  });

  it('of severities stand where there is one', () => {
    expect([1.8, 3, 4, 2.4].map(severityWords)).toEqual([
      '1.8 AWS-like',
      '3 default',
      '4 strict',
      '2.4',
    ]);
  });
});

describe('insights expected by chance', () => {
  const table = {
    strings: ['', '123456789012', 'us-east-1', 'Put', 'Get', 'Denied', 'Throttled'],
    apis: {
      recipientAccountId: Uint32Array.of(1, 1),
      awsRegion: Uint32Array.of(2, 2),
      eventSource: new Uint32Array(2),
      eventName: Uint32Array.of(3, 4),
      readOnly: Uint8Array.of(0, 1),
    },
    apiStart: Uint32Array.of(0, 3, 5),
    minute: Uint32Array.of(7, 7, 8, 7, 8),
    errorCode: Uint32Array.of(0, 5, 5, 5, 6),
    calls: new Uint32Array(5).fill(1),
  } as unknown as ActivityTable;
  const at = (severity: number, days: number) =>
    expectedByChance({
      table,
      coverage: [covered('2026-01-01T00:00:00Z', days * 1440)],
      settings: { ...DEFAULT_SETTINGS, severity },
    });

  it('are as measured: 1.6 per 1,000 series-days at severity 3 in a month of logs', () => {
    // One call series of the write API; one error code of it, two of the read API.
    expect(at(3, 30)).toBeCloseTo((4 * 30 * 1.6) / 1000, 10);
  });

  it('count days of logs, not days between them', () => {
    const whole = covered('2026-01-01T00:00:00Z', 60 * 1440);
    const gaps = Uint32Array.of(whole.start + 1440, whole.start + 31 * 1440);
    const settings = { ...DEFAULT_SETTINGS, severity: 3 };
    const expected = expectedByChance({ table, coverage: [{ ...whole, gaps }], settings });
    expect(expected).toBeCloseTo(at(3, 30), 10);
  });

  it('count for each account and Region the days of its own logs', () => {
    const ofTwo = {
      ...table,
      strings: [...table.strings, 'eu-west-1'],
      apis: { ...table.apis, awsRegion: Uint32Array.of(2, table.strings.length) },
    };
    const coverage = [
      covered('2026-01-01T00:00:00Z', 90 * 1440),
      { ...covered('2026-01-01T00:00:00Z', 30 * 1440), awsRegion: 'eu-west-1' },
      { ...covered('2026-01-01T00:00:00Z', 300 * 1440), awsRegion: 'eu-west-2' },
    ];
    const expected = expectedByChance({ table: ofTwo, coverage, settings: DEFAULT_SETTINGS });
    expect(expected).toBeCloseTo((at(3, 90) + at(3, 30)) / 2, 10);
  });

  it('are none where nothing can be called unusual', () => {
    expect(at(3, 0.1)).toBe(0);
  });

  it('count the series that are judged: reads where they are, only the types asked for', () => {
    const judging = (changes: Partial<typeof DEFAULT_SETTINGS>) =>
      expectedByChance({
        table,
        coverage: [covered('2026-01-01T00:00:00Z', 30 * 1440)],
        settings: { ...DEFAULT_SETTINGS, ...changes },
      });
    const aSeries = judging({}) / 4;
    expect(judging({ readEvents: true })).toBeCloseTo(5 * aSeries, 10);
    expect(judging({ insightTypes: ['ApiCallRateInsight'] })).toBeCloseTo(aSeries, 10);
    expect(judging({ insightTypes: [] })).toBe(0);
  });

  it('grow fewer the stricter the severity, all the way', () => {
    const severities = [1, 1.8, 2.2, 2.7, 3.4, 4, 5];
    const expected = severities.map((severity) => at(severity, 10));
    expect(expected).toEqual(expected.toSorted((a, b) => b - a));
  });

  it('stands beside what was found, and is never told to be more than that', () => {
    expect(chanceWords(0.42, 0)).toBe('about 0.4 by chance');
    expect(chanceWords(12.3, 40)).toBe('about 12 by chance');
    expect(chanceWords(87, 31)).toBe('no more than by chance');
  });
});
