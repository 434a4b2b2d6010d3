import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { callLines, readLogs } from './support';

const FIXTURES = join(import.meta.dirname, '../../fixtures');
const names = readdirSync(FIXTURES)
  .filter((name) => name.endsWith('.expected.json'))
  .map((name) => name.replace('.expected.json', ''));

describe('the fixtures', () => {
  it('are there', () => {
    expect(names.length).toBeGreaterThan(0);
  });

  it.each(names)('give what is expected of them: %s', (name) => {
    const file = { path: `${name}.txt`, bytes: readFileSync(join(FIXTURES, `${name}.txt`)) };
    const expected: unknown = JSON.parse(
      readFileSync(join(FIXTURES, `${name}.expected.json`), 'utf8'),
    );
    for (const pieceLength of [Infinity, 61]) {
      const { table, records, report } = readLogs([file], pieceLength);
      const { skipped, notes } = report;
      expect({ records, skipped, notes, calls: callLines(table) }).toEqual(expected);
    }
  });
});
