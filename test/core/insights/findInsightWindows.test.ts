import { describe, expect, it } from 'vitest';
import { formatMinute } from '../../../src/core/activity/minute';
import { findInsightWindows } from '../../../src/core/insights/findInsightWindows';
import { DEFAULT_SETTINGS } from '../../../src/core/insights/settings';
import { seededRandom } from '../../support/random';
import { coverageFor, seriesOf, START } from './support';

const HOUR = 60;
const DAY = 1440;

/** A week of heartbeats, about `level` a minute. */
function heartbeats(level: number, minutes = 7 * DAY): Float64Array {
  const random = seededRandom(`heartbeats of ${level}`);
  return Float64Array.from({ length: minutes }, () => random.negativeBinomial(level, 60));
}

/** A job of `calls` calls every `period` minutes. */
const jobEvery = (period: number, calls: number, minutes = 7 * DAY): Float64Array =>
  Float64Array.from({ length: minutes }, (_, minute) => (minute % period === 7 ? calls : 0));

const find = (counts: Float64Array, gaps: number[] = []): ReturnType<typeof findInsightWindows> =>
  findInsightWindows(seriesOf(counts), coverageFor(counts.length, gaps), DEFAULT_SETTINGS);

describe('a burst', () => {
  const counts = heartbeats(100);
  counts[5 * DAY + 13 * HOUR + 37] = 875;
  const windows = find(counts);

  it('is one window of exactly its minute', () => {
    expect(windows.map(({ start, end }) => [formatMinute(start), formatMinute(end)])).toEqual([
      ['2024-01-20T13:37:00Z', '2024-01-20T13:38:00Z'],
    ]);
    expect(windows[0].direction).toBe('above');
    expect(windows[0].ongoing).toBe(false);
    expect(windows[0].history).toBe('usual');
  });

  it('is explained by what was counted, expected, and would have been normal', () => {
    const { rule, observed, expected, limit, comparedHours, peakCalls } = windows[0].explanation;
    expect(rule).toBe('record');
    expect(observed).toBe(875);
    expect(peakCalls).toBe(875);
    expect(expected).toBeGreaterThan(90);
    expect(expected).toBeLessThan(110);
    expect(limit).toBeGreaterThan(130);
    expect(limit).toBeLessThan(400);
    expect(comparedHours).toBe(7 * 24 - 25);
  });
});

describe('three bursts alike in twelve days', () => {
  const bursts = [3, 5, 7].map((day) => day * DAY + 500);
  const regular = Float64Array.from({ length: 12 * DAY }, (_, i) => (i % 5 === 0 ? 3 : 2));

  it.each([
    ['regular', regular],
    ['ordinary', heartbeats(2, 12 * DAY)],
  ])('are told in %s traffic: they do not excuse each other', (_, counts) => {
    for (const burst of bursts) counts[burst] = 254;
    const told = find(counts).map(({ start, end }) => [start - START, end - START]);
    expect(told).toEqual(bursts.map((burst) => [burst, burst + 1]));
  });
});

describe('two bursts in one hour', () => {
  const minutesOf = (counts: Float64Array, day: number): number[][] =>
    find(counts).map(({ start, end }) => [start - START - day * DAY, end - START - day * DAY]);

  it('are both told, however much larger one of them is', () => {
    const counts = heartbeats(2);
    counts[5 * DAY + 23] = 60;
    counts[5 * DAY + 41] = 1000;
    expect(minutesOf(counts, 5)).toEqual([
      [23, 24],
      [41, 42],
    ]);
  });

  it('are both told where windows over the smaller began an hour before', () => {
    const counts = Float64Array.from({ length: 12 * DAY }, (_, i) => (i % 5 === 0 ? 3 : 2));
    counts[9 * DAY + 5] = 40;
    counts[9 * DAY + 37] = 254;
    expect(minutesOf(counts, 9)).toEqual([
      [5, 6],
      [37, 38],
    ]);
  });

  it('are one event where they are minutes apart', () => {
    const counts = Float64Array.from({ length: 12 * DAY }, (_, i) => (i % 5 === 0 ? 3 : 2));
    counts[9 * DAY + 34] = 60;
    counts[9 * DAY + 37] = 254;
    expect(minutesOf(counts, 9)).toEqual([[34, 38]]);
  });

  it('are both told of an API never seen before', () => {
    const counts = new Float64Array(7 * DAY);
    counts[5 * DAY + 4] = 40;
    counts[5 * DAY + 50] = 12;
    expect(minutesOf(counts, 5)).toEqual([
      [4, 5],
      [50, 51],
    ]);
  });
});

describe('an API never seen before', () => {
  it('is an insight with a few calls in a week of logs', () => {
    const counts = new Float64Array(7 * DAY);
    counts[5 * DAY] = 12;
    const [window] = find(counts);
    expect(window.explanation.rule).toBe('first seen');
    expect(window.end - window.start).toBe(1);
  });

  it('is none with three', () => {
    const counts = new Float64Array(7 * DAY);
    counts[5 * DAY] = 3;
    expect(find(counts)).toEqual([]);
  });
});

describe('a job that runs by the clock', () => {
  it('that misses three runs is one window from the first missed run to the next one', () => {
    const counts = jobEvery(15, 4);
    const first = 4 * DAY + 7;
    counts.fill(0, first, first + 45);
    const [window, ...more] = find(counts);
    expect(more).toEqual([]);
    expect(window.explanation.rule).toBe('missed runs');
    expect([window.start - START, window.end - START]).toEqual([first, first + 45]);
    expect(window.direction).toBe('below');
  });

  it('that stops for good has an insight without an end', () => {
    const counts = jobEvery(15, 4);
    counts.fill(0, 6 * DAY);
    const [window] = find(counts);
    expect(window.ongoing).toBe(true);
    expect(window.end - START).toBe(7 * DAY);
  });

  it('that misses three runs twice on two days has both told', () => {
    const counts = jobEvery(6 * HOUR, 60);
    for (const first of [16, 20]) counts.fill(0, first * 6 * HOUR, (first + 3) * 6 * HOUR);
    expect(find(counts).map(({ start, end }) => [start - START, end - START])).toEqual([
      [16 * 6 * HOUR + 7, 19 * 6 * HOUR + 7],
      [20 * 6 * HOUR + 7, 23 * 6 * HOUR + 7],
    ]);
  });

  it('that misses half of its runs in six hours of logs is one window', () => {
    const counts = jobEvery(15, 4, 6 * HOUR);
    counts.fill(0, 90, 270);
    counts.fill(0, 300, 310);
    const [window] = find(counts);
    expect([window.start - START, window.end - START]).toEqual([97, 277]);
  });

  it('has missed its runs up to the next call, however far that is off the clock', () => {
    const counts = jobEvery(15, 4);
    counts.fill(0, 4 * DAY, 4 * DAY + 95);
    counts[4 * DAY + 90] = 2;
    const [window] = find(counts);
    expect([window.start - START, window.end - START]).toEqual([4 * DAY + 7, 4 * DAY + 90]);
  });

  it('is no part of a burst that ends a minute before its run', () => {
    const counts = jobEvery(15, 10);
    counts.fill(40, 4 * DAY + 16, 4 * DAY + 21);
    const [window, ...more] = find(counts);
    expect(more).toEqual([]);
    expect([window.start - START, window.end - START]).toEqual([4 * DAY + 16, 4 * DAY + 21]);
  });

  it('is no insight where the logs are missing', () => {
    const counts = jobEvery(15, 4);
    counts.fill(0, 4 * DAY, 4 * DAY + 180);
    expect(find(counts, [4 * DAY, 4 * DAY + 180])).toEqual([]);
  });
});

describe('a busy API', () => {
  it('that falls silent is one window of the silence', () => {
    const counts = heartbeats(20);
    counts.fill(0, 3 * DAY, 3 * DAY + 30);
    const [window, ...more] = find(counts);
    expect(more).toEqual([]);
    expect(window.explanation.rule).toBe('silence');
    expect([window.start - START, window.end - START]).toEqual([3 * DAY, 3 * DAY + 30]);
  });

  it('whose logs are missing for two hours has no insight', () => {
    const counts = heartbeats(20);
    counts.fill(0, 3 * DAY, 3 * DAY + 120);
    expect(find(counts, [3 * DAY, 3 * DAY + 120])).toEqual([]);
  });

  it('that doubles for good is told once, at its first minute', () => {
    const counts = heartbeats(20, 30 * DAY);
    for (let minute = 20 * DAY; minute < counts.length; minute++) counts[minute] *= 2;
    const changes = find(counts).filter(({ explanation }) => explanation.rule === 'lasting change');
    expect(changes.length).toBe(1);
    expect(Math.abs(changes[0].start - START - 20 * DAY)).toBeLessThanOrEqual(2);
  });

  it('whose logs end in a busy minute raises nothing: one minute is no measure of twenty', () => {
    const random = seededRandom('until the logs end');
    const counts = Float64Array.from({ length: 7 * DAY }, () => random.negativeBinomial(400, 20));
    const ordinary = counts.slice(3000, 4000);
    const busy = 3000 + ordinary.indexOf(Math.max(...ordinary));
    expect(find(counts, [busy + 1, busy + 150])).toEqual([]);
  });
});

describe('an API of office hours', () => {
  it('is busy on a Monday between two that were holidays, and that is no insight', () => {
    const random = seededRandom('holidays');
    const counts = Float64Array.from({ length: 35 * DAY }, (_, minute) => {
      const day = Math.floor(minute / DAY);
      const off = day % 7 > 4 || day === 7 || day === 21;
      const hour = (minute % DAY) / HOUR;
      const busy = hour > 8 && hour < 18 && !off ? Math.sin(((hour - 8) / 10) * Math.PI) : 0;
      return random.negativeBinomial(3 + 27 * busy, 20);
    });
    expect(find(counts)).toEqual([]);
  });

  it('that doubles for good in its daily rhythm is told to the hour', () => {
    const random = seededRandom('rhythm');
    const changed = 20 * DAY + 5 * HOUR;
    const counts = Float64Array.from({ length: 40 * DAY }, (_, minute) => {
      const rhythm = 1 + 0.6 * Math.sin((2 * Math.PI * minute) / DAY);
      return random.negativeBinomial(10 * rhythm * (minute < changed ? 1 : 2), 60);
    });
    const [change] = find(counts).filter(({ explanation: { rule } }) => rule === 'lasting change');
    expect(Math.abs(change.start - START - changed)).toBeLessThanOrEqual(HOUR);
  });
});

describe('harmless bursts', () => {
  it('that come every other day hide none of their like, but are no insights themselves', () => {
    const random = seededRandom('deploys');
    const counts = heartbeats(30, 60 * DAY);
    for (let day = 1; day < 60; day += 2) {
      const from = day * DAY + random.integer(9 * HOUR, 17 * HOUR);
      const factor = random.between(2, 4);
      for (let minute = from; minute < from + 15; minute++)
        counts[minute] = random.negativeBinomial(30 * factor, 60);
    }
    expect(find(counts)).toEqual([]);
    counts.fill(600, 40 * DAY, 40 * DAY + 5);
    expect(find(counts).length).toBe(1);
  });
});

describe('nothing unusual', () => {
  it.each([
    ['no calls at all', new Float64Array(7 * DAY)],
    ['the same calls every minute', new Float64Array(7 * DAY).fill(17)],
    ['a single call', jobEvery(8 * DAY, 1, 7 * DAY)],
    ['a steady job', jobEvery(60, 30)],
    ['an ordinary week', heartbeats(40)],
  ])('%s', (_, counts) => {
    expect(find(counts)).toEqual([]);
  });

  it('logs that are missing throughout', () => {
    const counts = heartbeats(40);
    expect(find(counts, [0, counts.length])).toEqual([]);
  });

  it('less than three hours of logs', () => {
    const counts = heartbeats(40, 179);
    counts[100] = 5000;
    expect(find(counts)).toEqual([]);
  });
});

describe('a short history', () => {
  it('of six hours is judged and marked', () => {
    const counts = heartbeats(40, 6 * HOUR);
    counts[200] = 2000;
    expect(find(counts).map(({ history }) => history)).toEqual(['short']);
  });
});
