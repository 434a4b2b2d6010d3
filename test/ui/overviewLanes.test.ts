import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { callsAt } from '../../src/ui/timeline/maxPyramid';
import { missingShares } from '../../src/ui/overview/archive';
import {
  barHeight,
  DROP,
  columnOfPixel,
  ERRORS,
  laneGridOf,
  laneOf as laneIn,
  ORDINARY,
  RISE,
  type Lane,
} from '../../src/ui/overview/lane';
import { laneMarksOf } from '../../src/ui/overview/laneMarks';
import { paintLane, type LanePalette } from '../../src/ui/overview/paintLane';
import { overviewRows, typicalOf, type OverviewRow } from '../../src/ui/overview/rows';
import { COVERAGE, END, insightOf, keyOf, seriesOf, START } from './timelineGallery/fake';
import type { Insight } from '../../src/core/insights/insight';

const KEY = keyOf('ssm', 'PutParameter');
const DAY = 1440;

const laneOf = (row: OverviewRow, from: number, to: number, pixels: number): Lane =>
  laneIn(row, laneGridOf({ from, to }, pixels), { left: 0, right: pixels }, 2);

const rowOf = (callsIn: (minute: number) => number, insights: Insight[] = []): OverviewRow =>
  overviewRows([seriesOf(insights[0]?.key ?? KEY, callsIn)], insights)[0];

describe('A lane of the overview', () => {
  test('shows a burst of one minute at two weeks on a hundred pixels', () => {
    const burst = START + 5 * DAY + 7;
    const lane = laneOf(
      rowOf((minute) => (minute === burst ? 80 : minute % 10 === 0 ? 2 : 0)),
      START,
      END,
      100,
    );
    expect(Math.max(...lane.height)).toBe(255);
    expect(lane.height.filter((height) => height === 255)).toHaveLength(1);
  });

  test('shows in every pixel the busiest minute of its column', () => {
    const row = rowOf((minute) => (minute * 7919) % 13);
    const { typical } = row.shape();
    const anySpan = fc.tuple(
      fc.double({ min: START, max: END - 100, noNaN: true }),
      fc.double({ min: 10, max: 5000, noNaN: true }),
    );
    fc.assert(
      fc.property(anySpan, fc.integer({ min: 1, max: 200 }), ([from, length], pixels) => {
        const grid = laneGridOf({ from, to: from + length }, pixels);
        const lane = laneOf(row, from, from + length, pixels);
        lane.height.forEach((height, pixel) => {
          const start = columnOfPixel(grid, pixel) * grid.minutesPerColumn;
          const minutes = Array.from({ length: grid.minutesPerColumn }, (_, i) => start + i);
          const busiest = Math.max(...minutes.map((minute) => callsAt(row.series, minute)));
          expect(height).toBe(barHeight(busiest, typical));
        });
      }),
      { numRuns: 50 },
    );
  });

  test('gives every column at least one pixel', () => {
    fc.assert(
      fc.property(
        fc.double({ min: START, max: END, noNaN: true }),
        fc.double({ min: 10, max: 200_000, noNaN: true }),
        fc.integer({ min: 1, max: 500 }),
        (from, length, pixels) => {
          const grid = laneGridOf({ from, to: from + length }, pixels);
          const shown = Array.from({ length: pixels }, (_, pixel) => columnOfPixel(grid, pixel));
          shown.forEach((column, pixel) => {
            if (pixel > 0) expect(column - shown[pixel - 1]).toBeLessThanOrEqual(1);
          });
        },
      ),
      { numRuns: 50 },
    );
  });

  test('measures by the usual active minute: the usual is a third, eight times it is full', () => {
    expect(barHeight(0, 100)).toBe(0);
    expect(barHeight(100, 100)).toBe(80);
    expect(barHeight(800, 100)).toBe(255);
    expect(barHeight(80_000, 100)).toBe(255);
    expect(barHeight(1, 1_000_000)).toBeGreaterThan(0);
    expect(typicalOf(Uint32Array.from({ length: 5000 }, (_, i) => (i === 40 ? 9999 : 7)))).toBe(7);
  });

  test('tells rise, errors and drop apart, two pixels wide at least', () => {
    const at = START + 3 * DAY;
    const errorKey = keyOf('ssm', 'PutParameter', 'ThrottlingException');
    const kinds = [
      insightOf(KEY, at, at + 1, 80, 1),
      insightOf(errorKey, at, at + 1, 80, 1),
      insightOf(KEY, at, at + 1, 0, 1, 'missed runs'),
    ].map(
      (insight) =>
        laneOf(
          rowOf(() => 1, [insight]),
          START,
          END,
          100,
        ).kind,
    );
    expect(kinds.map((kind) => [...new Set(kind)])).toEqual([
      [ORDINARY, RISE],
      [ORDINARY, ERRORS],
      [ORDINARY, DROP],
    ]);
    for (const kind of kinds) expect(kind.filter((one) => one !== ORDINARY)).toHaveLength(2);
  });
});

describe('The picture of a lane', () => {
  const palette: LanePalette = {
    ordinary: Uint32Array.of(1, 2),
    unusual: Uint32Array.of(0, 7, 8, 9),
    dropBed: 5,
    missing: 4,
  };
  const letters: Record<number, string> = {
    0: '.',
    1: 'o',
    2: 'O',
    5: '_',
    7: 'R',
    8: 'E',
    9: 'D',
  };
  const drawn = (lane: Lane): string[] => {
    const width = lane.height.length;
    const picture = { pixels: new Uint32Array(width * 4), width, height: 4 };
    const clip = { left: 0, right: width, top: 0, bottom: 4 };
    paintLane(picture, { top: 0, height: 4, bars: 4 }, lane, palette, clip);
    return [0, 1, 2, 3].map((y) =>
      [...picture.pixels.subarray(y * width, (y + 1) * width)]
        .map((pixel) => letters[pixel])
        .join(''),
    );
  };

  test('is bars on a floor, coloured inside insights', () => {
    const lane = {
      height: Uint8Array.of(0, 20, 127, 255, 255, 60),
      kind: Uint8Array.of(ORDINARY, ORDINARY, ORDINARY, ORDINARY, RISE, ERRORS),
    };
    expect(drawn(lane)).toEqual(['...OR.', '...OR.', '..oOR.', '.ooORE']);
  });

  test('has a bed where calls dropped away', () => {
    const lane = { height: Uint8Array.of(0, 255), kind: Uint8Array.of(DROP, DROP) };
    expect(drawn(lane)).toEqual(['.D', '.D', '.D', '_D']);
  });

  test('is cut at the edges of the picture', () => {
    const picture = { pixels: new Uint32Array(6), width: 2, height: 3 };
    const lane = { height: Uint8Array.of(255, 255), kind: new Uint8Array(2) };
    const clip = { left: 0, right: 2, top: 0, bottom: 3 };
    paintLane(picture, { top: -2, height: 4, bars: 4 }, lane, palette, clip);
    expect([...picture.pixels]).toEqual([2, 2, 2, 2, 0, 0]);
  });
});

describe('The marks of a lane', () => {
  const insights = [0, 3, 600].map((after, i) => ({
    ...insightOf(KEY, START + after, START + after + 1, 50, 1),
    severity: [3, 5, 4][i],
  }));
  const span = { from: START, to: START + 1000 };
  const starts = (selected?: string): number[] =>
    laneMarksOf(insights, span, 500, selected, 9).map(({ insight }) => insight.start - START);

  test('leave out what the more severe neighbour would cover', () => {
    expect(starts()).toEqual([3, 600]);
  });

  test('never leave out the chosen one', () => {
    expect(starts(insights[0].sharedEventID)).toEqual([0, 600]);
  });

  test('stand in the middle of what is in view of a long insight', () => {
    const long = insightOf(KEY, START - 5000, START + 500, 50, 1);
    expect(laneMarksOf([long], span, 500, undefined, 9)[0].x).toBe(125);
  });

  test('are whole in the first and the last minute', () => {
    const edges = [0, 999].map((at) => insightOf(KEY, START + at, START + at + 1, 50, 1));
    const xs = laneMarksOf(edges, span, 500, undefined, 9).map(({ x }) => x);
    expect(xs.toSorted((a, b) => a - b)).toEqual([8, 492]);
  });
});

describe('The coverage strip', () => {
  test('says which share of accounts and Regions has no logs, stretch by stretch', () => {
    const other = {
      ...COVERAGE,
      awsRegion: 'eu-west-1',
      start: COVERAGE.start,
      gaps: new Uint32Array(),
    };
    const [gapStart, gapEnd] = COVERAGE.gaps;
    const archive = { from: START, to: END };
    expect(missingShares(archive, [COVERAGE, other])).toEqual([
      { from: gapStart, to: gapEnd, share: 0.5 },
    ]);
    expect(missingShares(archive, [COVERAGE])).toEqual([{ from: gapStart, to: gapEnd, share: 1 }]);
    expect(missingShares(archive, [other])).toEqual([]);
  });
});
