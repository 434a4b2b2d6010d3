import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CallSeries } from '../../src/core/activity/callSeries';
import { missingIn, within } from '../../src/ui/timeline/bands';
import {
  columnsOf,
  minutesPerColumnOf,
  nextIndex,
  peakOf,
  skylinePath,
} from '../../src/ui/timeline/columns';
import { indexOfMinute } from '../../src/core/insights/statistics';
import { callsAt, maximumIn, maxPyramidOf } from '../../src/ui/timeline/maxPyramid';
import { COVERAGE } from './timelineGallery/fake';

const KEY = {
  recipientAccountId: '123456789012',
  awsRegion: 'us-east-1',
  eventSource: 'ssm.amazonaws.com',
  eventName: 'PutParameter',
};

const seriesOf = (entries: readonly (readonly [number, number])[]): CallSeries => ({
  key: KEY,
  minute: Uint32Array.from(entries, ([minute]) => minute),
  calls: Uint32Array.from(entries, ([, calls]) => calls),
});

const anySeries = fc
  .uniqueArray(fc.tuple(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 1, max: 900 })), {
    selector: ([minute]) => minute,
    maxLength: 400,
  })
  .map((entries) => seriesOf(entries.toSorted(([a], [b]) => a - b)));

const anySpan = fc
  .tuple(
    fc.double({ min: 0, max: 2900, noNaN: true }),
    fc.double({ min: 10, max: 3000, noNaN: true }),
  )
  .map(([from, length]) => ({ from, to: from + length }));

describe('The pyramid of maxima', () => {
  test('finds the same peak of any run as looking at every entry', () => {
    const any = fc.array(fc.nat(1000), { maxLength: 700 });
    fc.assert(
      fc.property(any, fc.nat(700), fc.nat(700), (values, a, b) => {
        const [from, to] = [Math.min(a, b, values.length), Math.min(Math.max(a, b), values.length)];
        const pyramid = maxPyramidOf(Uint32Array.from(values));
        expect(maximumIn(pyramid, from, to)).toBe(Math.max(0, ...values.slice(from, to)));
      }),
    );
  });

  test('finds entries by minute like a plain search', () => {
    fc.assert(
      fc.property(
        anySeries,
        fc.integer({ min: -5, max: 3010 }),
        fc.nat(400),
        (series, minute, start) => {
          const plain = [...series.minute].findIndex((at) => at >= minute);
          const index = plain === -1 ? series.minute.length : plain;
          expect(indexOfMinute(series.minute, minute)).toBe(index);
          if (start <= index) expect(nextIndex(series.minute, start, minute)).toBe(index);
        },
      ),
    );
  });
});

describe('The columns of a graph', () => {
  test('hold every minute of the span once, each with its smallest and largest minute', () => {
    fc.assert(
      fc.property(anySeries, anySpan, fc.integer({ min: 1, max: 500 }), (series, span, pixels) => {
        const columns = columnsOf(series, maxPyramidOf(series.calls), span, pixels);
        const { from, minutesPerColumn, minimum, maximum } = columns;
        expect(from).toBeLessThanOrEqual(span.from);
        expect(from + maximum.length * minutesPerColumn).toBeGreaterThanOrEqual(span.to);
        maximum.forEach((highest, i) => {
          const minutes = Array.from({ length: minutesPerColumn }, (_, m) =>
            callsAt(series, from + i * minutesPerColumn + m),
          );
          expect(highest).toBe(Math.max(...minutes));
          expect(minimum[i]).toBe(Math.min(...minutes));
        });
      }),
    );
  });

  test('show a peak of one minute at ninety days on a narrow screen', () => {
    const spike = 60_000;
    const series = seriesOf(
      Array.from(
        { length: 129_600 },
        (_, minute) => [minute, minute === spike ? 875 : 100] as const,
      ),
    );
    const ninetyDays = { from: 0, to: 129_600 };
    expect(peakOf(columnsOf(series, maxPyramidOf(series.calls), ninetyDays, 300))).toBe(875);
  });

  test('are never narrower than a pixel', () => {
    fc.assert(
      fc.property(anySpan, fc.integer({ min: 1, max: 4000 }), (span, pixels) => {
        const columns = (span.to - span.from) / minutesPerColumnOf(span, pixels);
        expect(columns).toBeLessThanOrEqual(pixels * (1 + 1e-5));
      }),
    );
  });

  test('hold the same minutes wherever the view is panned to', () => {
    fc.assert(
      fc.property(anySeries, anySpan, fc.integer({ min: 0, max: 500 }), (series, span, pan) => {
        const pyramid = maxPyramidOf(series.calls);
        const valueAt = (shift: number, minute: number): number => {
          const view = { from: span.from + shift, to: span.to + shift };
          const { from, minutesPerColumn, maximum } = columnsOf(series, pyramid, view, 50);
          return maximum[Math.floor((minute - from) / minutesPerColumn)];
        };
        const inBoth = span.to - 1;
        fc.pre(pan < span.to - span.from - 2);
        expect(valueAt(pan, inBoth)).toBe(valueAt(0, inBoth));
      }),
    );
  });

  test('are drawn as a skyline that stands on the floor, or as bars apart', () => {
    const series = seriesOf([
      [10, 2],
      [11, 4],
      [13, 1],
    ]);
    const columns = columnsOf(series, maxPyramidOf(series.calls), { from: 10, to: 20 }, 100);
    const x = (minute: number): number => (minute - 10) * 10;
    const y = (value: number): number => 50 - value * 10;
    expect(skylinePath(columns, columns.maximum, x, y, 0)).toBe(
      'M0 50V30H10V10H20V50ZM30 50V40H40V50Z',
    );
    expect(skylinePath(columns, columns.maximum, x, y, 2)).toBe(
      'M1 50V30H9V50ZM11 50V10H19V50ZM31 50V40H39V50Z',
    );
  });

  test('inside an insight keep their height, all others none', () => {
    const series = seriesOf([
      [10, 2],
      [11, 4],
      [13, 1],
    ]);
    const columns = columnsOf(series, maxPyramidOf(series.calls), { from: 10, to: 20 }, 100);
    const inside = within(columns, columns.maximum, [{ start: 11, end: 13 }]);
    expect([...inside]).toEqual([0, 4, 0, 0, 0, 0, 0, 0, 0, 0]);
  });
});

describe('Missing logs in view', () => {
  test('are what lies before, after, and in the gaps of the coverage', () => {
    const [gapStart, gapEnd] = COVERAGE.gaps;
    const view = { from: COVERAGE.start - 100, to: COVERAGE.end + 100 };
    expect(missingIn(view, COVERAGE)).toEqual([
      { from: view.from, to: COVERAGE.start },
      { from: gapStart, to: gapEnd },
      { from: COVERAGE.end, to: view.to },
    ]);
    expect(missingIn({ from: gapEnd, to: gapEnd + 60 }, COVERAGE)).toEqual([]);
  });

  test('are not claimed where nothing is known of the coverage', () => {
    expect(missingIn({ from: 0, to: 10 }, undefined)).toEqual([]);
  });
});
