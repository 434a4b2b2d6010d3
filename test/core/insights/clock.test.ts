import { describe, expect, it } from 'vitest';
import { toMinute } from '../../../src/core/activity/minute';
import { findInsightWindows } from '../../../src/core/insights/findInsightWindows';
import type { InsightWindow } from '../../../src/core/insights/insight';
import { DEFAULT_SETTINGS } from '../../../src/core/insights/settings';
import { seededRandom } from '../../support/random';
import { coverageFor, seriesOf, START } from './support';

const HOUR = 60;
const DAY = 1440;

/** Judged with the last quarter of an hour not complete, as real archives end. */
function find(counts: Float64Array): InsightWindow[] {
  const coverage = coverageFor(counts.length);
  const incompleteFrom = toMinute(coverage.end - 15);
  return findInsightWindows(seriesOf(counts), { ...coverage, incompleteFrom }, DEFAULT_SETTINGS);
}

/** Twelve days of agents that each call every five minutes, at their own second. */
function fleet(seed: string): Float64Array {
  const random = seededRandom(seed);
  const counts = new Float64Array(12 * DAY);
  const agents = random.integer(6, 14);
  for (let agent = 0; agent < agents; agent++) {
    const phase = random.between(0, 300);
    for (let second = phase; second < 60 * counts.length; second += 300)
      counts[Math.floor(second / 60)]++;
  }
  return counts;
}

/** Twelve days of an API that people call on weekdays, 8–18 h, a few times a day. */
function people(seed: string): Float64Array {
  const random = seededRandom(seed);
  const counts = new Float64Array(12 * DAY);
  const perDay = random.logUniform(1, 8);
  for (const day of [0, 1, 2, 3, 4, 7, 8, 9, 10, 11]) {
    for (let calls = random.poisson(perDay); calls > 0; calls--)
      counts[day * DAY + random.integer(8 * HOUR, 18 * HOUR - 1)]++;
  }
  return counts;
}

/** Calls every `period` minutes from 9 to 17 h on weekdays, none at other times. */
function officeJob(period: number, days: number): Float64Array {
  const counts = new Float64Array(days * DAY);
  for (let day = 0; day < days; day++) {
    for (let minute = 9 * HOUR; minute <= 17 * HOUR && day % 7 < 5; minute += period)
      counts[day * DAY + minute] = 2;
  }
  return counts;
}

const quarterHourly = (minutes = 7 * DAY): Float64Array =>
  Float64Array.from({ length: minutes }, (_, minute) => (minute % 15 === 7 ? 4 : 0));

const seeds = (count: number): string[] => Array.from({ length: count }, (_, i) => `seed ${i}`);

describe('what is no clock has no runs to miss', () => {
  it('a fleet of agents that never pauses', () => {
    expect(seeds(40).flatMap((seed) => find(fleet(seed)))).toEqual([]);
  });

  it('people who come on weekdays', () => {
    expect(seeds(100).flatMap((seed) => find(people(seed)))).toEqual([]);
  });
});

describe('a job that pauses every night and weekend', () => {
  it.each([
    [5, 12],
    [60, 12],
    [60, 21],
    [1440, 14],
    [30, 30],
  ])('every %i minutes, %i days of logs, misses nothing', (period, days) => {
    expect(find(officeJob(period, days))).toEqual([]);
  });
});

describe('at the end of the logs', () => {
  it('runs are not missed while their files may still come', () => {
    const counts = quarterHourly();
    counts.fill(0, counts.length - 35);
    expect(find(counts)).toEqual([]);
  });

  it('a job that stopped two hours ago has missed its runs', () => {
    const counts = quarterHourly();
    counts.fill(0, counts.length - 2 * HOUR);
    expect(find(counts).map(({ explanation, ongoing }) => [explanation.rule, ongoing])).toEqual([
      ['missed runs', true],
    ]);
  });

  it('a busy API that fell silent half an hour ago still is', () => {
    const random = seededRandom('silent at the end');
    const counts = Float64Array.from({ length: 7 * DAY }, () => random.negativeBinomial(20, 60));
    counts.fill(0, counts.length - 30);
    const [{ explanation, start, ongoing }, ...more] = find(counts);
    expect(more).toEqual([]);
    expect([explanation.rule, start - START, ongoing]).toEqual([
      'silence',
      counts.length - 30,
      true,
    ]);
  });

  it('silence in minutes whose files may still come is none', () => {
    const random = seededRandom('late files');
    const counts = Float64Array.from({ length: 7 * DAY }, () => random.negativeBinomial(20, 60));
    counts.fill(0, counts.length - 15);
    expect(find(counts)).toEqual([]);
  });
});

describe('calls between the runs of a job', () => {
  it('are an insight of their own, and no run is called missed', () => {
    const counts = quarterHourly();
    for (let minute = 0; minute < 6; minute++) counts[4 * DAY + 11 + minute] += 2;
    const [window, ...more] = find(counts);
    expect(more).toEqual([]);
    expect(window.explanation.counted).toBe('calls between runs');
    expect([window.start - START, window.end - START]).toEqual([4 * DAY + 11, 4 * DAY + 17]);
  });

  it('hide no missed runs that follow', () => {
    const counts = quarterHourly();
    counts[3 * DAY + 1] = 3;
    counts.fill(0, 3 * DAY + 20, 3 * DAY + 80);
    const missed = find(counts).filter(({ explanation }) => explanation.rule === 'missed runs');
    expect(missed.map(({ start, end }) => [start - START, end - START])).toEqual([
      [3 * DAY + 22, 3 * DAY + 82],
    ]);
  });
});
