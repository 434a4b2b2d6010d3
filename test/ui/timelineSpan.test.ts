import { describe, expect, test } from 'vitest';
import {
  clampSpan,
  defaultSpanLength,
  keepWithin,
  panSpan,
  spanAround,
  zoomSpan,
} from '../../src/ui/timeline/span';

const HOUR = 60;
const DAY = 1440;

describe('The span of the graph', () => {
  test('is by default as long as on the CloudTrail console', () => {
    const spans = [1, 4 * HOUR - 1, 4 * HOUR, 12 * HOUR, DAY, 3 * DAY].map(defaultSpanLength);
    expect(spans).toEqual([3 * HOUR, 3 * HOUR, 12 * HOUR, DAY, 3 * DAY, 7 * DAY]);
  });

  test('has the insight in its middle, whole', () => {
    expect(spanAround(1000, 1001, 180)).toEqual({ from: 910.5, to: 1090.5 });
    const long = spanAround(0, 1000, 180);
    expect(long.from).toBeLessThan(0);
    expect(long.to).toBeGreaterThan(1000);
  });

  test('zooms around the minute under the pointer, which stays where it is', () => {
    expect(zoomSpan({ from: 100, to: 200 }, 0.5, 120)).toEqual({ from: 110, to: 160 });
  });

  test('is zoomed as far as it goes and no further, and what is below the pointer stays there', () => {
    expect(zoomSpan({ from: 100, to: 110 }, 0.5, 102)).toEqual({ from: 100, to: 110 });
    expect(zoomSpan({ from: 100, to: 120 }, 0.1, 104)).toEqual({ from: 102, to: 112 });
    expect(zoomSpan({ from: 0, to: 900 }, 2, 90, 1000)).toEqual({ from: -10, to: 990 });
  });

  test('zoomed in and out again is the same, and so is panned there and back', () => {
    const span = { from: 100, to: 200 };
    expect(zoomSpan(zoomSpan(span, 2, 130), 0.5, 130)).toEqual(span);
    expect(panSpan(panSpan(span, 17), -17)).toEqual(span);
  });

  test('is never shorter than ten minutes nor longer than allowed', () => {
    const logs = { from: 0, to: 10_000 };
    expect(clampSpan({ from: 500, to: 500.5 }, logs, 2000)).toEqual({ from: 495.25, to: 505.25 });
    expect(clampSpan({ from: 0, to: 9000 }, logs, 2000)).toEqual({ from: 3500, to: 5500 });
  });

  test('cannot leave the logs by more than half of itself', () => {
    const logs = { from: 0, to: 1000 };
    expect(clampSpan({ from: 5000, to: 5100 }, logs, 2000)).toEqual({ from: 950, to: 1050 });
    expect(clampSpan({ from: -5100, to: -5000 }, logs, 2000)).toEqual({ from: -50, to: 50 });
  });

  test('of the overview lies within its bounds, shortened where they are shorter', () => {
    const bounds = { from: 0, to: 1000 };
    expect(keepWithin({ from: -20, to: 80 }, bounds)).toEqual({ from: 0, to: 100 });
    expect(keepWithin({ from: 950, to: 1050 }, bounds)).toEqual({ from: 900, to: 1000 });
    expect(keepWithin({ from: -500, to: 5000 }, bounds)).toEqual(bounds);
    expect(keepWithin({ from: 500, to: 501 }, bounds)).toEqual({ from: 495.5, to: 505.5 });
  });
});
