import { describe, expect, it } from 'vitest';
import { toMinute } from '../../../src/core/activity/minute';
import type { Coverage } from '../../../src/core/activity/coverage';
import { expectedRange } from '../../../src/core/insights/expectedRange';
import { explainMinute, type MinuteExplanation } from '../../../src/core/insights/explainMinute';
import { DEFAULT_SETTINGS } from '../../../src/core/insights/settings';
import { seededRandom } from '../../support/random';
import { coverageFor, seriesOf, START } from './support';

const DAY = 1440;

/** Poisson counts of a rate per minute, and what `change` makes of them. */
function counts(days: number, rate: number, change: (counts: Float64Array) => void): Float64Array {
  const random = seededRandom('explained');
  const made = Float64Array.from({ length: days * DAY }, () => random.poisson(rate));
  change(made);
  return made;
}

const explain = (
  series: Float64Array,
  minute: number,
  coverage: Coverage = coverageFor(series.length),
): MinuteExplanation =>
  explainMinute(seriesOf(series), coverage, DEFAULT_SETTINGS, toMinute(START + minute));

describe('a minute is explained', () => {
  it('by the silence it lies in: what was due, how rare, how short a pause would have done, what ended it', () => {
    const silent = counts(4, 5, (made) => made.fill(0, 3000, 3060));
    const { calls, insight, pause, unusualFrom } = explain(silent, 3030);
    expect(calls).toBe(0);
    expect(insight).toMatchObject({ direction: 'below', ended: 'calls came back' });
    expect(insight?.explanation).toMatchObject({ rule: 'silence', observed: 0 });
    expect(insight?.explanation.expected).toBeCloseTo(300, -2);
    expect(pause).toMatchObject({
      from: START + 3000,
      to: START + 3060,
      rule: 'silence',
    });
    expect(pause?.severity).toBeGreaterThan(3);
    expect(pause?.unusualFrom).toBeLessThan(60);
    expect(unusualFrom).toBeGreaterThan(5);
  });

  it('by the usual pause it lies in, which would have had to be longer', () => {
    const steady = counts(4, 0.7, () => {});
    const { insight, pause } = explain(steady, steady.indexOf(0, 2000));
    expect(insight).toBeNull();
    expect(pause).toMatchObject({ rule: 'silence' });
    expect(pause?.unusualFrom).toBeGreaterThan(pause!.to - pause!.from);
  });

  it('by the runs of a job that are missing, and by the clock where none are', () => {
    const job = new Float64Array(6 * DAY).map((_, minute) => (minute % 30 === 7 ? 12 : 0));
    job.fill(0, 4000, 4120);
    const missed = explain(job, 4050);
    expect(missed.insight?.explanation).toMatchObject({ rule: 'missed runs', observed: 0 });
    expect(missed.insight?.ended).toBe('calls came back');
    expect(missed.pause).toMatchObject({ rule: 'missed runs', severity: missed.insight?.severity });
    expect(explain(job, 1000)).toMatchObject({
      insight: null,
      pause: { rule: 'missed runs', severity: 0 },
    });
  });

  it('by the lasting change that is told at it', () => {
    const step = counts(30, 5, (made) => made.forEach((_, i) => i > 20_000 && (made[i] *= 3)));
    const { insight } = explain(step, 20_030);
    expect(insight?.explanation.rule).toBe('lasting change');
    expect(insight?.ended).toBe('new level');
  });

  it('by the burst it belongs to, which no count of its own would end', () => {
    const burst = counts(4, 5, (made) => made.fill(400, 3000, 3005));
    const { insight, pause, unusualFrom } = explain(burst, 3002);
    expect(insight).toMatchObject({
      start: START + 3000,
      end: START + 3005,
      ended: 'back to normal',
    });
    expect(pause).toBeNull();
    expect(unusualFrom).toBeLessThan(400);
  });

  it('by a count of calls, in the minutes of a short burst of rare errors as well', () => {
    const errors = new Float64Array(4 * DAY);
    errors.set([9, 0, 7, 1], 3000);
    for (let minute = 2995; minute < 3010; minute++) {
      expect(explain(errors, minute).unusualFrom).toBeGreaterThanOrEqual(1);
    }
    const { upper } = expectedRange(
      seriesOf(errors),
      coverageFor(errors.length),
      DEFAULT_SETTINGS,
      START,
      toMinute(START + errors.length),
    );
    expect(Math.min(...upper)).toBeGreaterThanOrEqual(1);
  });

  it('by why its pause was not judged', () => {
    const rare = new Float64Array(5 * DAY);
    for (const at of [700, 1900, 3333, 5000]) rare[at] = 4;
    const ruleAt = (minute: number, coverage?: Coverage) =>
      explain(rare, minute, coverage).pause?.rule;
    expect(ruleAt(2000)).toBe('too few calls');
    expect(ruleAt(2000, { ...coverageFor(rare.length), silenceMeansSilence: false })).toBe(
      'too quiet logs',
    );
    expect(explain(new Float64Array(DAY), 100).pause?.rule).toBe('no calls');
    const busy = counts(4, 5, (made) => made.fill(0, 3000, 3030));
    expect(explain(busy, 3020, coverageFor(busy.length, [3000, 3010])).pause?.rule).toBe(
      'logs missing',
    );
  });
});

describe('the line drawn where minutes are many', () => {
  it('is beside a burst as high as hours away: windows over the burst say nothing about its neighbours', () => {
    const burst = 2 * DAY + 817;
    const series = counts(4, 2, (made) => (made[burst] = 254));
    const { upper } = expectedRange(
      seriesOf(series),
      coverageFor(series.length),
      DEFAULT_SETTINGS,
      toMinute(START + burst - 300),
      toMinute(START + burst + 300),
    );
    const away = upper[0];
    expect(away).toBeGreaterThan(10);
    for (const apart of [-60, -10, 10, 60])
      expect(Math.abs(upper[300 + apart] - away)).toBeLessThanOrEqual(0.2 * away);
  });
});
