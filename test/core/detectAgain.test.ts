import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyze, findInsights } from '../../src/core/analyze';
import { detectAgain } from '../../src/core/detectAgain';
import { toMinute } from '../../src/core/activity/minute';
import {
  DEFAULT_SETTINGS,
  type DetectionSettings,
  type Mute,
} from '../../src/core/insights/settings';
import { partOf, type Calls } from '../support/countedCalls';
import { seededRandom } from '../support/random';

const START = toMinute(29_000_160);
const MINUTES = 3 * 1440;
const APIS = ['RunInstances', 'PutParameter', 'CreateLogStream'];
const ROLES = ['fleet', 'deploy-bot', 'intruder'].map(
  (name) => `arn:aws:sts::123456789012:assumed-role/${name}`,
);

/** Three APIs of a fleet, and bursts of each role in each API. */
function* calls(): Generator<Calls> {
  const random = seededRandom('three roles');
  for (let i = 0; i < MINUTES; i += 2) {
    const eventName = APIS[i % 3];
    yield { minute: START + i, calls: random.integer(3, 6), eventName, userIdentityArn: ROLES[0] };
  }
  for (const [api, eventName] of APIS.entries()) {
    for (const [role, userIdentityArn] of ROLES.entries()) {
      const minute = START + 2000 + 300 * api + 700 * role;
      yield { minute, calls: 300 + 50 * role, eventName, userIdentityArn };
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
const span = { start: toMinute(START + 1990), end: toMinute(START + 2010), reason: '' };
const settings: fc.Arbitrary<DetectionSettings> = fc
  .record({
    mutes: fc.array(mutes, { maxLength: 3 }),
    severity: fc.constantFrom(3, 3, 3, 2),
    signIns: fc.boolean(),
    excludedSpans: fc.constantFrom([], [], [{ ...span, off: true }], [span]),
  })
  .map((changes) => ({ ...DEFAULT_SETTINGS, ...changes }));

describe('detecting again', () => {
  const analysis = analyze([partOf(calls())], [], DEFAULT_SETTINGS);
  const { table, coverage } = analysis;

  it('gives what detecting from scratch gives, whatever was left out before', () => {
    expect(analysis.insights.length).toBeGreaterThan(1);
    fc.assert(
      fc.property(settings, settings, (first, second) => {
        const before = {
          ...analysis,
          settings: first,
          insights: findInsights(table, coverage, first),
        };
        expect(detectAgain(before, second)).toEqual(findInsights(table, coverage, second));
      }),
      { numRuns: 40 },
    );
  });

  it('keeps the very insights where only a reason changes', () => {
    const settings = { ...DEFAULT_SETTINGS, mutes: [{ userAgent: 'nobody', reason: 'x' }] };
    expect(detectAgain(analysis, settings)).toBe(analysis.insights);
  });

  it('chooses the largest bursts anew under three hours of logs', () => {
    const short = analyze(
      [partOf([...calls()].filter(({ minute }) => Number(minute) < START + 170))],
      [],
      DEFAULT_SETTINGS,
    );
    const settings = { ...DEFAULT_SETTINGS, mutes: [{ eventName: APIS[0], reason: '' }] };
    expect(detectAgain(short, settings)).toEqual(
      findInsights(short.table, short.coverage, settings),
    );
  });
});
