import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FIXTURE_FORMS } from '../../support/fixtureForms';
import { readBytes } from './readBytes';
import { callLines, readLogs } from './support';

const FIXTURES = join(import.meta.dirname, '../../fixtures');
const names = readdirSync(FIXTURES)
  .filter((name) => name.endsWith('.expected.json'))
  .map((name) => name.replace('.expected.json', ''));

const expectedOf = (name: string): unknown =>
  JSON.parse(readFileSync(join(FIXTURES, `${name}.expected.json`), 'utf8'));
const isText = (name: string) => existsSync(join(FIXTURES, `${name}.txt`));

describe('the fixtures', () => {
  it('are there for every form', () => {
    const forms = Object.keys(FIXTURE_FORMS).map((name) => name.replace(/\.\w+$/, ''));
    expect(names).toEqual(expect.arrayContaining(forms));
  });

  it.each(names.filter(isText))('give what is expected of them: %s', (name) => {
    const file = { path: `${name}.txt`, bytes: readFileSync(join(FIXTURES, `${name}.txt`)) };
    for (const pieceLength of [Infinity, 61]) {
      const { table, records, report } = readLogs([file], pieceLength);
      const { skipped, notes } = report;
      expect({ records, skipped, notes, calls: callLines(table) }).toEqual(expectedOf(name));
    }
  });

  it.each(names.filter((name) => !isText(name)))(
    'unpack and give what is expected of them: %s',
    async (name) => {
      const bytes = readFileSync(join(FIXTURES, `${name}.bin`));
      const { table, records, report } = await readBytes(`${name}.bin`, bytes);
      const { skipped, notes } = report;
      expect({ records, skipped, notes, calls: callLines(table) }).toEqual(expectedOf(name));
    },
  );
});
