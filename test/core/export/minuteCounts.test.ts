import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeActivity } from '../../../src/core/activity/mergeActivity';
import { formatMinute, toMinute } from '../../../src/core/activity/minute';
import { toCsvCell } from '../../../src/core/export/csv';
import { minuteCountsCsv } from '../../../src/core/export/minuteCounts';
import { partOf, type Calls } from '../../support/countedCalls';

const csvOf = (calls: Calls[], readEvents: boolean) =>
  [...minuteCountsCsv(mergeActivity([partOf(calls)]).table, { readEvents })].join('');

const HEADER = 'minute,recipientAccountId,awsRegion,eventSource,eventName,errorCode,readOnly,calls';

const someCalls: fc.Arbitrary<Calls> = fc.record({
  minute: fc.integer({ min: 29_000_000, max: 29_000_004 }),
  calls: fc.integer({ min: 1, max: 3 }),
  recipientAccountId: fc.constantFrom('111111111111', '222222222222'),
  eventName: fc.constantFrom('PutParameter', 'DeleteParameter'),
  errorCode: fc.constantFrom('', 'ThrottlingException'),
  userAgent: fc.constantFrom('a', 'b'),
  readOnly: fc.boolean(),
});

/** The same counts, by one look-up per call. */
function obviousLines(all: Calls[]): string[] {
  const counts = new Map<string, number>();
  for (const { minute, recipientAccountId, eventName, errorCode, readOnly, calls } of all) {
    const time = formatMinute(toMinute(minute as number));
    const line = `${time},${recipientAccountId},us-east-1,ssm.amazonaws.com,${eventName},${errorCode},${readOnly}`;
    counts.set(line, (counts.get(line) ?? 0) + calls);
  }
  return Array.from(counts, ([line, calls]) => `${line},${calls}`);
}

describe('minute counts', () => {
  it('are one line per minute, API and error code, whoever called; reads without an error where asked for', () => {
    fc.assert(
      fc.property(fc.array(someCalls, { maxLength: 40 }), fc.boolean(), (all, readEvents) => {
        const [header, ...lines] = csvOf(all, readEvents).trimEnd().split('\n');
        expect(header).toBe(HEADER);
        const listed = all.filter(
          ({ readOnly, errorCode }) => readEvents || !readOnly || errorCode !== '',
        );
        expect(new Set(lines)).toEqual(new Set(obviousLines(listed)));
        expect(lines.map((line) => line.slice(0, 20))).toEqual(
          lines.map((line) => line.slice(0, 20)).sort(),
        );
      }),
    );
  });

  it('come in pieces that together hold every line once', () => {
    const all = Array.from({ length: 45_000 }, (_, i) => ({ minute: 29_000_000 + i, calls: 1 }));
    const pieces = [...minuteCountsCsv(mergeActivity([partOf(all)]).table)];
    expect(pieces.length).toBeGreaterThan(2);
    expect(pieces.join('').trimEnd().split('\n').length).toBe(45_001);
  });
});

describe('a CSV cell', () => {
  it.each([
    ['plain', 'plain'],
    ['a,b', '"a,b"'],
    ['say "hi"', '"say ""hi"""'],
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"],
    ['two\nlines', '"two\nlines"'],
  ])('of %j is %j', (text, cell) => {
    expect(toCsvCell(text)).toBe(cell);
  });

  it('never begins as a formula, and is one cell whatever it holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const cell = toCsvCell(text);
        expect(cell.replace(/^"/, '')).not.toMatch(/^[=+\-@\t\r]/);
        if (/[",\r\n]/.test(cell)) expect(cell).toMatch(/^"(?:[^"]|"")*"$/);
      }),
    );
  });
});
