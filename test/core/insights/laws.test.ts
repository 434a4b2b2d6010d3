import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CallSeries } from '../../../src/core/activity/callSeries';
import type { Coverage } from '../../../src/core/activity/coverage';
import { toMinute } from '../../../src/core/activity/minute';
import { ExpectedMinutes, expectedRange } from '../../../src/core/insights/expectedRange';
import { explainMinute } from '../../../src/core/insights/explainMinute';
import { findInsightWindows } from '../../../src/core/insights/findInsightWindows';
import { judgedWindowsOf } from '../../../src/core/insights/judgedWindow';
import { judgeSeries } from '../../../src/core/insights/judgeSeries';
import { observe } from '../../../src/core/insights/observe';
import { DEFAULT_SETTINGS } from '../../../src/core/insights/settings';
import { ALLOWED } from '../../bench/detection/anomalies';
import { FAMILIES } from '../../bench/detection/families';
import { makeSeries } from '../../bench/detection/generator';
import { seededRandom } from '../../support/random';
import { coverageFor, seriesOf, START } from './support';

const DAY = 1440;
const SENSITIVE = { ...DEFAULT_SETTINGS, severity: 1.8 };

/** Ordinary traffic of some kind with one burst in it. */
const traffic = fc
  .record({
    seed: fc.string(),
    days: fc.integer({ min: 1, max: 9 }),
    kind: fc.constantFrom('steady', 'daily', 'rare', 'clock'),
    level: fc.double({ min: 0.02, max: 60, noNaN: true }),
    burst: fc.integer({ min: 0, max: 4000 }),
    at: fc.double({ min: 0.1, max: 0.9, noNaN: true }),
  })
  .map(({ seed, days, kind, level, burst, at }) => {
    const random = seededRandom(seed);
    const counts = new Float64Array(days * DAY);
    for (let minute = 0; minute < counts.length; minute++) {
      const daily = 1 + Math.sin((2 * Math.PI * minute) / DAY);
      if (kind === 'steady') counts[minute] = random.poisson(level);
      else if (kind === 'daily') counts[minute] = random.negativeBinomial(level * daily, 10);
      else if (kind === 'rare')
        counts[minute] = random.chance(level / 5000) ? random.geometric(6) : 0;
      else counts[minute] = minute % 30 === 5 ? random.poisson(level) + 1 : 0;
    }
    const minute = Math.floor(at * counts.length);
    counts[minute] += burst;
    return { counts, minute };
  });

const find = (counts: Float64Array, start = START): ReturnType<typeof findInsightWindows> =>
  findInsightWindows(seriesOf(counts, start), coverageFor(counts.length, [], start), SENSITIVE);

const severityAt = (counts: Float64Array, minute: number): number =>
  Math.max(
    0,
    ...find(counts)
      .filter(
        ({ start, end, direction }) =>
          direction === 'above' && start <= START + minute && end > START + minute,
      )
      .map(({ severity }) => severity),
  );

/** Every minute of every window above normal. */
const flaggedMinutes = (counts: Float64Array): number[] =>
  find(counts)
    .filter(({ direction }) => direction === 'above')
    .flatMap(({ start, end }) => Array.from({ length: end - start }, (_, i) => start - START + i));

/** Indexes of the minutes with calls that are compared with the one at `index` of `active`. */
const around = (active: readonly number[], index: number): number[] =>
  active.slice(Math.max(0, index - 30), index + 31).filter((minute) => minute !== active[index]);

/** The count from which on history learns no more from `minute`: twice that of the busiest around, and four in any case. */
function farAbove(counts: Float64Array, minute: number): number {
  const active = [...counts.keys()].filter((one) => counts[one] > 0 || one === minute);
  return Math.max(4, ...around(active, active.indexOf(minute)).map((one) => 2 * counts[one]));
}

/** From the minute with calls at `place` uphill to one that none of the minutes with calls around surpasses. */
function peakNear(counts: Float64Array, place: number): number {
  const active = [...counts.keys()].filter((one) => counts[one] > 0);
  let peak = active[Math.floor(place * active.length)];
  for (;;) {
    const others = around(active, active.indexOf(peak));
    const busiest = others.reduce((best, one) => (counts[one] > counts[best] ? one : best), peak);
    if (busiest === peak) return peak;
    peak = busiest;
  }
}

/** Ordinary traffic with several events, a series of the yardstick with anomalies in it, or nothing but hostile counts. */
const eventful: fc.Arbitrary<Float64Array> = fc.oneof(
  fc
    .tuple(
      traffic,
      fc.array(
        fc.record({
          place: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
          minutes: fc.constantFrom(1, 5, 40, 300),
          calls: fc.integer({ min: 1, max: 4000 }),
        }),
        { maxLength: 4 },
      ),
    )
    .map(([{ counts }, events]) => {
      for (const { place, minutes, calls } of events) {
        const at = Math.floor(place * counts.length);
        for (let i = at; i < Math.min(counts.length, at + minutes); i++) counts[i] += calls;
      }
      return counts;
    }),
  fc
    .record({
      family: fc.constantFrom(...FAMILIES),
      length: fc.constantFrom('6h' as const, '36h' as const, '7d' as const),
      seed: fc.string(),
      strengths: fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 3 }),
    })
    .map(({ family, length, seed, strengths }) => {
      const anomalies = strengths.map((strength, i) => {
        const types = ALLOWED[family];
        return [types[i % types.length], strength] as const;
      });
      return makeSeries(family, length, `laws|${seed}`, anomalies).counts;
    }),
  fc
    .record({
      minutes: fc.constantFrom(181, 361, 2161, 10_081),
      active: fc.array(
        fc.record({
          at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
          calls: fc.constantFrom(1, 2, 3, 20, 1000, 0xffffff),
        }),
        { minLength: 3, maxLength: 60 },
      ),
    })
    .map(({ minutes, active }) => {
      const counts = new Float64Array(minutes);
      for (const { at, calls } of active) counts[Math.floor(at * minutes)] = calls;
      return counts;
    }),
);

/** The severity of the severest window over a minute, of every length and opinion. */
function severestOver(counts: Float64Array, minute: number): number {
  const coverage = coverageFor(counts.length);
  const { opinions } = judgeSeries(observe(seriesOf(counts), coverage), coverage, SENSITIVE);
  const windows = opinions.flatMap((model) => judgedWindowsOf(model, minute, coverage, SENSITIVE));
  return Math.max(...windows.map(({ severity }) => severity));
}

describe('laws of detection', () => {
  /** The level learns a hair from every minute, the flagged one included: hence the hundredth. */
  it('more calls in a flagged minute make it less severe by a hundredth in less than one of fifty changes', () => {
    const change = fc.record({
      traffic,
      more: fc.integer({ min: 1, max: 5000 }),
      place: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
    });
    const isLower = fc.sample(change, 150).flatMap(({ traffic: { counts }, more, place }) => {
      const flagged = flaggedMinutes(counts);
      if (flagged.length === 0) return [];
      const minute = flagged[Math.floor(place * flagged.length)];
      const after = severityAt(counts.with(minute, counts[minute] + more), minute);
      return [after < 0.99 * severityAt(counts, minute)];
    });
    expect(isLower.length).toBeGreaterThan(50);
    expect(isLower.filter(Boolean).length).toBeLessThan(isLower.length / 50);
  });

  describe('more calls in a minute twice as busy as those around never lower', () => {
    const more = fc.constantFrom(1.001, 1.1, 2, 10, 1000);
    const place = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    const over = fc.integer({ min: 0, max: 20 });

    type Said = (counts: Float64Array, minute: number) => number;
    /** Of two counts of such a minute the higher is told at least `share` as severe as the other. */
    const neverLowers = (said: Said, share: number): void =>
      fc.assert(
        fc.property(eventful, place, over, more, (counts, at, over, factor) => {
          fc.pre(counts.some((calls) => calls > 0));
          const minute = peakNear(counts, at);
          const calls = farAbove(counts, minute) + over;
          const before = said(counts.with(minute, calls), minute);
          const after = said(counts.with(minute, Math.ceil(factor * calls)), minute);
          expect(after).toBeGreaterThanOrEqual(share * before);
        }),
        { numRuns: 300 },
      );

    /** Exact: what is usual learns nothing from what it holds more, nor is a window compared with others over the minute. */
    it('the severity of the windows over it', () => neverLowers(severestOver, 1));

    /** More calls may change what is told as one insight, and so, once in ten thousands, what it is compared with. */
    it('the severity of its insight', () => neverLowers(severityAt, 0.95));
  });

  /**
   * Counts are noisier the smaller they are, so larger amounts of the same traffic are not alike: what single calls did by
   * chance, hundreds do on purpose. A burst that stands four times above every other minute is clear in both.
   */
  it('the same traffic in larger amounts keeps its clear bursts', () => {
    fc.assert(
      fc.property(traffic, fc.constantFrom(2, 10, 100), ({ counts, minute }, factor) => {
        const highest = counts.with(minute, 0).reduce((most, calls) => Math.max(most, calls), 0);
        fc.pre(counts[minute] >= 4 * highest && severityAt(counts, minute) >= 4);
        expect(
          severityAt(
            counts.map((calls) => factor * calls),
            minute,
          ),
        ).toBeGreaterThan(0);
      }),
      { numRuns: 60 },
    );
  });

  it('the same history a day later has the same windows a day later', () => {
    fc.assert(
      fc.property(traffic, ({ counts }) => {
        const later = find(counts, toMinute(START + DAY));
        expect(later.map(({ start, end, severity }) => [start - DAY, end - DAY, severity])).toEqual(
          find(counts).map(({ start, end, severity }) => [start, end, severity]),
        );
      }),
      { numRuns: 30 },
    );
  });

  it('windows lie inside the logs, hold a minute at least, and never overlap within a direction', () => {
    fc.assert(
      fc.property(traffic, ({ counts }) => {
        for (const direction of ['above', 'below']) {
          let last = Number(START);
          for (const { start, end } of find(counts).filter((one) => one.direction === direction)) {
            expect(start).toBeGreaterThanOrEqual(last);
            expect(end).toBeGreaterThan(start);
            last = end;
          }
          expect(last).toBeLessThanOrEqual(START + counts.length);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('a stricter severity hides windows and moves none', () => {
    fc.assert(
      fc.property(traffic, fc.double({ min: 1.8, max: 6, noNaN: true }), ({ counts }, severity) => {
        const strict = findInsightWindows(seriesOf(counts), coverageFor(counts.length), {
          ...SENSITIVE,
          severity,
        });
        const places = (windows: ReturnType<typeof find>): number[][] =>
          windows.map(({ start, end }) => [start, end]);
        expect(places(strict)).toEqual(
          places(find(counts).filter((one) => one.severity >= severity)),
        );
      }),
      { numRuns: 40 },
    );
  });

  /** With so many calls the minute is flagged, with one less it is not; with no count where the threshold is infinite. */
  function expectExact(counts: Float64Array, minute: number, threshold: number): void {
    const isFlaggedWith = (count: number): boolean =>
      severityAt(counts.with(minute, count), minute) > 0;
    expect(threshold).toBeGreaterThanOrEqual(1);
    if (!Number.isFinite(threshold)) return expect(isFlaggedWith(0xffffffff)).toBe(false);
    expect(isFlaggedWith(threshold)).toBe(true);
    if (threshold > 1) expect(isFlaggedWith(threshold - 1)).toBe(false);
  }

  it('the threshold told for a minute is exactly the count that flags it, all other minutes being as they are', () => {
    fc.assert(
      fc.property(traffic, fc.double({ min: 0, max: 0.999, noNaN: true }), (drawn, place) => {
        const { counts } = drawn;
        for (const minute of [drawn.minute, Math.floor(place * counts.length)]) {
          const at = toMinute(START + minute);
          const coverage = coverageFor(counts.length);
          expectExact(
            counts,
            minute,
            explainMinute(seriesOf(counts), coverage, SENSITIVE, at).unusualFrom,
          );
        }
      }),
      { numRuns: 30 },
    );
  });

  it('so is the threshold drawn where minutes can be told apart, however many are asked for at once', () => {
    fc.assert(
      fc.property(traffic, fc.integer({ min: 1, max: 4 }), ({ counts, minute }, atOnce) => {
        const minutes = new ExpectedMinutes(
          seriesOf(counts),
          coverageFor(counts.length),
          SENSITIVE,
        );
        const [from, to] = [toMinute(START + minute - 2), toMinute(START + minute + 3)];
        const drawn: number[] = [];
        while (from + drawn.length < to) {
          let left = atOnce;
          const next = toMinute(from + drawn.length);
          drawn.push(...minutes.exactRange(next, to, () => --left > 0).upper);
        }
        drawn.forEach((threshold, i) => expectExact(counts, minute - 2 + i, threshold));
      }),
      { numRuns: 15 },
    );
  });

  /** What the count itself changes about level and comparison is in the exact threshold alone. */
  it('the line drawn where minutes are many is the least limit of the windows over each that meet no other event', () => {
    fc.assert(
      fc.property(traffic, ({ counts, minute }) => {
        const coverage = coverageFor(counts.length);
        const at = toMinute(START + minute);
        const { upper } = expectedRange(
          seriesOf(counts),
          coverage,
          SENSITIVE,
          at,
          toMinute(at + 1),
        );
        const { windows, calls } = explainMinute(seriesOf(counts), coverage, SENSITIVE, at);
        const others = find(counts).filter(
          ({ direction, start, end }) => direction === 'above' && (at < start || end <= at),
        );
        const least = windows
          .filter(({ counted }) => counted === undefined)
          .filter(({ from, to }) => !others.some(({ start, end }) => start < to && from < end))
          .map(({ observed, limit }) => Math.max(1, limit + 1 - (observed - calls)));
        expect(upper[0]).toBeLessThanOrEqual(Math.min(...least));
      }),
      { numRuns: 60 },
    );
  });
});

describe('hostile series', () => {
  const hostile = fc.record({
    minutes: fc.constantFrom(0, 1, 59, 60, 179, 180, 181, 361, 2161, 10_081, 90 * 525_960),
    active: fc.array(
      fc.record({
        at: fc.double({ min: 0, max: 1, noNaN: true }),
        calls: fc.constantFrom(1, 2, 3, 1000, 0xffffffff),
      }),
      { maxLength: 40 },
    ),
    gaps: fc.oneof(
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 6 }),
      fc.constant<number[]>([0, 1]),
    ),
    severity: fc.constantFrom(0, 1.8, 3, 100),
  });

  type Hostile = typeof hostile extends fc.Arbitrary<infer T> ? T : never;

  function made({ minutes, active, gaps }: Hostile): {
    series: CallSeries;
    coverage: Coverage;
  } {
    const byMinute = new Map(
      active.map(({ at, calls }) => [START + Math.floor(at * minutes), calls]),
    );
    const minute = Uint32Array.from(byMinute.keys()).sort();
    const edges = [...new Set(gaps.map((at) => Math.floor(at * minutes)))].sort((a, b) => a - b);
    return {
      series: { ...seriesOf([]), minute, calls: minute.map((at) => byMinute.get(at)!) },
      coverage: coverageFor(minutes, edges.slice(0, edges.length - (edges.length % 2))),
    };
  }

  it('give windows of finite numbers, never an exception', () => {
    fc.assert(
      fc.property(hostile, (drawn) => {
        const { series, coverage } = made(drawn);
        const { severity } = drawn;
        for (const window of findInsightWindows(series, coverage, {
          ...DEFAULT_SETTINGS,
          severity,
        })) {
          const { start, end, severity: found, explanation } = window;
          expect(end).toBeGreaterThan(start);
          expect(
            [found, explanation.observed, explanation.expected, explanation.limit].every(
              Number.isFinite,
            ),
          ).toBe(true);
          expect(found).toBeGreaterThanOrEqual(severity);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('are explained in numbers, never an exception', () => {
    fc.assert(
      fc.property(hostile, fc.double({ min: 0, max: 1, noNaN: true }), (drawn, place) => {
        fc.pre(drawn.minutes < 100_000);
        const { series, coverage } = made(drawn);
        const settings = { ...DEFAULT_SETTINGS, severity: drawn.severity };
        const at = toMinute(START + Math.floor(place * drawn.minutes));
        const { expected, unusualFrom, windows, pause } = explainMinute(
          series,
          coverage,
          settings,
          at,
        );
        const told = windows.flatMap((one) => [
          one.observed,
          one.expected,
          one.limit,
          one.severity,
        ]);
        told.push(expected, unusualFrom, pause?.severity ?? 0, pause?.unusualFrom ?? 0);
        expect(told.filter(Number.isNaN)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('of as many calls in every minute as can be counted raise nothing, and are missed where they stop', () => {
    const full = new Float64Array(7 * DAY).fill(0xffffffff);
    expect(find(full)).toEqual([]);
    full.fill(0, 5000, 5060);
    expect(find(full)).toMatchObject([{ start: START + 5000, end: START + 5060 }]);
  });
});
