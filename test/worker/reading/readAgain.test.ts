import { describe, expect, it } from 'vitest';
import { ActivityBuilder } from '../../../src/core/activity/activityBuilder';
import { mergeActivity } from '../../../src/core/activity/mergeActivity';
import { unpack } from '../../../src/core/container/unpack';
import type { RecordSink } from '../../../src/core/read/logScanner';
import { LogReader } from '../../../src/core/read/readFile';
import { AnyScanner } from '../../../src/core/read/scanLog';
import { orReadAgain } from '../../../src/worker/reading/readAgain';
import { FORM_RECORDS } from '../../support/formRecords';
import { JSON_FORMS } from '../../support/logForms';

/** A scanner that breaks down at its `at`th record, in its first file alone. */
function breakingAt(at: number) {
  let left = at;
  return (sink: RecordSink) =>
    new AnyScanner({
      ...sink,
      record: (fields) => {
        if (left-- === 0) throw new TypeError('a slip of ours');
        sink.record(fields);
      },
    });
}

async function gzip(text: string): Promise<Uint8Array<ArrayBuffer>> {
  const packed = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'));
  return new Uint8Array(await new Response(packed).arrayBuffer());
}

async function readWith(files: readonly Uint8Array<ArrayBuffer>[], brokenAt: number) {
  const builder = new ActivityBuilder();
  const logs = new LogReader(builder, breakingAt(brokenAt));
  for (const [i, file] of files.entries()) {
    await orReadAgain(`${i}.json`, file, logs, (sink) => unpack(`${i}.json`, file, sink));
  }
  return { ...mergeActivity([builder.finish()]), report: logs.finish(0) };
}

const text = JSON_FORMS.records(FORM_RECORDS);

describe('a file on which the fast reader breaks down', () => {
  it.each([0, 1, 4, 6])('is read again from its record %i on, and named', async (at) => {
    for (const file of [new TextEncoder().encode(text), await gzip(text)]) {
      const whole = await readWith([file, file], Infinity);
      const { table, records, report } = await readWith([file, file], at);
      expect(records).toEqual(whole.records);
      expect(table).toEqual(whole.table);
      expect(report.files).toEqual({ in: 2, read: 2, skipped: 0 });
      expect(report.notes).toEqual([
        {
          name: '0.json',
          detail: 'read the slow way, since the fast one broke down: a slip of ours',
        },
      ]);
    }
  });
});
