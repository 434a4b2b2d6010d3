import { describe, expect, it } from 'vitest';
import { analyze, findInsights } from '../../../src/core/analyze';
import { allCallSeries, callSeriesOf } from '../../../src/core/activity/callSeries';
import { mergeActivity } from '../../../src/core/activity/mergeActivity';
import { toMinute } from '../../../src/core/activity/minute';
import { callsMutedBy, judgedTable } from '../../../src/core/insights/mutes';
import { withoutSpans } from '../../../src/core/insights/excludedSpans';
import { DEFAULT_SETTINGS } from '../../../src/core/insights/settings';
import { partOf, type Calls } from '../../support/countedCalls';
import { seededRandom } from '../../support/random';

const START = toMinute(29_000_160);
const DAYS = 10;
const SPIKE = START + 7 * 1440 + 600;
const BOT = 'arn:aws:sts::123456789012:assumed-role/deploy-bot';

/** A steady fleet, and a deploy bot that calls four hundred times in one minute. */
function* fleetAndBot(): Generator<Calls> {
  const random = seededRandom('fleet');
  for (let i = 0; i < DAYS * 1440; i++) yield { minute: START + i, calls: random.integer(8, 14) };
  yield { minute: SPIKE, calls: 400, userIdentityArn: BOT };
}

describe('what if', () => {
  const { table, coverage } = analyze([partOf(fleetAndBot())], [], DEFAULT_SETTINGS);
  const found = (changed: Partial<typeof DEFAULT_SETTINGS>) =>
    findInsights(table, coverage, { ...DEFAULT_SETTINGS, ...changed }).map(({ start }) => start);

  it('the bot is left out, its burst is gone', () => {
    expect(found({})).toEqual([SPIKE]);
    expect(found({ mutes: [{ userIdentityArn: BOT, reason: 'deploys' }] })).toEqual([]);
  });

  it('the minutes are left out, so is the burst', () => {
    const deploy = { start: toMinute(SPIKE - 5), end: toMinute(SPIKE + 5), reason: 'deploy' };
    expect(found({ excludedSpans: [deploy] })).toEqual([]);
  });

  it('what is switched off leaves nothing out', () => {
    const deploy = { start: toMinute(SPIKE - 5), end: toMinute(SPIKE + 5), reason: '', off: true };
    const bot = { userIdentityArn: BOT, reason: '', off: true };
    expect(found({ excludedSpans: [deploy], mutes: [bot] })).toEqual([SPIKE]);
  });

  it('something else is left out, nothing changes', () => {
    expect(found({ mutes: [{ eventName: 'CreateUser', reason: 'x' }] })).toEqual([SPIKE]);
    expect(found({ mutes: [{ reason: 'matches nothing' }] })).toEqual([SPIKE]);
  });

  it('a mute hides exactly the calls it says it hides', () => {
    const mute = { userIdentityArn: BOT, reason: '' };
    const total = (of: typeof table) => of.calls.reduce((sum, calls) => sum + calls, 0);
    expect(callsMutedBy(table, mute)).toBe(400);
    const judged = judgedTable(table, { ...DEFAULT_SETTINGS, mutes: [mute] });
    expect(total(table) - total(judged)).toBe(400);
  });

  it('calls of minutes left out are in no average', () => {
    const deploy = { start: toMinute(SPIKE - 700), end: toMinute(SPIKE - 10), reason: '' };
    const settings = { ...DEFAULT_SETTINGS, excludedSpans: [deploy] };
    const [whole] = findInsights(table, coverage, DEFAULT_SETTINGS);
    const [{ statistics }] = findInsights(table, coverage, settings);
    expect(statistics.baselineDuration).toBe(whole.statistics.baselineDuration - 690);
    expect(statistics.baseline.average).toBeCloseTo(whole.statistics.baseline.average, 0);
    const judged = judgedTable(table, settings);
    expect(judged.minute.some((at) => at >= deploy.start && at < deploy.end)).toBe(false);
    expect(table.minute.length - judged.minute.length).toBe(690);
  });

  it('excluded spans join the gaps they touch', () => {
    const covered = { ...coverage[0], gaps: Uint32Array.of(START + 100, START + 200) };
    const span = (from: number, to: number) => ({
      start: toMinute(START + from),
      end: toMinute(START + to),
      reason: '',
    });
    const { gaps } = withoutSpans(covered, [span(150, 250), span(400, 500), span(-99, 5)]);
    expect(Array.from(gaps, (minute) => minute - START)).toEqual([1, 5, 100, 250, 400, 500]);
  });
});

describe('read events', () => {
  const { table } = mergeActivity([
    partOf([
      { minute: START, calls: 3, eventName: 'DescribeInstances', readOnly: true },
      { minute: START, calls: 2, eventName: 'PutParameter' },
    ]),
  ]);
  const names = (readEvents: boolean) =>
    allCallSeries(table, { readEvents }).map(({ key }) => key.eventName);

  it('make call series only where they are asked for', () => {
    expect(names(false)).toEqual(['PutParameter']);
    expect(names(true)).toEqual(['DescribeInstances', 'PutParameter']);
  });

  it('can be looked at either way', () => {
    const [{ key }] = allCallSeries(table, { readEvents: true });
    expect(Array.from(callSeriesOf(table, key).calls)).toEqual([3]);
  });
});
