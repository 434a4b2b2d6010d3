import type { ActivityTable } from '../../activity/activityTable';
import { RefusedJson } from '../../foreignJson';
import { parseRecordedInsights } from '../../insights/recordedInsights';
import { DEFAULT_SETTINGS } from '../../insights/settings';
import { NO_RECORDS } from '../../ledger';
import type { SharedAnalysis } from './sharedAnalysis';

/** A file that AWS wrote: no logs behind it, only its own Insights events. */
export function recordedOnly(text: string): SharedAnalysis {
  const { insights, refused } = parseRecordedInsights([text]);
  if (insights.length === 0) {
    throw new RefusedJson(refused[0] ?? 'Records: expected Insights records, found none.');
  }
  const none = { in: 0, read: 0, skipped: 0 };
  const halves = insights.reduce((sum, { halves }) => sum + (halves === 'both' ? 2 : 1), 0);
  return {
    table: EMPTY_TABLE,
    presence: [],
    coverage: [],
    ledger: {
      files: { ...none, in: 1, read: 1 },
      records: {
        ...NO_RECORDS,
        in: halves + refused.length,
        insights: halves,
        unusable: refused.length,
      },
      bytes: { in: text.length, unpacked: text.length },
      skipped: [],
      notes: refused.map((detail) => ({ name: '', detail })),
    },
    settings: DEFAULT_SETTINGS,
    insights: [],
    shared: { scope: 'insights', redacted: [], bands: [], events: [], recorded: [text] },
  };
}

const none = () => new Uint32Array(0);

const EMPTY_TABLE: ActivityTable = {
  strings: [''],
  apis: {
    recipientAccountId: none(),
    awsRegion: none(),
    eventSource: none(),
    eventName: none(),
    readOnly: new Uint8Array(0),
    sort: new Uint8Array(0),
  },
  callers: {
    userIdentityArn: none(),
    userAgent: none(),
    sourceIPAddress: none(),
    accessKeyId: none(),
  },
  apiStart: Uint32Array.of(0),
  minute: none(),
  errorCode: none(),
  caller: none(),
  calls: none(),
};
