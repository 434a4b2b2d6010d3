import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { ActivityBuilder } from '../../src/core/activity/activityBuilder';
import { allCallSeries } from '../../src/core/activity/callSeries';
import { analyze } from '../../src/core/analyze';
import type { Analysis } from '../../src/core/analysis';
import { planTar } from '../../src/core/container/plan';
import { unpackMember } from '../../src/core/container/unpack';
import { insightsJson } from '../../src/core/export/insightsJson';
import { minuteCountsCsv } from '../../src/core/export/minuteCounts';
import { DEFAULT_SETTINGS } from '../../src/core/insights/settings';
import { judgeSoFar } from '../../src/core/judgeSoFar';
import { LogReader } from '../../src/core/read/readFile';

const sample = new Uint8Array(gunzipSync(readFileSync('public/sample-trail.tar.gz')));
const { members } = planTar('sample-trail.tar', sample, 0, true);

/** Reads the sample, its files in the order of their days, with looks at some shares of it. */
function read(looksAt: readonly number[]): { looks: Analysis[]; final: Analysis } {
  const builder = new ActivityBuilder();
  const logs = new LogReader(builder);
  const looks: Analysis[] = [];
  const due = looksAt.map((share) => Math.floor(share * members.length));
  members.forEach((member, at) => {
    const { offset, length } = member.range;
    unpackMember(member, sample.subarray(offset, offset + length), logs);
    if (due.includes(at + 1)) looks.push(judgeSoFar([builder.soFar(false)], DEFAULT_SETTINGS));
  });
  return { looks, final: analyze([builder.finish()], [logs.finish(0)], DEFAULT_SETTINGS) };
}

const SHARES = [0.1, 0.3, 0.5, 0.7, 0.9, 1];
const { looks, final } = read(SHARES);

describe('a look at logs that are being read', () => {
  it('changes nothing of what comes out in the end', () => {
    const unseen = read([]).final;
    expect(insightsJson(final)).toBe(insightsJson(unseen));
    expect([...minuteCountsCsv(final.table)]).toEqual([...minuteCountsCsv(unseen.table)]);
    expect(final.ledger).toEqual(unseen.ledger);
  });

  it('finds only what stays, where files come in the order of time', () => {
    const ids = new Set(final.insights.map(({ sharedEventID }) => sharedEventID));
    const found = looks.flatMap(({ insights }) => insights);
    expect(found.length).toBeGreaterThan(0);
    expect(found.filter(({ sharedEventID }) => !ids.has(sharedEventID))).toEqual([]);
  });

  it('calls nothing silent, new or lasting while the rest may still come', () => {
    expect(final.insights.map(({ explanation }) => explanation.rule)).toContain('first seen');
    const rules = looks.flatMap(({ insights }) =>
      insights.map(({ direction, explanation }) => `${explanation.rule} ${direction}`),
    );
    expect(new Set(rules)).toEqual(new Set(['record above']));
  });

  it('has the very series of the whole, once all is read', () => {
    expect(allCallSeries(looks.at(-1)!.table)).toEqual(allCallSeries(final.table));
  });

  it('knows where logs are, though it names no read that succeeded', () => {
    expect(looks.at(-1)!.presence).toEqual(final.presence);
    expect(looks.at(-1)!.table.calls.length).toBeLessThan(final.table.calls.length);
  });
});
