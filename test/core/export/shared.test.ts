import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { callSeriesOf } from '../../../src/core/activity/callSeries';
import { toMinute } from '../../../src/core/activity/minute';
import type { InsightType } from '../../../src/core/cloudtrail/insightsEvent';
import { findInsights } from '../../../src/core/analyze';
import { insightsJson } from '../../../src/core/export/insightsJson';
import { importShared } from '../../../src/core/export/shared/importShared';
import {
  isPartial,
  MARGIN,
  sharedExpectedRange,
  toSharedAnalysis,
} from '../../../src/core/export/shared/sharedAnalysis';
import { RefusedJson } from '../../../src/core/foreignJson';
import { compareInsights } from '../../../src/core/insights/compareInsights';
import { parseRecordedInsights } from '../../../src/core/insights/recordedInsights';
import { expectedRange } from '../../../src/core/insights/expectedRange';
import { baselineSpanOf, callsIn } from '../../../src/core/insights/statistics';
import { emptyAnalysis, exampleAnalysis } from './example';

const analysis = exampleAnalysis();
const json = insightsJson(analysis);
const imported = importShared(json);

describe('one file to share', () => {
  it('holds the insights of the example: one above its baseline, one of errors, one still open', () => {
    const found = analysis.insights.map(({ key, ongoing }) => [key.eventName, ongoing]);
    expect(found.sort()).toEqual([
      ['DeleteParameter', true],
      ['GetRolePolicy', false],
      ['UpdateInstanceInformation', false],
    ]);
  });

  it('gives the same insights again: statistics, attributions, explanations, order', () => {
    expect(imported.insights).toEqual(analysis.insights);
    expect(imported.settings).toEqual(analysis.settings);
    const { files, records, bytes } = analysis.ledger;
    expect(imported.ledger).toEqual({ files, records, bytes, skipped: [], notes: [] });
  });

  it('has the same bytes after export, import and export', () => {
    expect(insightsJson(imported)).toBe(json);
    const everything = insightsJson(analysis, { scope: 'everything' });
    expect(insightsJson(importShared(everything))).toBe(everything);
  });

  it('has the same bytes without any insight', () => {
    const empty = insightsJson(emptyAnalysis());
    expect(JSON.parse(empty).Records).toEqual([]);
    expect(insightsJson(importShared(empty))).toBe(empty);
  });

  it('holds the calls of each insight’s API from the begin of its baseline to twelve hours after it', () => {
    for (const { key, start, end } of analysis.insights) {
      const span = { start: baselineSpanOf(start).start, end: toMinute(end + MARGIN) };
      const before = callsIn(callSeriesOf(analysis.table, key), span);
      expect(callsIn(callSeriesOf(imported.table, key), span)).toBe(before);
      expect(before).toBeGreaterThan(0);
    }
  });

  it('holds no other API, no other Region and no name of a file', () => {
    expect(json).not.toContain('SendCommand');
    expect(json).not.toContain('eu-west-1');
    expect(json).not.toContain('secret-name');
    expect(isPartial(imported)).toBe(true);
  });

  it('counts what was not shared as missing logs, not as silence', () => {
    const [{ start, end, gaps }] = imported.coverage;
    const [whole] = analysis.coverage.filter(({ awsRegion }) => awsRegion === 'us-east-1');
    expect([start, end]).toEqual([whole.start, whole.end]);
    const first = Math.min(
      ...analysis.insights.map((insight) => baselineSpanOf(insight.start).start),
    );
    expect(Array.from(gaps)).toEqual([start, first]);
  });

  it('holds the whole table where the sender wants that, and can be judged again', () => {
    const everything = importShared(insightsJson(analysis, { scope: 'everything' }));
    expect(everything.table).toEqual(analysis.table);
    expect(everything.coverage).toEqual(analysis.coverage);
    expect(isPartial(everything)).toBe(false);
  });

  it('draws the same expected range around each insight, to four digits', () => {
    for (const { key, start, end } of analysis.insights) {
      const scope = analysis.coverage.find(({ awsRegion }) => awsRegion === key.awsRegion)!;
      const [from, to] = [toMinute(start - MARGIN), toMinute(end + MARGIN)];
      const ours = expectedRange(
        callSeriesOf(analysis.table, key),
        scope,
        analysis.settings,
        from,
        to,
      );
      const theirs = sharedExpectedRange(imported, key, from, to);
      expect(theirs.upper).toEqual(ours.upper);
      ours.level.forEach((level, i) => expect(theirs.level[i]).toBeCloseTo(level, 2));
    }
  });

  it('knows no expected range where no insight is near', () => {
    const { key, start } = analysis.insights[0];
    const far = sharedExpectedRange(imported, key, toMinute(start - 9000), toMinute(start - 8990));
    expect(Array.from(far.upper)).toEqual(new Array(10).fill(Infinity));
  });

  it('holds raw records if the sender chooses, and keeps them on the way', () => {
    const { sharedEventID } = analysis.insights[0];
    const record = JSON.stringify({ eventName: 'GetRolePolicy', big: 1 }).replace(
      '1}',
      '12345678901234567890}',
    );
    const events = [{ sharedEventID, records: [record], leftOut: 3 }];
    const withEvents = insightsJson(analysis, { events });
    expect(importShared(withEvents).shared.events).toEqual(events);
    expect(insightsJson(importShared(withEvents))).toBe(withEvents);
    expect(insightsJson(importShared(withEvents), { events: [] })).toBe(json);
  });

  it('that holds everything is judged again at other settings, and what it finds then has its range', () => {
    const everything = importShared(insightsJson(analysis, { scope: 'everything' }));
    const insightTypes: InsightType[] = ['ApiErrorRateInsight'];
    const settings = { ...everything.settings, insightTypes };
    const insights = findInsights(everything.table, everything.coverage, settings);
    expect(insights.map(({ key }) => key.eventName)).toEqual(['GetRolePolicy']);
    const { bands } = toSharedAnalysis({ ...everything, settings, insights }).shared;
    expect(bands.map(({ sharedEventID }) => sharedEventID)).toEqual([insights[0].sharedEventID]);
  });

  it('has the same bytes for the same logs', () => {
    expect(insightsJson(toSharedAnalysis(analysis))).toBe(json);
  });
});

describe('a file that AWS wrote', () => {
  const records = { Records: JSON.parse(json).Records };

  it('is taken in: its Insights events stand as AWS’s own, without logs behind them', () => {
    const own = importShared(JSON.stringify(records));
    expect(own.insights).toEqual([]);
    expect(own.shared.recorded).toEqual([JSON.stringify(records)]);
    expect(own.ledger.records).toMatchObject({ in: 5, insights: 5, unusable: 0 });
  });

  it('can be passed on with the same bytes', () => {
    const once = insightsJson(importShared(JSON.stringify(records)));
    expect(insightsJson(importShared(once))).toBe(once);
  });
});

type Members = Record<string, unknown>;

/** The file with one member changed. */
function changed(change: (file: { Records: Members[]; trailglass: Members }) => void): string {
  const file = JSON.parse(json);
  change(file);
  return JSON.stringify(file);
}

const first = (list: unknown): Members => (list as Members[])[0];
const table = (file: { trailglass: Members }) => file.trailglass.table as Record<string, number[]>;

describe('a hostile or broken file is refused, and the message names the path and the value', () => {
  it.each<[string, string, RegExp]>([
    ['nothing', '', /^Not JSON: /],
    ['no JSON', '{"Records":[', /^Not JSON: /],
    ['no object', '[]', /^Records: expected Insights records, found none/],
    ['no record', '{"Records":[]}', /^Records: expected Insights records, found none/],
    [
      'ordinary records',
      '{"Records":[{"eventName":"PutObject"}]}',
      /^eventTime: expected "eventTime", found nothing/,
    ],
    [
      'a newer version',
      changed((file) => (file.trailglass.schemaVersion = 2)),
      /^trailglass\.schemaVersion: expected 1, found 2: a newer Trailglass wrote this file\./,
    ],
    [
      'a version that never was',
      changed((file) => (file.trailglass.schemaVersion = '1')),
      /^trailglass\.schemaVersion: expected 1, found "1"\./,
    ],
    ['a prototype key', `{"trailglass":{"__proto__":{"admin":true}}}`, /^trailglass\.__proto__: /],
    ['a constructor key', `{"Records":[{"constructor":{}}]}`, /^Records\[0\]\.constructor: /],
    ['nesting without end', '['.repeat(1_000_000), /^Nested deeper than 64 levels/],
    [
      'objects without end',
      `[${'{},'.repeat(2_000_001)}{}]`,
      /^Holds more than 2000000 objects and lists/,
    ],
    [
      'a number beyond numbers',
      '{"trailglass":{"schemaVersion":1e999}}',
      /^trailglass\.schemaVersion: a number beyond/,
    ],
    [
      'a member nobody knows',
      changed((file) => (file.trailglass.onload = 'x')),
      /^trailglass\.onload: expected no member of this name, found "x"\./,
    ],
    [
      'a rule nobody knows',
      changed((file) => ((first(file.trailglass.insights).explanation as Members).rule = '<b>')),
      /^trailglass\.insights\[0\]\.explanation\.rule: expected .*, found "<b>"\./,
    ],
    [
      'an id that is none',
      changed((file) => (first(file.trailglass.insights).sharedEventID = 'x'.repeat(1000))),
      /^trailglass\.insights\[0\]\.sharedEventID: expected a UUID in lower case, found "x{79}…\./,
    ],
    [
      'records missing',
      changed((file) => file.Records.shift()),
      /^trailglass\.insights\[0\]: expected a Start record of [0-9a-f-]{36}, found none\./,
    ],
    [
      'records of something else',
      changed((file) => (file.Records[0].sharedEventID = '00000000-0000-5000-8000-000000000000')),
      /^Records\[0\]\.sharedEventID: expected an id of trailglass\.insights, found "00000000/,
    ],
    [
      'a time that is none',
      changed((file) => (file.Records[0].eventTime = '2026-13-45T99:99:00Z')),
      /^Records\[0\]\.eventTime: expected a time, found "2026-13-45T99:99:00Z"\./,
    ],
    [
      'an end before the start',
      changed((file) => (file.Records[1].eventTime = '2020-01-01T00:00:00Z')),
      /^trailglass\.insights\[0\]: expected an end within 20 years after the start/,
    ],
    [
      'a reference that leads nowhere',
      changed((file) => (table(file).caller[5] = 4_000_000_000)),
      /^trailglass\.table\.caller\[5\]: expected a whole number from 0 to \d+, found 4000000000\./,
    ],
    [
      'half a call',
      changed((file) => (table(file).calls[3] = 0.5)),
      /^trailglass\.table\.calls\[3\]: expected a whole number from 0 to 4294967295, found 0\.5\./,
    ],
    [
      'columns of different length',
      changed((file) => table(file).calls.push(1)),
      /^trailglass\.table\.calls: expected \d+ entries as in minute, found \d+\./,
    ],
    [
      'rows that are not there',
      changed((file) => (table(file).apiStart[1] = 1e9)),
      /^trailglass\.table/,
    ],
    [
      'minutes beyond time',
      changed((file) => (table(file).minute[1] = 199_999_999)),
      /^trailglass\.table\.minute\[\d+\]: expected a minute before the year 2350/,
    ],
    [
      'logs of centuries',
      changed((file) => (first(file.trailglass.coverage).end = 199_999_999)),
      /^trailglass\.coverage\[0\]\.end: expected within 20 years after start, found 199999999\./,
    ],
    [
      'gaps that overlap',
      changed((file) => (first(file.trailglass.coverage).gaps = [30_000_000, 29_000_000])),
      /^trailglass\.coverage\[0\]\.gaps\[0\]: expected ascending minutes/,
    ],
    [
      'no coverage',
      changed((file) => (file.trailglass.coverage = [])),
      /^trailglass\.coverage: expected an entry for account "123456789012" and Region "us-east-1"/,
    ],
    [
      'a band with a hole',
      changed(
        (file) =>
          ((first(file.trailglass.insights).band as Record<string, unknown[]>).level[7] = 'x'),
      ),
      /^trailglass\.insights\[0\]\.band\.level\[7\]: expected a number of 0 or more, found "x"\./,
    ],
    [
      'an event that is no text',
      changed(
        (file) =>
          (file.trailglass.events = [
            { sharedEventID: file.Records[0].sharedEventID, leftOut: 0, records: [{}] },
          ]),
      ),
      /^trailglass\.events\[0\]\.records\[0\]: expected string, found "an object with no members"/,
    ],
  ])('%s', (_, text, message) => {
    expect(() => importShared(text)).toThrow(RefusedJson);
    expect(() => importShared(text)).toThrow(message);
  });

  it.each([
    ['spaces', ' '],
    ['opening brackets', '['],
    ['empty lists', '[],'],
    ['quotes', '"'],
    ['backslashes', '\\'],
    ['zeros', '0,'],
  ])('a hundred megabytes of %s', (_, unit) => {
    const text = unit.repeat(100_000_000 / unit.length);
    expect(() => importShared(text)).toThrow(/more than 67108864/);
    expect(() => importShared(text.slice(0, 60_000_000))).toThrow(RefusedJson);
  });

  it('and nothing leaks into the prototype of objects', () => {
    expect(() => importShared('{"__proto__":{"polluted":1}}')).toThrow(RefusedJson);
    expect('polluted' in {}).toBe(false);
  });
});

describe('a file of schema version 1', () => {
  const file = readFileSync('test/fixtures/sharedFile/v1.json', 'utf8');

  it('stays readable', () => {
    const read = importShared(file);
    expect(read.insights.map(({ key, ongoing }) => [key.eventName, ongoing])).toEqual([
      ['UpdateInstanceInformation', false],
      ['DeleteParameter', true],
      ['GetRolePolicy', false],
    ]);
    expect(read.shared.events[0].leftOut).toBe(2);
    const { insights } = parseRecordedInsights(read.shared.recorded);
    expect(compareInsights(read.insights, insights).both.length).toBe(1);
  });

  it('is what is written today', () => {
    expect(insightsJson(importShared(file))).toBe(file);
  });
});
