import { expect, it } from 'vitest';
import { AnyScanner } from '../../../src/core/read/scanLog';
import { recordText } from '../../../src/core/read/recordText';

function textsIn(text: string): string[] {
  const texts: string[] = [];
  const scanner = new AnyScanner({
    record: (fields) => texts.push(recordText(fields)),
    stranger: () => {},
  });
  const bytes = new TextEncoder().encode(text);
  scanner.push(bytes, 0, bytes.length);
  scanner.finish();
  return texts;
}

it('the text of a record is the bytes it has in its file, or in the text that quotes it', () => {
  const record = '{"eventVersion": "1.08",\t"eventName":"Größe","eventID" :"e"}';
  expect(textsIn(`[${record}]`)).toEqual([record]);
  expect(textsIn(JSON.stringify({ Events: [{ CloudTrailEvent: record }] }))).toEqual([record]);
});

it('a row of a CSV file has the text of a record that says what its columns say', () => {
  const csv =
    'User name,Event time,Event name,Event source,Event ID,Read-only\nalice,t,PutX,"s ""x""",e,FALSE\n';
  expect(textsIn(csv).map((text) => JSON.parse(text))).toEqual([
    {
      userIdentity: { userName: 'alice' },
      eventTime: 't',
      eventSource: 's "x"',
      eventName: 'PutX',
      eventID: 'e',
      readOnly: false,
    },
  ]);
});
