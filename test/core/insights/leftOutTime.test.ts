import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toMinute } from '../../../src/core/activity/minute';
import { ExpectedMinutes } from '../../../src/core/insights/expectedRange';
import { explainMinute } from '../../../src/core/insights/explainMinute';
import { findInsightWindows } from '../../../src/core/insights/findInsightWindows';
import type { InsightWindow } from '../../../src/core/insights/insight';
import { DEFAULT_SETTINGS, type ExcludedSpan } from '../../../src/core/insights/settings';
import { seededRandom } from '../../support/random';
import { coverageFor, seriesOf, START } from './support';

const DAY = 1440;
const MINUTES = 10 * DAY;
const LATE = 8 * DAY + 300;
const EARLY = 2 * DAY + 700;

const span = (from: number, to: number): ExcludedSpan => ({
  start: toMinute(START + from),
  end: toMinute(START + to),
  reason: '',
});

/** Ten days of Poisson counts, and what `change` makes of them. */
function traffic(change: (counts: Float64Array) => void): Float64Array {
  const random = seededRandom('left out');
  const counts = Float64Array.from({ length: MINUTES }, () => random.poisson(4));
  change(counts);
  return counts;
}

const found = (counts: Float64Array, ...excludedSpans: ExcludedSpan[]) =>
  findInsightWindows(seriesOf(counts), coverageFor(MINUTES), {
    ...DEFAULT_SETTINGS,
    severity: 1,
    excludedSpans,
  });

const withGap = (counts: Float64Array, from: number, to: number) =>
  findInsightWindows(seriesOf(counts), coverageFor(MINUTES, [from, to]), {
    ...DEFAULT_SETTINGS,
    severity: 1,
  });

const startsOf = (windows: readonly { start: number; severity: number }[]) =>
  windows.filter(({ severity }) => severity >= 3).map(({ start }) => start - START);

describe('time that is left out', () => {
  const twoBursts = traffic((counts) => {
    counts[EARLY] = 90;
    counts[LATE] = 60;
  });

  it('in which a series did what it usually does changes nothing else of it', () => {
    const quiet = span(5 * DAY, 5 * DAY + 120);
    const isOutside = ({ start, end }: { start: number; end: number }) =>
      end <= quiet.start || quiet.end <= start;
    expect(startsOf(found(twoBursts))).toEqual([EARLY, LATE]);
    expect(found(twoBursts, quiet)).toEqual(found(twoBursts).filter(isOutside));
  });

  it('in which something unusual is found is told no more, and the rest about as if its logs were missing', () => {
    const [from, to] = [EARLY - 30, EARLY + 30];
    const rest = found(twoBursts, span(from, to));
    expect(startsOf(rest)).toEqual([LATE]);
    const severityOf = (windows: readonly InsightWindow[]) =>
      windows.find(({ start }) => start === START + LATE)!.severity;
    expect(severityOf(rest)).toBeCloseTo(severityOf(withGap(twoBursts, from, to)), 0);
    expect(severityOf(rest)).toBeGreaterThan(severityOf(found(twoBursts)));
  });

  it('may be most of the logs, but not all but two hours', () => {
    expect(startsOf(found(twoBursts, span(0, 8 * DAY)))).toEqual([LATE]);
    expect(found(twoBursts, span(0, 8 * DAY), span(8 * DAY + 120, MINUTES))).toEqual([]);
  });

  it('so full of bursts that they hide the burst of another day hides it no more', () => {
    const [from, to] = [3 * DAY, 4 * DAY];
    const restless = traffic((counts) => {
      for (let minute = from; minute < to; minute += 60) counts[minute] = 30;
      counts[LATE] = 30;
    });
    expect(startsOf(found(restless))).not.toContain(LATE);
    expect(startsOf(found(restless, span(from, to)))).toEqual([LATE]);
  });

  it('hides the bursts of the days around it no more where calls are so few that it made the level', () => {
    const random = seededRandom('sparse');
    const sparse = new Float64Array(30 * DAY);
    for (let at = 200; at < sparse.length; at += random.integer(600, 1400)) sparse[at] = 2;
    const [from, to] = [12 * DAY, 14 * DAY];
    const near = to + 700;
    sparse[near] = 60;
    const inLogs = (counts: Float64Array, ...excludedSpans: ExcludedSpan[]) =>
      findInsightWindows(seriesOf(counts), coverageFor(counts.length), {
        ...DEFAULT_SETTINGS,
        excludedSpans,
      }).map(({ start }) => start - START);
    expect(inLogs(sparse)).toContain(near);
    for (let at = from; at < to; at += 45) sparse[at] = random.integer(40, 160);
    expect(inLogs(sparse)).not.toContain(near);
    expect(inLogs(sparse, span(from, to))).toContain(near);
  });

  it('tells nothing, neither rises nor silences, and is the same in parts, twice or in any order', () => {
    const eventful = traffic((counts) => {
      counts[EARLY] = 90;
      counts.fill(30, LATE, LATE + 45);
      counts.fill(0, 6 * DAY, 6 * DAY + 90);
    });
    const places = fc.constantFrom(EARLY, LATE, 6 * DAY, 5 * DAY);
    fc.assert(
      fc.property(places, fc.integer({ min: -90, max: 30 }), fc.nat(400), (place, off, minutes) => {
        const [from, to] = [place + off, place + off + minutes + 1];
        const half = Math.floor((from + to) / 2);
        const windows = found(eventful, span(from, to));
        expect(
          windows.filter(({ start, end }) => start >= START + from && end <= START + to),
        ).toEqual([]);
        expect(found(eventful, span(half, to), span(from, half), span(half, to))).toEqual(windows);
      }),
      { numRuns: 30 },
    );
  });

  it('is explained like missing logs, and the minutes beside it by what detection does', () => {
    for (const [from, to] of [
      [EARLY - 30, EARLY + 30],
      [5 * DAY, 5 * DAY + 120],
    ]) {
      const settings = { ...DEFAULT_SETTINGS, excludedSpans: [span(from, to)] };
      const explain = (counts: Float64Array, minute: number) =>
        explainMinute(seriesOf(counts), coverageFor(MINUTES), settings, toMinute(START + minute));
      expect(explain(twoBursts, from + 30)).toMatchObject({
        covered: false,
        calls: 0,
        insight: null,
      });
      const range = new ExpectedMinutes(seriesOf(twoBursts), coverageFor(MINUTES), settings).range(
        toMinute(START + from),
        toMinute(START + to + 1),
      );
      expect([range.level[0], range.upper[0]]).toEqual([0, Infinity]);
      expect(range.level[to - from]).toBeGreaterThan(3);
      const { unusualFrom } = explain(twoBursts, to + 5);
      const isFound = (calls: number) => {
        const changed = twoBursts.slice();
        changed[to + 5] = calls;
        return explain(changed, to + 5).insight !== null;
      };
      expect([unusualFrom - 1, unusualFrom].map(isFound)).toEqual([false, true]);
    }
  });
});
