import { describe, expect, it } from 'vitest';
import { ActivityBuilder } from '../../../src/core/activity/activityBuilder';
import { mergeActivity } from '../../../src/core/activity/mergeActivity';
import { LogReader } from '../../../src/core/read/readFile';
import { FORM_RECORDS } from '../../support/formRecords';
import { JSON_FORMS } from '../../support/logForms';
import { readLogs, textFile } from './support';

/** What the slow way makes of a file. */
function readPlain(bytes: Uint8Array) {
  const builder = new ActivityBuilder();
  const reader = new LogReader(builder);
  reader.readPlainly('log.json', bytes, 0, 'x');
  return { ...mergeActivity([builder.finish()]), report: reader.finish(0) };
}

/** Whether the fast way took the file without complaint; then the slow way must say the same. */
function agrees(bytes: Uint8Array): boolean {
  const fast = readLogs([{ path: 'log.json', bytes }]);
  const isAccepted = fast.report.notes.length + fast.report.skipped.length === 0;
  if (!isAccepted) return false;
  const plain = readPlain(bytes);
  expect(plain.records).toEqual(fast.records);
  expect(plain.table).toEqual(fast.table);
  expect(plain.presence).toEqual(fast.presence);
  return true;
}

const bytesOf = (form: string) => textFile(JSON_FORMS[form](FORM_RECORDS.slice(0, 2))).bytes;

describe('the slow way to the records of a file', () => {
  it.each(Object.keys(JSON_FORMS))('agrees with the fast one on the form %s', (form) => {
    expect(agrees(textFile(JSON_FORMS[form](FORM_RECORDS)).bytes)).toBe(true);
  });

  it.each(['records', 'json-lines', 'lookup-events', 'records-pretty'])(
    'agrees wherever a file of the form %s is cut and the fast one takes it',
    (form) => {
      const whole = bytesOf(form);
      const accepted = Array.from(whole, (_, length) => agrees(whole.slice(0, length)));
      expect(accepted.filter(Boolean).length).toBeLessThan(whole.length / 4);
    },
  );

  it.each(['records', 'json-lines', 'quoted-lines'])(
    'agrees whatever bit of the form %s is another and the fast one takes it',
    (form) => {
      const whole = bytesOf(form);
      let accepted = 0;
      for (let at = 0; at < whole.length; at += 3) {
        const flipped = whole.slice();
        flipped[at] ^= 1 << (at % 7);
        if (agrees(flipped)) accepted++;
      }
      expect(accepted).toBeGreaterThan(whole.length / 12);
    },
  );

  it('agrees on hard JSON', () => {
    const hard = [
      ...[
        '{"eventName":"\\ud83d\\ude00\\u0000","eventName":"B\\/\\"C"}',
        '{"a":{"eventName":"X"}}',
      ],
      '{"userIdentity":{"arn":"a"},"userIdentity":null}',
      '{"requestParameters":{"Records":[{"eventName":"X"}],"x":"[{\\"eventTime\\":1}]"}}',
      '{"additionalEventData":"\\\\\\"{","n":-1.5e-7}',
    ].map((json) => ({ ...FORM_RECORDS[0], ...(JSON.parse(json) as object) }));
    expect(agrees(textFile(JSON.stringify({ Records: hard })).bytes)).toBe(true);
  });
});
