import { describe, expect, it } from 'vitest';
import { EXPECTED_OF_FORMS } from '../../support/fixtureForms';
import { FORM_RECORDS, formRecord } from '../../support/formRecords';
import { CSV_FORMS, JSON_FORMS, oldEventHistory, RESULT_FORMS } from '../../support/logForms';
import { callLines, readLogs, sumOf, textFile } from './support';

const expected = readLogs([textFile(JSON_FORMS.records(FORM_RECORDS))]);

describe('log files', () => {
  it('give the counts of their records', () => {
    expect(expected.records).toEqual(EXPECTED_OF_FORMS.records);
    expect(expected.table.strings).toContain('arn:aws:sts::111111111111:assumed-role/Admin');
    expect(expected.table.strings.some((text) => text.includes('alice'))).toBe(false);
  });

  it.each(Object.entries(JSON_FORMS))('in the form %s give the very same table', (_, write) => {
    const file = textFile(write(FORM_RECORDS));
    for (const pieceLength of [Infinity, 1, 100]) {
      const { table, presence, records, report } = readLogs([file], pieceLength);
      expect(report.skipped).toEqual([]);
      expect(report.notes).toEqual([]);
      expect(records).toEqual(expected.records);
      expect(table).toEqual(expected.table);
      expect(presence).toEqual(expected.presence);
    }
  });

  it.each(Object.entries({ ...CSV_FORMS, ...RESULT_FORMS }))(
    'in the form %s give the same counts',
    (_, write) => {
      const file = textFile(write(FORM_RECORDS));
      for (const pieceLength of [Infinity, 1, 100]) {
        const read = readLogs([file], pieceLength);
        expect(read.report.skipped).toEqual([]);
        expect(read.report.notes).toEqual([]);
        expect(read.records).toEqual(expected.records);
        expect(callLines(read.table)).toEqual(callLines(expected.table));
      }
    },
  );

  it('from Athena name the role that called, out of the text of a struct', () => {
    const { table } = readLogs([textFile(CSV_FORMS.athena(FORM_RECORDS))]);
    expect(table.strings).toContain('arn:aws:sts::111111111111:assumed-role/Admin');
  });

  it('in UTF-16, as PowerShell saves them, are read', () => {
    const text = `\ufeff${JSON_FORMS['lookup-events'](FORM_RECORDS)}`;
    const bytes = new Uint8Array(Uint16Array.from(text, (unit) => unit.charCodeAt(0)).buffer);
    for (const pieceLength of [Infinity, 1, 333]) {
      expect(readLogs([{ path: 'events.json', bytes }], pieceLength).table).toEqual(expected.table);
    }
  });

  it('of the older Event history are judged by the verb, since an empty Read-only means unknown', () => {
    const { records, table } = readLogs([textFile(oldEventHistory(FORM_RECORDS))]);
    expect(records).toMatchObject({
      in: 7,
      counted: 4,
      otherManagement: 1,
      data: 1,
      duplicates: 1,
    });
    expect(records.classifiedByFallback).toBe(6);
    expect(table.strings).not.toContain('111111111111');
  });

  it('that a spreadsheet has saved again keep accounts with leading zeros, and drop ruined ones', () => {
    const csv = CSV_FORMS['event-history'](FORM_RECORDS)
      .replace(',000000000123,', ',123,')
      .replaceAll(',111111111111,', ',1.11111E+11,');
    const { table, presence } = readLogs([textFile(csv)]);
    expect(presence.map(({ recipientAccountId }) => recipientAccountId)).toEqual([
      '',
      '000000000123',
    ]);
    expect(table.strings).not.toContain('1.11111E+11');
  });

  it('hold every event once, however many forms it comes in', () => {
    const files = Object.values(JSON_FORMS).map((write) => textFile(write(FORM_RECORDS)));
    const { table, records } = readLogs(files);
    expect(table).toEqual(expected.table);
    expect(records.duplicates).toBe(records.in - 6);
    expect(sumOf(records)).toBe(records.in);
  });

  it('prefer the fuller record of an event, in whatever order they come', () => {
    const files = [CSV_FORMS['event-history'], JSON_FORMS.records].map((write) =>
      textFile(write(FORM_RECORDS)),
    );
    expect(readLogs(files).table).toEqual(expected.table);
    expect(readLogs(files.toReversed()).table).toEqual(expected.table);
  });
});

const INSIGHT = {
  eventVersion: '1.08',
  eventTime: '2026-01-31T23:59:00Z',
  awsRegion: 'us-east-1',
  eventID: 'i-1',
  eventType: 'AwsCloudTrailInsight',
  recipientAccountId: '111111111111',
  insightDetails: { state: 'Start' },
  eventCategory: 'Insight',
};
const NETWORK = formRecord(8, {
  eventType: 'AwsVpceEvent',
  eventCategory: 'NetworkActivity',
  managementEvent: false,
});
const AGGREGATED = {
  eventVersion: '1.0',
  accountId: '111111111111',
  eventId: 'a-1',
  eventCategory: 'Aggregated',
  eventType: 'AwsAggregatedEvent',
  awsRegion: 'us-east-1',
  eventSource: 's3.amazonaws.com',
  timeWindow: { windowStart: '2025-11-17T19:20:00Z' },
  summary: {
    primaryDimension: { dimension: 'eventName', statistics: [{ name: 'PutObject', value: 1000 }] },
  },
};

describe('what is no call', () => {
  it('is told apart: Insights, network activity, aggregated events, each once', () => {
    const text = JSON.stringify({ Records: [INSIGHT, NETWORK, AGGREGATED, INSIGHT, AGGREGATED] });
    const { records, table, presence, report } = readLogs([textFile(text)]);
    expect(records).toMatchObject({ in: 5, insights: 1, otherKinds: 2, duplicates: 2, counted: 0 });
    expect(table.calls.length + presence.length).toBe(0);
    expect(JSON.parse(report.insightRecords[0])).toEqual(INSIGHT);
  });

  it('is unusable when time, source or name is missing or no CloudTrail value', () => {
    const broken = [
      formRecord(1, { eventTime: 'yesterday' }),
      formRecord(2, { eventName: '' }),
      { ...formRecord(3, {}), eventSource: undefined },
      {
        eventVersion: '2.1',
        eventSource: 'aws:s3',
        awsRegion: 'us-east-1',
        eventTime: '2026-01-31T23:59:00Z',
        eventName: 'ObjectCreated:Put',
      },
      'text',
      17,
      { some: 'object' },
      [],
    ];
    const { records, report } = readLogs([
      textFile(JSON.stringify({ Records: [...broken, formRecord(9, {})] })),
    ]);
    expect(records).toMatchObject({ in: 8, counted: 1, unusable: 7 });
    expect(report.notes[0].detail).toContain('7 records without usable');
  });

  it('counts an update once with the event it updates, and the update wins', () => {
    const update = formRecord(7, {
      errorCode: 'AccessDenied',
      addendum: { reason: 'UPDATED_DATA', originalEventID: FORM_RECORDS[0].eventID },
    });
    for (const list of [
      [FORM_RECORDS[0], update],
      [update, FORM_RECORDS[0]],
    ]) {
      const { records, table } = readLogs([textFile(JSON.stringify({ Records: list }))]);
      expect(records).toMatchObject({ in: 2, counted: 1, duplicates: 1 });
      expect(table.strings).toContain('AccessDenied');
    }
  });

  const skipped = (text: string) => readLogs([textFile(text)]).report.skipped[0];

  it.each([
    [
      'a digest',
      JSON.stringify({
        awsAccountId: '1',
        digestStartTime: 'x',
        digestS3Object: 'y',
        logFiles: [{ s3Object: 'z' }],
      }),
      'digest file',
    ],
    ['an empty file', '', 'empty file'],
    ['a test object of CloudWatch Logs', 'Permission Check Successful', 'not a log file'],
    [
      'a notice of delivered files',
      JSON.stringify({ s3Bucket: 'b', s3ObjectKey: ['AWSLogs/1'] }),
      'not a log file',
    ],
    [
      'such a notice through SNS',
      JSON.stringify({
        Type: 'Notification',
        Message: JSON.stringify({ s3Bucket: 'b', s3ObjectKey: ['AWSLogs/1'] }),
      }),
      'not a log file',
    ],
    ['other JSON', JSON.stringify({ name: 'package', events: [{ a: 1 }] }), 'not a log file'],
    ['other CSV', 'name,value\na,1\n', 'not a log file'],
    ['a page', '<!doctype html><html>{}</html>', 'not a log file'],
    ['a picture', '\u0089PNG\r\n\u001a\n{"\u0000', 'not a log file'],
    ['a trail cut in its first record', '{"Records":[{"eventVersion":"1.08","eve', 'damaged'],
  ])('is skipped with its reason: %s', (_, text, reason) => {
    expect(skipped(text)).toMatchObject({ name: 'log.json', reason });
  });

  it('says of a notice what it is', () => {
    expect(skipped(JSON.stringify({ s3Bucket: 'b', s3ObjectKey: ['k'] })).detail).toContain(
      'tells where log files are',
    );
  });

  it('is read without complaint when it is a trail file without records', () => {
    const { report, records } = readLogs([textFile('{"Records":[]}')]);
    expect(report).toMatchObject({ files: { in: 1, read: 1, skipped: 0 }, skipped: [], notes: [] });
    expect(records.in).toBe(0);
  });
});
