import { describe, expect, it } from 'vitest';
import { coverageOf, type LostFile } from '../../../src/core/activity/coverage';
import { coverageMapOf, HourState } from '../../../src/core/activity/coverageMap';
import { toMinute } from '../../../src/core/activity/minute';
import { judge, mergeLogs } from '../../../src/core/analyze';
import { ledgerJson } from '../../../src/core/export/ledgerJson';
import { DEFAULT_SETTINGS } from '../../../src/core/insights/settings';
import { formRecord } from '../../support/formRecords';
import { readPart, textFile } from '../read/support';

const HOUR = 473_000;
const PLACE = { recipientAccountId: '123456789012', awsRegion: 'us-east-1' };
const minuteOf = (hour: number, minute = 0) => (HOUR + hour) * 60 + minute;
const presenceOf = (minutes: readonly number[]) => ({
  ...PLACE,
  minute: Uint32Array.from(minutes),
  events: new Uint32Array(minutes.length).fill(2),
});
const everyMinute = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => from + i);
const lostAt = (minute: number): LostFile => ({ ...PLACE, deliveredAt: toMinute(minute) });

function mapOf(minutes: readonly number[], lost: readonly LostFile[] = []) {
  const presence = [presenceOf(minutes)];
  const coverage = coverageOf(presence, lost);
  return coverageMapOf({ presence, coverage, fileHours: [], lost });
}

describe('the coverage map', () => {
  it('adds up the events of every hour', () => {
    const map = mapOf(everyMinute(minuteOf(0, 30), minuteOf(3)));
    expect([map.firstHour, map.hours]).toEqual([HOUR, 3]);
    expect([...map.scopes[0].events]).toEqual([60, 120, 120]);
    expect([...map.scopes[0].state]).toEqual(Array(3).fill(HourState.covered));
  });

  it('tells missing hours from those missing in part', () => {
    const minutes = [
      ...everyMinute(minuteOf(0), minuteOf(8, 30)),
      ...everyMinute(minuteOf(11), minuteOf(20)),
    ];
    const { state } = mapOf(minutes).scopes[0];
    expect([...state.slice(7, 12)]).toEqual([
      HourState.covered,
      HourState.partly,
      HourState.missing,
      HourState.missing,
      HourState.covered,
    ]);
  });

  it('calls an hour without events lost where its file is there and cannot be read', () => {
    const minutes = everyMinute(minuteOf(0), minuteOf(2));
    const map = mapOf(minutes, [lostAt(minuteOf(4, 5)), lostAt(minuteOf(1, 30))]);
    expect([...map.scopes[0].state]).toEqual([
      HourState.covered,
      HourState.covered,
      HourState.outside,
      HourState.outside,
      HourState.lost,
    ]);
    expect([...map.scopes[0].lost]).toEqual([0, 1, 0, 0, 1]);
  });

  it('knows a Region of which nothing could be read', () => {
    const lost = [{ ...PLACE, awsRegion: 'eu-west-1', deliveredAt: toMinute(minuteOf(1, 20)) }];
    const map = mapOf(everyMinute(minuteOf(0), minuteOf(2)), lost);
    expect(map.scopes.map(({ awsRegion }) => awsRegion)).toEqual(['eu-west-1', 'us-east-1']);
    expect([...map.scopes[0].state]).toEqual([HourState.outside, HourState.lost]);
  });

  it('says nothing of no logs', () => {
    const none = { presence: [], coverage: [], fileHours: [], lost: [] };
    expect(coverageMapOf(none)).toMatchObject({ hours: 0, scopes: [] });
  });

  it('holds fifty scopes over two years', () => {
    const presence = Array.from({ length: 50 }, (_, i) => ({
      ...presenceOf([minuteOf(0), minuteOf(17_519)]),
      awsRegion: `region-${i}`,
    }));
    const map = coverageMapOf({ presence, coverage: [], fileHours: [], lost: [] });
    expect([map.hours, map.scopes.length]).toEqual([17_520, 50]);
    expect(map.scopes[49].events[17_519]).toBe(2);
  });

  it('is bounded when the times of two events are a century apart', () => {
    const presence = Array.from({ length: 50 }, (_, i) => ({
      ...presenceOf([60, 60 * 1_100_000]),
      awsRegion: `region-${i}`,
    }));
    const map = coverageMapOf({ presence, coverage: [], fileHours: [], lost: [] });
    expect(map.hours).toBe(80_000);
    expect(map.scopes[0].events[79_999]).toBe(2);
  });
});

describe('a lost file', () => {
  const around = [
    ...everyMinute(minuteOf(0), minuteOf(5)),
    ...everyMinute(minuteOf(5, 8), minuteOf(9)),
  ];

  it('makes the minutes before its delivery missing where they have no events', () => {
    const [{ gaps }] = coverageOf([presenceOf(around)], [lostAt(minuteOf(5, 9))]);
    expect([...gaps]).toEqual([minuteOf(5), minuteOf(5, 8)]);
  });

  it('changes nothing where other files hold events of every minute, nor elsewhere', () => {
    const whole = [presenceOf(everyMinute(minuteOf(0), minuteOf(9)))];
    expect(coverageOf(whole, [lostAt(minuteOf(5, 9))])).toEqual(coverageOf(whole));
    const other = { ...lostAt(minuteOf(5, 9)), awsRegion: 'eu-west-1' };
    expect(coverageOf([presenceOf(around)], [other])).toEqual(coverageOf([presenceOf(around)]));
  });

  it('widens a gap that is known already', () => {
    const minutes = [
      ...everyMinute(minuteOf(0), minuteOf(5)),
      ...everyMinute(minuteOf(6), minuteOf(9)),
    ];
    const lost = [lostAt(minuteOf(5, 3)), lostAt(minuteOf(5, 30))];
    const [{ gaps }] = coverageOf([presenceOf(minutes)], lost);
    expect([...gaps]).toEqual([minuteOf(5), minuteOf(6)]);
  });
});

describe('the files of an hour', () => {
  const file = (path: string, ...times: string[]) =>
    textFile(
      JSON.stringify({
        Records: times.map((eventTime, i) => formRecord(i, { eventTime, eventID: path + i })),
      }),
      path,
    );
  const files = [
    file(
      'AWSLogs/111111111111/CloudTrail/us-east-1/2026/01/31/111111111111_CloudTrail_us-east-1_20260131T1202Z_abcdefghijklmnop.json.gz',
      '2026-01-31T11:58:00Z',
    ),
    file('export.json', '2026-01-31T12:10:00Z', '2026-01-31T14:50:00Z'),
    textFile('no log', '111111111111_CloudTrail_us-east-1_20260131T1505Z_abcdefghijklmnop.json.gz'),
  ];
  const analysisOf = (readers: (typeof files)[]) => {
    const read = readers.map((each) => readPart(each));
    const logs = mergeLogs(
      read.map(({ part }) => part),
      read.map(({ report }) => report),
    );
    return judge(logs, DEFAULT_SETTINGS);
  };

  it('are known by their names, else by their events, and stand in the ledger with the lost ones', () => {
    const { coverage } = JSON.parse(ledgerJson(analysisOf([files])));
    expect(coverage).toEqual([
      {
        recipientAccountId: '111111111111',
        awsRegion: 'us-east-1',
        start: '2026-01-31T11:00:00Z',
        hours: 'ccqcl',
        events: '1 1 0 1 0',
        files: '1 1 1 1 0',
      },
    ]);
  });

  it('are the same whoever reads them', () => {
    const together = ledgerJson(analysisOf([files]));
    expect(ledgerJson(analysisOf([files.slice(1), files.slice(0, 1)]))).toBe(together);
  });
});
