import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Field } from '../../../src/core/read/field';
import type { RecordFields } from '../../../src/core/read/recordFields';
import { RecordScanner } from '../../../src/core/read/scanRecords';

/** Every field of every record of a file, and how many of its members may wrap records. */
function fieldsOf(text: string): unknown[] {
  const found: unknown[] = [];
  const scanner = new RecordScanner({
    record: (fields: RecordFields) =>
      found.push([fields.wrapping, Object.values(Field).map((field) => fields.string(field))]),
    stranger: () => {},
  });
  const bytes = new TextEncoder().encode(text);
  scanner.push(bytes, 0, bytes.length);
  scanner.finish();
  return found;
}

const name = fc.constantFrom('', 'Größe', 'a "quoted" one', 'ops', 'session-000000000000000000001');
const identity = fc.record(
  {
    type: fc.constantFrom('AssumedRole', 'IAMUser', null),
    principalId: fc.constantFrom('AROAEXAMPLEEXAMPLE1:one', 'AROAEXAMPLEEXAMPLE1:two'),
    arn: name.map((each) => `arn:aws:sts::111122223333:assumed-role/r/${each}`),
    accessKeyId: fc.constantFrom('ASIAEXAMPLEKEY000001', 'ASIAEXAMPLEKEY000002'),
    sessionContext: fc.record({ sessionIssuer: fc.record({ arn: name }), attributes: fc.object() }),
    userName: fc.oneof(name, fc.constant('x'.repeat(1100))),
    inScopeOf: fc.constantFrom({}, [1], 'text'),
  },
  { requiredKeys: ['type', 'principalId'] },
);
const record = fc.record({
  eventVersion: fc.constant('1.11'),
  userIdentity: fc.oneof({ weight: 9, arbitrary: identity }, fc.constantFrom(null, 'text', [])),
  eventName: name,
  eventTime: fc.constant('2026-01-01T00:00:00Z'),
  eventSource: fc.constant('ec2.amazonaws.com'),
  eventType: fc.constantFrom('AwsApiCall', 'AwsServiceEvent', null),
  recipientAccountId: fc.constantFrom('111122223333', '444455556666'),
  errorCode: fc.constantFrom(null, 'Größe', 'a "quoted" one', { nested: [] }),
  addendum: fc.constantFrom(null, { reason: 'UPDATED_DATA', originalEventID: 'x' }),
  tlsDetails: fc.constantFrom(null, { tlsVersion: 'TLSv1.3' }, { a: 'y'.repeat(120) }),
});

/** In any order, so that a `userIdentity` may stand behind `eventType`, and some members twice. */
const textOfMembers = fc
  .tuple(record, fc.array(fc.nat(), { minLength: 12, maxLength: 14 }))
  .map(([each, picks]) => {
    const members = Object.entries(each).map((member) =>
      member.map((part) => JSON.stringify(part)),
    );
    const again = picks.slice(10).map((pick) => members[pick % members.length]);
    const inOrder = picks.length % 2 === 0 ? members : members.toReversed();
    return `{${[...inOrder, ...again].map(([key, value]) => `${key}:${value}`).join(',')}}`;
  });

describe('A userIdentity or an ending that comes again', () => {
  it('means what it meant the first time, whatever came between', () => {
    const records = fc.array(textOfMembers, { minLength: 1, maxLength: 4 });
    const order = fc.array(fc.nat(), { minLength: 20, maxLength: 40 });
    fc.assert(
      fc.property(records, order, (texts, picks) => {
        const file = picks.map((pick) => texts[pick % texts.length]);
        const alone = texts.map((text) => fieldsOf(text)[0]);
        expect(fieldsOf(`{"Records":[${file.join(',')}]}`)).toEqual(
          picks.map((pick) => alone[pick % alone.length]),
        );
      }),
    );
  });

  it('ends with the bytes, though one that began alike went on', () => {
    const long = JSON.stringify({ type: 'IAMUser', principalId: 'AIDA', userName: 'z'.repeat(90) });
    const text = `{"eventVersion":"1.11","eventName":"A","eventSource":"b","userIdentity":${long}}`;
    const cut = text.replace('zz"', '","arn":"c"');
    const [first, , last] = fieldsOf(`${text}${text}${cut}${' '.repeat(2000)}`) as unknown[][];
    expect(last).toEqual(fieldsOf(cut)[0]);
    expect(last).not.toEqual(first);
  });
});
