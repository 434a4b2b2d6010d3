import { describe, expect, it } from 'vitest';
import type { ActivityTable } from '../../../src/core/activity/activityTable';
import { formatMinute, toMinute } from '../../../src/core/activity/minute';
import { dataFiles, hasData, readLogs, sumOf } from './support';

/** `ssm.amazonaws.com DeleteParameter ThrottlingException 2023-07-10T12:08:00Z` → calls. */
function callsByName(table: ActivityTable, withErrors: boolean): Map<string, number> {
  const counts = new Map<string, number>();
  for (let api = 0; api + 1 < table.apiStart.length; api++) {
    const name = `${table.strings[table.apis.eventSource[api]]} ${table.strings[table.apis.eventName[api]]}`;
    for (let row = table.apiStart[api]; row < table.apiStart[api + 1]; row++) {
      const error = withErrors ? ` ${table.strings[table.errorCode[row]]}` : '';
      const key = `${name}${error} ${formatMinute(toMinute(table.minute[row]))}`;
      counts.set(key, (counts.get(key) ?? 0) + table.calls[row]);
    }
  }
  return counts;
}

describe.skipIf(!hasData('cloudtrail'))('real logs', () => {
  it('of an attack simulation give every count of the set, without duplicates', () => {
    const { table, records, presence, report } = readLogs(
      dataFiles('cloudtrail/invictus-aws_dataset/CloudTrail', /\.json/),
    );
    expect(records.in).toBe(2900);
    expect(sumOf(records)).toBe(2900);
    expect(records.duplicates).toBe(0);
    expect(report.files).toEqual({ in: 55, read: 55, skipped: 0 });
    expect(presence.flatMap(({ events }) => [...events]).reduce((a, b) => a + b)).toBe(2900);
    const writeApis = [...table.apis.readOnly.keys()].filter(
      (api) => table.apis.readOnly[api] === 0,
    );
    const writes = writeApis.map((api) =>
      table.calls.subarray(table.apiStart[api], table.apiStart[api + 1]).reduce((a, b) => a + b),
    );
    expect(writeApis.length).toBe(108);
    expect(writes.reduce((a, b) => a + b)).toBe(574);
    const calls = callsByName(table, false);
    expect(calls.get('ssm.amazonaws.com DeleteParameter 2023-07-10T12:08:00Z')).toBe(78);
    expect(calls.get('ssm.amazonaws.com PutParameter 2023-07-10T11:58:00Z')).toBe(67);
    const errors = callsByName(table, true);
    expect(
      errors.get('ssm.amazonaws.com DeleteParameter ThrottlingException 2023-07-10T12:08:00Z'),
    ).toBe(38);
  });

  it('in pretty-printed bare arrays are read', () => {
    const { records, report } = readLogs(dataFiles('cloudtrail/stratus-red-team', /\.json$/));
    expect(records.in).toBe(310);
    expect(sumOf(records)).toBe(310);
    expect(report.files).toEqual({ in: 35, read: 35, skipped: 0 });
    expect(report.notes).toEqual([]);
  });

  it('of ten fields without readOnly and account are classified by the fallback', () => {
    const { records, report } = readLogs(
      dataFiles('cloudtrail/permiso-cloudconsolecartographer', /InputEvents\.json$/),
    );
    expect(report.files.read).toBe(31);
    expect(records.in).toBe(8226);
    expect(sumOf(records)).toBe(8226);
    expect(records.classifiedByFallback).toBe(records.in - records.duplicates);
  });

  it('of every event version from 1.0 to 1.11 are counted', () => {
    const files = dataFiles('cloudtrail/umccr-cloudtrail-parquet-lambda', /\.json(\.gz)?$/);
    const { records, report } = readLogs(files);
    expect(report.files.skipped).toBe(0);
    expect(records.unusable).toBe(0);
    expect(sumOf(records)).toBe(records.in);
    for (const version of ['0', '01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11']) {
      const file = files.filter(({ path }) => path.endsWith(`/1_${version}.json`));
      const { records: ofVersion } = readLogs(file);
      expect([version, ofVersion.in > 0, ofVersion.unusable]).toEqual([version, true, 0]);
    }
  });

  it('in malformed JSON, half of them wrapped, lose no event, and the damage is named', () => {
    const [file] = dataFiles('cloudtrail/opensearch-catalog', /samples-large\.json$/);
    const text = new TextDecoder().decode(file.bytes);
    expect(() => JSON.parse(text)).toThrow();
    const { records, report } = readLogs([file]);
    expect(records.in).toBe(text.match(/"eventID"/g)!.length);
    expect(records.in).toBe(840);
    expect(records.duplicates + records.unusable).toBe(0);
    expect(report.notes[0].detail).toContain('at byte 3053:');
  });

  it('of AWS Insights are kept as text and counted apart', () => {
    const { records, table, report } = readLogs(dataFiles('insights-records', /\.(json|log)$/));
    expect(report.files).toEqual({ in: 10, read: 10, skipped: 0 });
    expect(records.insights + records.duplicates).toBe(records.in);
    expect(table.calls.length).toBe(0);
    for (const text of report.insightRecords) {
      expect(JSON.parse(text)).toMatchObject({ eventType: 'AwsCloudTrailInsight' });
    }
  });

  it('from lookup-events and EventBridge are unwrapped', () => {
    const lookup = readLogs(dataFiles('containers/lookup-events', /\.jsonl$/));
    expect(lookup.records.in).toBeGreaterThan(0);
    expect(lookup.records.unusable).toBe(0);
    const bridge = readLogs(dataFiles('containers/eventbridge', /\.json$/));
    // One sample of AWS's guide has a line break inside a string; the last two are patterns, not events.
    expect(bridge.report.skipped.map(({ reason }) => reason)).toEqual([
      'damaged',
      'not a log file',
      'not a log file',
    ]);
    expect(bridge.records).toMatchObject({ in: 2, unusable: 0 });
  });

  it('that are digests are skipped as such', () => {
    const { report, records } = readLogs(dataFiles('containers/digest', /\.(json|log)$/));
    expect(new Set(report.skipped.map(({ reason }) => reason))).toEqual(new Set(['digest file']));
    expect(report.files).toEqual({ in: 5, read: 0, skipped: 5 });
    expect(records.in).toBe(0);
  });
});
