import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { ActivityBuilder } from '../../../src/core/activity/activityBuilder';
import { parseMinute } from '../../../src/core/activity/minute';
import { analyze } from '../../../src/core/analyze';
import type {
  EventsOfInsight,
  SharedAnalysis,
} from '../../../src/core/export/shared/sharedAnalysis';
import { toSharedAnalysis } from '../../../src/core/export/shared/sharedAnalysis';
import { DEFAULT_SETTINGS } from '../../../src/core/insights/settings';
import { LogReader } from '../../../src/core/read/readFile';
import type { JsonObject } from '../../support/recordBuilder';
import { filesBelow, sharedData } from '../../support/sharedData';

export const REAL_LOGS = sharedData('cloudtrail/invictus-aws_dataset/CloudTrail');

export interface RealLogs {
  /** With the records of each insight’s minutes beside it. */
  readonly analysis: SharedAnalysis;
  /** Every record of the logs. */
  readonly records: readonly JsonObject[];
}

/** The real trail, read and judged as the page does it; file names stay in the ledger. */
export function readRealLogs(): RealLogs {
  const builder = new ActivityBuilder();
  const reader = new LogReader(builder);
  const records: JsonObject[] = [];
  for (const path of filesBelow(REAL_LOGS!)) {
    const bytes = bytesOf(path);
    reader.open(path);
    reader.piece(bytes, 0, bytes.length);
    reader.close(null);
    records.push(...(JSON.parse(new TextDecoder().decode(bytes)).Records as JsonObject[]));
  }
  const report = reader.finish(0);
  const notes = filesBelow(REAL_LOGS!).map((name) => ({ name, detail: '' }));
  const analysis = analyze([builder.finish()], [{ ...report, notes }], DEFAULT_SETTINGS);
  const events = analysis.insights.map(({ sharedEventID, key, start, end }): EventsOfInsight => {
    const behind = records.filter((record) => {
      const minute = parseMinute(String(record.eventTime))!;
      return record.eventName === key.eventName && minute >= start - 1 && minute <= end;
    });
    return { sharedEventID, leftOut: 0, records: behind.map((record) => JSON.stringify(record)) };
  });
  const shared = toSharedAnalysis(analysis, { scope: 'everything', events });
  return { analysis: { ...shared, ledger: analysis.ledger }, records };
}

function bytesOf(path: string): Uint8Array {
  const bytes = readFileSync(path);
  return bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes;
}
