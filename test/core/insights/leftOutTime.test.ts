import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toMinute } from '../../../src/core/activity/minute';
import { ExpectedMinutes } from '../../../src/core/insights/expectedRange';
import { explainMinute } from '../../../src/core/insights/explainMinute';
import { findInsightWindows } from '../../../src/core/insights/findInsightWindows';
import { LeftOutTime } from '../../../src/core/insights/leftOutTime';
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

  it('in which something unusual is found is judged as if its logs were missing', () => {
    const [from, to] = [EARLY - 30, EARLY + 30];
    expect(startsOf(found(twoBursts, span(from, to)))).toEqual([LATE]);
    expect(found(twoBursts, span(from, to))).toEqual(withGap(twoBursts, from, to));
  });

  it('that is more than a fifth of the logs is judged as if they were missing, whatever is in it', () => {
    expect(found(twoBursts, span(4 * DAY, 7 * DAY))).toEqual(withGap(twoBursts, 4 * DAY, 7 * DAY));
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

  it('matters where it holds more of what a series is compared with than its length accounts for', () => {
    const time = new LeftOutTime([span(DAY, 2 * DAY)]);
    const tellingHours = Uint32Array.from({ length: 100 }, (_, i) => START + i * 120);
    const matters = (hours: Uint32Array) =>
      time.mattersTo({ candidates: [], tellingHours: hours }, coverageFor(MINUTES));
    expect(matters(tellingHours)).toBe(false);
    expect(matters(tellingHours.filter((hour) => hour < START + 6 * DAY))).toBe(false);
    expect(matters(tellingHours.filter((hour) => hour < START + 4 * DAY))).toBe(true);
    expect(matters(new Uint32Array(0))).toBe(false);
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
