import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatMinute,
  minuteOfBytes,
  parseMinute,
  toMinute,
} from '../../../src/core/activity/minute';

const ofBytes = (text: string): number => {
  const bytes = new TextEncoder().encode(`xx${text}yy`);
  return minuteOfBytes(bytes, 2, bytes.length - 2);
};

describe('the minute of an eventTime', () => {
  it('is the one Date tells, for every second from 1970 to 2400', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 13_569_465_600 }), (seconds) => {
        const text = `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`;
        expect(ofBytes(text)).toBe(Math.floor(seconds / 60));
        expect(parseMinute(text)).toBe(Math.floor(seconds / 60));
        expect(formatMinute(toMinute(seconds / 60)).slice(0, 16)).toBe(text.slice(0, 16));
      }),
    );
  });

  it.each([
    ['2015-01-16T03: 53: 34Z', '2015-01-16T03:53:00Z'],
    ['2026-01-31T23:59:07z', '2026-01-31T23:59:00Z'],
    ['2026-01-31T23:59:07.123Z', '2026-01-31T23:59:00Z'],
    ['2026-02-01T00:59:07+01:00', '2026-01-31T23:59:00Z'],
    ['2026-01-31T15:59:07-0800', '2026-01-31T23:59:00Z'],
    ['2026-01-31 23:59:07.000', '2026-01-31T23:59:00Z'],
    ['2026-01-31 23:59:07.000 UTC', '2026-01-31T23:59:00Z'],
    ['2026-01-31T23:59Z', '2026-01-31T23:59:00Z'],
    ['1424476529', '2015-02-20T23:55:00Z'],
    ['1424476529.0', '2015-02-20T23:55:00Z'],
    ['1424476529123', '2015-02-20T23:55:00Z'],
    ['2016-12-31T23:59:60Z', '2016-12-31T23:59:00Z'],
  ])('reads the odd form %s', (text, minute) => {
    expect(formatMinute(toMinute(ofBytes(text)))).toBe(minute);
  });

  it.each([
    '',
    'Z',
    'yesterday',
    '2026-02-30T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-01-31T24:00:00Z',
    '1969-12-31T23:59:59Z',
    '2026-01-31T23:5x:07Z',
    '2023-02-29T00:00:00Z',
    '1900-02-29T00:00:00Z',
  ])('does not take %j for a time', (text) => {
    expect(ofBytes(text)).toBe(-1);
  });
});
