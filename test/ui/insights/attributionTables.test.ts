import { describe, expect, it } from 'vitest';
import type { ActivityTable } from '../../../src/core/activity/activityTable';
import { parseMinute } from '../../../src/core/activity/minute';
import { attributionTables } from '../../../src/ui/insights/attributionTables';
import { insight } from './insightBuilder';

interface Call {
  readonly at: string;
  readonly who: string;
  readonly agent?: string;
  readonly error?: string;
  readonly calls?: number;
}

/** A table of one write API, ssm UpdateInstanceInformation, built row by row. */
function tableOf(calls: readonly Call[]): ActivityTable {
  const strings = [''];
  const ref = (text = '') => {
    const at = strings.indexOf(text);
    return at >= 0 ? at : strings.push(text) - 1;
  };
  const one = (text: string) => Uint32Array.of(ref(text));
  const column = (value: (call: Call) => number) => Uint32Array.from(calls, value);
  return {
    apis: {
      recipientAccountId: one('123456789012'),
      awsRegion: one('us-east-1'),
      eventSource: one('ssm.amazonaws.com'),
      eventName: one('UpdateInstanceInformation'),
      readOnly: Uint8Array.of(0),
      sort: Uint8Array.of(0),
    },
    callers: {
      userIdentityArn: column(({ who }) => ref(who)),
      userAgent: column(({ agent = 'aws-cli' }) => ref(agent)),
      sourceIPAddress: column(() => ref('198.51.100.7')),
      accessKeyId: column(() => 0),
    },
    apiStart: Uint32Array.of(0, calls.length),
    minute: column(({ at }) => parseMinute(at)!),
    errorCode: column(({ error }) => ref(error)),
    caller: column((call) => calls.indexOf(call)),
    calls: column(({ calls = 1 }) => calls),
    strings,
  };
}

const BEFORE = '2019-10-30T12:00:00Z';
const DURING = '2019-11-01T20:37:00Z';

const rowsOf = (table: ActivityTable, attribute: string) =>
  attributionTables(table, insight()).find((table) => table.attribute === attribute)!.rows;

describe('attributions', () => {
  it('rank the top five during the insight and gather all others in one row', () => {
    const callers = Array.from({ length: 7 }, (_, i) => ({
      at: DURING,
      who: `role-${i}`,
      calls: 70 - 10 * i,
    }));
    const rows = rowsOf(tableOf(callers), 'userIdentityArn');
    expect(rows.map(({ value }) => value)).toEqual([
      'role-0',
      'role-1',
      'role-2',
      'role-3',
      'role-4',
      null,
    ]);
    expect(rows.at(-1)!.inside).toEqual({ average: 30, share: 30 / 280 });
  });

  it('set calls per minute against the baseline of the same value', () => {
    const rows = rowsOf(
      tableOf([
        { at: BEFORE, who: 'agent-role', calls: 11317 },
        { at: DURING, who: 'agent-role', calls: 800 },
        { at: DURING, who: 'intruder', calls: 75 },
      ]),
      'userIdentityArn',
    );
    expect(rows[0].inside).toEqual({ average: 800, share: 800 / 875 });
    expect(rows[0].outside).toEqual({ average: 1, share: 1 });
    expect(rows[1].outside).toEqual({ average: 0, share: 0 });
  });

  it('tag a value that no call before the insight had', () => {
    const rows = rowsOf(
      tableOf([
        { at: BEFORE, who: 'agent-role' },
        { at: DURING, who: 'agent-role', calls: 2 },
        { at: DURING, who: 'intruder' },
      ]),
      'userIdentityArn',
    );
    expect(rows.map(({ value, firstSeen }) => [value, firstSeen])).toEqual([
      ['agent-role', false],
      ['intruder', true],
    ]);
  });

  it('write "null" where a value is absent, and never call that first seen', () => {
    const rows = rowsOf(tableOf([{ at: DURING, who: 'a' }]), 'errorCode');
    expect(rows).toMatchObject([{ value: 'null', firstSeen: false, inside: { average: 1 } }]);
  });

  it('name those who used to call where the insight is a drop to nothing', () => {
    const rows = rowsOf(tableOf([{ at: BEFORE, who: 'backup-role', calls: 5 }]), 'userIdentityArn');
    expect(rows).toMatchObject([{ value: 'backup-role', inside: { average: 0, share: 0 } }]);
  });

  it('of an error-rate insight have no error codes, as in AWS', () => {
    const errors = insight({
      insightType: 'ApiErrorRateInsight',
      key: { errorCode: 'ThrottlingException' },
    });
    const table = tableOf([{ at: DURING, who: 'a', error: 'ThrottlingException' }]);
    expect(attributionTables(table, errors).map(({ attribute }) => attribute)).toEqual([
      'userIdentityArn',
      'userAgent',
      'sourceIPAddress',
      'accessKeyId',
    ]);
  });
});
