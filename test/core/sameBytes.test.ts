import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { ActivityBuilder } from '../../src/core/activity/activityBuilder';
import { analyze } from '../../src/core/analyze';
import { planTar } from '../../src/core/container/plan';
import { unpack, Unpacker } from '../../src/core/container/unpack';
import { insightsJson } from '../../src/core/export/insightsJson';
import { minuteCountsCsv } from '../../src/core/export/minuteCounts';
import { DEFAULT_SETTINGS } from '../../src/core/insights/settings';
import { LogReader } from '../../src/core/read/readFile';
import { seededRandom } from '../support/random';

const packed = readFileSync('public/sample-trail.tar.gz');
const sample = new Uint8Array(gunzipSync(packed));

interface Reader {
  builder: ActivityBuilder;
  logs: LogReader;
}

function readers(count: number): Reader[] {
  return Array.from({ length: count }, () => {
    const builder = new ActivityBuilder();
    return { builder, logs: new LogReader(builder) };
  });
}

/** Everything that leaves the page, as text. */
function exportsOf(readers: Reader[]): string {
  const parts = readers.map(({ builder }) => builder.finish());
  const reports = readers.map(({ logs }) => logs.finish(0));
  const analysis = analyze(parts, reports, DEFAULT_SETTINGS);
  const { files, records, skipped, notes } = analysis.ledger;
  return [
    insightsJson(analysis),
    ...minuteCountsCsv(analysis.table),
    JSON.stringify({ files, records, skipped, notes }),
  ].join('\n');
}

/** The sample's members, as single files. */
function members(): { path: string; bytes: Uint8Array }[] {
  return planTar('sample-trail.tar.gz', sample, 0, true).members.map(({ path, range }) => ({
    path,
    bytes: sample.slice(range.offset, range.offset + range.length),
  }));
}

const whole = (() => {
  const [reader] = readers(1);
  unpack('sample-trail.tar.gz', packed, reader.logs);
  return exportsOf([reader]);
})();

describe('the same logs give the same bytes', () => {
  it.each([2, 8])('from %i readers, whoever reads what in whatever order', (count) => {
    const random = seededRandom(`shuffle ${count}`);
    const team = readers(count);
    const shuffled = members()
      .map((member) => ({ member, at: random.integer(0, 1 << 30) }))
      .sort((a, b) => a.at - b.at);
    for (const { member, at } of shuffled) unpack(member.path, member.bytes, team[at % count].logs);
    expect(exportsOf(team)).toBe(whole);
  });

  it.each([1 << 20, 99_991])('from slices of %i bytes', (size) => {
    const [reader] = readers(1);
    const unpacker = new Unpacker('sample-trail.tar.gz', reader.logs);
    for (let at = 0; at < sample.length; at += size) unpacker.push(sample.subarray(at, at + size));
    unpacker.finish();
    expect(exportsOf([reader])).toBe(whole);
  });
});
