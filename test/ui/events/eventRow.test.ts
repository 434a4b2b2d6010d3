import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  filterEvents,
  formatDaySecond,
  formatSecond,
  inOrder,
  toEventRow,
  toggled,
  toLogFile,
} from '../../../src/ui/events/eventRow';
import { indentJson } from '../../../src/ui/events/indentJson';

const ROLE = 'arn:aws:sts::123456789012:assumed-role/Admin/alice';
const record = (members: object) =>
  JSON.stringify({
    eventTime: '2026-03-01T12:00:07Z',
    eventName: 'CreateUser',
    userIdentity: { type: 'AssumedRole', arn: ROLE },
    sourceIPAddress: '203.0.113.7',
    userAgent: 'aws-cli/2',
    requestParameters: { userName: 'bob' },
    ...members,
  });

describe('a record in the list', () => {
  it('shows who called with the session, from where, and what was asked', () => {
    expect(toEventRow(record({}))).toMatchObject({
      eventTime: '2026-03-01T12:00:07Z',
      identity: ROLE,
      sourceIPAddress: '203.0.113.7',
      errorCode: '',
      requestParameters: '{"userName":"bob"}',
    });
  });

  it('names a service that calls for itself', () => {
    const userIdentity = { type: 'AWSService', invokedBy: 'ec2.amazonaws.com' };
    expect(toEventRow(record({ userIdentity })).identity).toBe('ec2.amazonaws.com');
  });

  it('stands whatever the record holds', () => {
    for (const text of ['', 'null', '[]', '7', '{', '{"userIdentity":3,"eventName":{"a":[1]}}']) {
      expect(toEventRow(text).text).toBe(text);
    }
    expect(toEventRow('{"eventName":{"a":[1]}}').eventName).toBe('{"a":[1]}');
  });

  it('tells its time to the second on the clock of the zone', () => {
    expect(formatSecond('2026-03-01T12:00:07Z', 'UTC')).toBe('12:00:07');
    expect(formatDaySecond('2026-03-01T04:00:07Z', 'local')).toBe('2026-02-28 20:00:07');
    expect(formatSecond('no time', 'UTC')).toBe('no time');
  });
});

describe('the list of records', () => {
  const rows = [
    { sourceIPAddress: '198.51.100.1', errorCode: 'AccessDenied' },
    { sourceIPAddress: '198.51.100.2', errorCode: 'AccessDenied' },
    { sourceIPAddress: '198.51.100.1', errorCode: 'Throttling' },
  ].map((members) => toEventRow(record(members)));
  const from1 = { field: 'sourceIPAddress', value: '198.51.100.1' } as const;
  const from2 = { field: 'sourceIPAddress', value: '198.51.100.2' } as const;
  const denied = { field: 'errorCode', value: 'AccessDenied' } as const;

  it('is narrowed to any of the values of one field, and to all of the fields', () => {
    expect(filterEvents(rows, [from1], '')).toEqual([rows[0], rows[2]]);
    expect(filterEvents(rows, [from1, from2], '')).toEqual(rows);
    expect(filterEvents(rows, [from1, denied], '')).toEqual([rows[0]]);
  });

  it('is narrowed to every word anywhere in the record, in any letter case', () => {
    expect(filterEvents(rows, [], 'BOB throttl')).toEqual([rows[2]]);
    expect(filterEvents(rows, [], '  ')).toEqual(rows);
  });

  it('takes a value back that is chosen once more', () => {
    expect(toggled(toggled([from1], denied), from1)).toEqual([denied]);
  });

  it('is one in order of time, and one log file that JSON.parse reads', () => {
    const [early, late] = ['2026-03-01T12:00:01Z', '2026-03-01T12:00:09Z'].map((eventTime) =>
      toEventRow(record({ eventTime })),
    );
    const both = inOrder([late, rows[0], early]);
    expect(both).toEqual([early, rows[0], late]);
    const { Records } = JSON.parse(toLogFile([...both, toEventRow('{"broken":')]));
    expect(Records).toEqual(both.map(({ text }) => JSON.parse(text)));
  });
});

describe('the full record', () => {
  it('is laid out as JSON.stringify lays it out', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        const expected = JSON.stringify(value, null, 2);
        expect(indentJson(JSON.stringify(value))).toBe(expected);
        expect(indentJson(expected)).toBe(expected);
      }),
    );
  });

  it('keeps what values would lose: long numbers, escapes, repeated names', () => {
    const text = '{"n":12345678901234567890,"n":1e400,"s":"\\u003cb\\u003e{,}"}';
    expect(indentJson(text)).toBe(
      '{\n  "n": 12345678901234567890,\n  "n": 1e400,\n  "s": "\\u003cb\\u003e{,}"\n}',
    );
  });

  it('stays short and whole where it is nested without end', () => {
    const laidOut = indentJson('['.repeat(5_000));
    expect(laidOut.replace(/\s/g, '').length).toBe(5_000);
    expect(laidOut.length).toBeLessThan(5_000 * 82);
  });
});
