import { describe, expect, it } from 'vitest';
import { analyze } from '../../src/core/analyze';
import { formatMinute, parseMinute } from '../../src/core/activity/minute';
import { DEFAULT_SETTINGS } from '../../src/core/insights/settings';
import { toInsightsEvents } from '../../src/core/insights/toInsightsEvents';
import { partOf, type Calls } from '../support/countedCalls';
import { seededRandom } from '../support/random';

const SPIKE = parseMinute('2019-11-01T20:37:00Z')!;
const BASELINE = parseMinute('2019-10-25T00:00:00Z')!;

/** A fleet's heartbeat that averages 100.4 calls a minute over the week before, and 875 in one minute. */
function* heartbeat(): Generator<Calls> {
  const random = seededRandom('heartbeat');
  const minutes = SPIKE - BASELINE;
  let due = Math.round(100.4 * minutes);
  for (let minute = BASELINE; minute < SPIKE; minute = (minute + 1) as typeof minute) {
    const left = SPIKE - minute;
    const calls = left === 1 ? due : Math.round(due / left) + random.integer(-12, 12);
    due -= calls;
    yield { minute, calls };
  }
  yield { minute: SPIKE, calls: 875 };
  for (let after = 1; after <= 180; after++) {
    yield { minute: SPIKE + after, calls: 100 + random.integer(-12, 12) };
  }
}

describe('the worked example of AWS’s launch text', () => {
  const analysis = analyze([partOf(heartbeat())], [], DEFAULT_SETTINGS);

  it('gives exactly one Insights event, from 20:37 to 20:38', () => {
    expect(analysis.insights.length).toBe(1);
    const [insight] = analysis.insights;
    expect(insight.insightType).toBe('ApiCallRateInsight');
    expect(formatMinute(insight.start)).toBe('2019-11-01T20:37:00Z');
    expect(formatMinute(insight.end)).toBe('2019-11-01T20:38:00Z');
    expect(insight.direction).toBe('above');
  });

  it('reports 875 calls per minute against a baseline of 100.4, about 775 above', () => {
    const [start, end] = toInsightsEvents(analysis.insights[0]);
    const { statistics } = end.insightDetails.insightContext;
    expect(statistics.insight.average).toBe(875);
    expect(statistics.baseline.average).toBeCloseTo(100.4, 4);
    expect(statistics.insightDuration).toBe(1);
    expect(statistics.baselineDuration).toBe(10_080 + 20 * 60 + 37);
    expect(statistics.insight.average - statistics.baseline.average).toBeCloseTo(774.6, 4);
    expect(start.eventTime).toBe('2019-11-01T20:37:00Z');
    expect(end.eventTime).toBe('2019-11-01T20:38:00Z');
    expect(start.sharedEventID).toBe(end.sharedEventID);
  });

  it('counts every call once', () => {
    const total = analysis.table.calls.reduce((sum, calls) => sum + calls, 0);
    expect(analysis.ledger.records.counted).toBe(total);
    expect(analysis.ledger.records.in).toBe(total);
  });
});
