import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyze, findInsights } from '../../../src/core/analyze';
import { Detection } from '../../../src/core/detection/detection';
import type { DetectionRound } from '../../../src/core/detection/detectionRound';
import type { Batch } from '../../../src/core/detection/judgedUnits';
import { judgementOf } from '../../../src/core/detection/judgement';
import { toMinute } from '../../../src/core/activity/minute';
import type { Insight } from '../../../src/core/insights/insight';
import {
  DEFAULT_SETTINGS,
  type DetectionSettings,
  type Mute,
} from '../../../src/core/insights/settings';
import { partOf, type Calls } from '../../support/countedCalls';
import { seededRandom } from '../../support/random';

const START = toMinute(29_000_160);
const MINUTES = 3 * 1440;
const APIS = ['RunInstances', 'PutParameter', 'CreateLogStream'];
const ROLES = ['fleet', 'deploy-bot', 'intruder'].map(
  (name) => `arn:aws:sts::123456789012:assumed-role/${name}`,
);

/** Three APIs of a fleet, calls of each role in each API, of one of them a burst; errors of a fourth, and reads. */
function* calls(): Generator<Calls> {
  const random = seededRandom('three roles');
  for (let i = 0; i < MINUTES; i += 2) {
    const eventName = APIS[i % 3];
    yield { minute: START + i, calls: random.integer(3, 6), eventName, userIdentityArn: ROLES[0] };
  }
  for (let i = 7; i < MINUTES; i += 11) {
    const calls = i % 700 < 11 ? 90 : 1;
    const read = { minute: START + i, calls, eventName: 'ListBuckets', readOnly: true };
    yield { ...read, userIdentityArn: ROLES[i % 2], errorCode: i % 3 ? 'Throttling' : '' };
    yield { ...read, calls: 2, errorCode: 'AccessDenied', eventName: APIS[1], readOnly: false };
  }
  for (const [api, eventName] of APIS.entries()) {
    for (const [role, userIdentityArn] of ROLES.entries()) {
      const minute = START + 2000 + 300 * api + 700 * role;
      yield { minute, calls: role === api ? 300 + 50 * role : 2, eventName, userIdentityArn };
    }
  }
}

const mutes: fc.Arbitrary<Mute> = fc.record(
  {
    userIdentityArn: fc.constantFrom(...ROLES),
    eventName: fc.constantFrom(...APIS),
    off: fc.boolean(),
    reason: fc.constantFrom('', 'deploys'),
  },
  { requiredKeys: ['reason'] },
);
const spanOf = (from: number, minutes: number, off = false) => ({
  start: toMinute(START + from),
  end: toMinute(START + from + minutes),
  reason: '',
  off,
});
const BURST = spanOf(1990, 20);
const QUIET = spanOf(1000, 60);
/** Single minutes, hours, more than a fifth of the logs, and what lies outside of them. */
const spans = fc
  .tuple(fc.integer({ min: -100, max: MINUTES }), fc.constantFrom(1, 30, 200, 1440), fc.boolean())
  .map(([from, minutes, off]) => spanOf(from, minutes, off));
const settings: fc.Arbitrary<DetectionSettings> = fc
  .record({
    mutes: fc.array(mutes, { maxLength: 3 }),
    severity: fc.constantFrom(3, 3, 2, 1, 0.5, 0, 4),
    minimumCalls: fc.constantFrom(3, 3, 1, 8, 92, 320),
    insightTypes: fc.constantFrom(
      DEFAULT_SETTINGS.insightTypes,
      ['ApiErrorRateInsight' as const],
      [],
    ),
    readEvents: fc.boolean(),
    signIns: fc.boolean(),
    excludedSpans: fc.oneof(
      fc.constant([]),
      fc.constantFrom([BURST], [QUIET], [BURST, QUIET]),
      fc.array(spans, { maxLength: 3 }),
    ),
  })
  .map((changes) => ({ ...DEFAULT_SETTINGS, ...changes }));

describe('detecting under one setting after the other', () => {
  const analysis = analyze([partOf(calls())], [], DEFAULT_SETTINGS);
  const { table, coverage } = analysis;
  const fromScratch = (settings: DetectionSettings) =>
    JSON.stringify(findInsights(table, coverage, settings));

  it('gives what detecting from scratch gives, whatever was asked before', () => {
    expect(analysis.insights.length).toBeGreaterThan(1);
    const rounds = fc.array(settings, { minLength: 2, maxLength: 5 });
    fc.assert(
      fc.property(rounds, fc.constantFrom(0, 10, 20_000), (all, mostKept) => {
        const detection = new Detection(table, coverage, mostKept);
        for (const each of all) {
          expect(JSON.stringify(detection.detect(each))).toBe(fromScratch(each));
        }
      }),
      { numRuns: 40 },
    );
  });

  const judge = (round: DetectionRound, batch: Batch) =>
    round.put(
      batch,
      structuredClone(
        structuredClone(batch.series).map((each) => judgementOf(each, batch.settings)),
      ),
    );

  it('gives the same after a round that was left half way, and in whatever order batches come back', () => {
    fc.assert(
      fc.property(settings, settings, fc.nat(3), (left, wanted, done) => {
        const detection = new Detection(table, coverage);
        const abandoned = detection.under(left);
        for (let i = 0; i < done; i++) judge(abandoned, abandoned.take(2));
        abandoned.tell().next();
        abandoned.insights();
        const round = detection.under(wanted);
        while (round.waiting > 0) {
          const batches = [];
          while (round.waiting > 0) batches.push(round.take(1));
          for (const batch of batches.toReversed()) judge(round, batch);
        }
        round.tellAll();
        expect(JSON.stringify(round.insights())).toBe(fromScratch(wanted));
      }),
      { numRuns: 20 },
    );
  });

  it('judges the series that are wanted first before all others', () => {
    const { key } = analysis.insights.at(-1)!;
    const { series } = new Detection(table, coverage).under(DEFAULT_SETTINGS, [key]).take();
    expect(series[0].series.key.eventName).toBe(key.eventName);
  });

  it('finds in series what it did not look for while their type was off, with time left out', () => {
    const detection = new Detection(table, coverage);
    const leftOut = { ...DEFAULT_SETTINGS, excludedSpans: [QUIET] };
    detection.detect({ ...leftOut, insightTypes: ['ApiErrorRateInsight'] });
    expect(JSON.stringify(detection.detect(leftOut))).toBe(fromScratch(leftOut));
  });

  it('shows the insights of before, but those of a time left out, until it is through', () => {
    const detection = new Detection(table, coverage);
    const before = detection.detect(DEFAULT_SETTINGS);
    const isInBurst = ({ start, end }: Insight) => start < BURST.end && BURST.start < end;
    expect(before.some(isInBurst)).toBe(true);
    const round = detection.under({ ...DEFAULT_SETTINGS, excludedSpans: [BURST] });
    expect(round.waiting).toBe(0);
    const idsOf = (insights: readonly Insight[]) =>
      insights.map(({ sharedEventID }) => sharedEventID);
    expect(idsOf(round.insights())).toEqual(idsOf(before.filter((one) => !isInBurst(one))));
  });

  const judgedAfter = (changes: Partial<DetectionSettings>): string[] => {
    const detection = new Detection(table, coverage);
    detection.detect(DEFAULT_SETTINGS);
    const round = detection.under({ ...DEFAULT_SETTINGS, ...changes });
    return round.waiting === 0 ? [] : round.take().series.map(({ series }) => series.key.eventName);
  };

  it('judges no series again where severity, minimum calls, types or a reason change', () => {
    expect(judgedAfter({ severity: 1.5 })).toEqual([]);
    expect(judgedAfter({ minimumCalls: 92 })).toEqual([]);
    expect(judgedAfter({ insightTypes: ['ApiErrorRateInsight'] })).toEqual([]);
    expect(judgedAfter({ mutes: [{ userAgent: 'nobody', reason: 'x' }] })).toEqual([]);
  });

  it('hides what holds fewer calls than asked for, and moves nothing', () => {
    const detection = new Detection(table, coverage);
    const all = detection.detect(DEFAULT_SETTINGS);
    const many = detection.detect({ ...DEFAULT_SETTINGS, minimumCalls: 320 });
    expect(many.length).toBeGreaterThan(0);
    expect(many.length).toBeLessThan(all.length);
    for (const { sharedEventID, start, end, explanation } of many) {
      expect(all).toContainEqual(expect.objectContaining({ sharedEventID, start, end }));
      expect(explanation.observed).toBeGreaterThanOrEqual(320);
    }
  });

  it('judges no series again where time is left out, however long it is', () => {
    for (const span of [QUIET, BURST, { ...BURST, off: true }, spanOf(0, MINUTES / 2)])
      expect(judgedAfter({ excludedSpans: [span] })).toEqual([]);
  });

  it('judges those series again of which calls are left out', () => {
    expect(judgedAfter({ mutes: [{ eventName: APIS[2], reason: '' }] })).toEqual([APIS[2]]);
    expect(new Set(judgedAfter({ mutes: [{ userIdentityArn: ROLES[2], reason: '' }] }))).toEqual(
      new Set(APIS),
    );
  });

  it('chooses the largest bursts anew under three hours of logs', () => {
    const short = analyze(
      [partOf([...calls()].filter(({ minute }) => Number(minute) < START + 170))],
      [],
      DEFAULT_SETTINGS,
    );
    const detection = new Detection(short.table, short.coverage);
    detection.detect(DEFAULT_SETTINGS);
    for (const changes of [
      { mutes: [{ eventName: APIS[0], reason: '' }] },
      { minimumCalls: 50 },
      {},
    ]) {
      const settings = { ...DEFAULT_SETTINGS, ...changes };
      expect(detection.detect(settings)).toEqual(
        findInsights(short.table, short.coverage, settings),
      );
    }
  });
});
