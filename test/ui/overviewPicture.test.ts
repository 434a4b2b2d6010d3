import fc from 'fast-check';
import { expect, test } from 'vitest';
import { coverageFinder } from '../../src/ui/overview/archive';
import { laneGridOf, type LaneGrid } from '../../src/ui/overview/lane';
import { LanesPicture, type LanesScene } from '../../src/ui/overview/lanesPicture';
import { overviewLines } from '../../src/ui/overview/lines';
import { overviewRows } from '../../src/ui/overview/rows';
import { COVERAGE, dice, END, insightOf, keyOf, seriesOf, START } from './timelineGallery/fake';

const WIDTH = 90;
const HEIGHT = 40;
const ROW = 13.5;

const random = dice(3);
const keys = ['PutParameter', 'DeleteParameter', 'GetParameter', 'AddTags', 'RemoveTags'].map(
  (name) => keyOf('ssm', name),
);
const series = keys.map((key) => seriesOf(key, () => (random() < 0.02 ? 9 * random() : 0)));
const insights = keys.flatMap((key, i) => [
  insightOf(key, START + 900 * i, START + 900 * i + 1, 80, 1),
  insightOf(key, END - 900 * i - 2000, END - 900 * i, 0, 1, 'missed runs'),
]);
const rows = overviewRows(series, insights);
const scene = {
  rowHeight: ROW,
  narrowestInsight: 2,
  lines: overviewLines(rows, 'none', new Set(), new Set()),
  coverageOf: coverageFinder([COVERAGE]),
  palette: {
    ordinary: Uint32Array.of(1, 2, 3),
    unusual: Uint32Array.of(4, 5, 6, 7),
    dropBed: 8,
    missing: 9,
  },
};

const empty = () => new LanesPicture(WIDTH, HEIGHT, new Uint32Array(WIDTH * HEIGHT));

function paintedAfresh(of: LanesScene): Uint32Array {
  const picture = empty();
  picture.show(of);
  return picture.pixels;
}

test('Lanes that were panned, scrolled and zoomed are, pixel for pixel, the lanes painted afresh', () => {
  const move = fc.record({
    pan: fc.double({ min: -4000, max: 4000, noNaN: true }),
    scrolled: fc.integer({ min: 0, max: 30 }),
    zoom: fc.constantFrom(1, 1, 1, 0.3, 2.5),
  });
  fc.assert(
    fc.property(fc.array(move, { minLength: 1, maxLength: 6 }), (moves) => {
      const picture = empty();
      let span = { from: START, to: START + 8000 };
      let grid: LaneGrid | undefined;
      for (const { pan, scrolled, zoom } of moves) {
        const length = (span.to - span.from) * zoom;
        span = { from: span.from + pan, to: span.from + pan + length };
        grid = laneGridOf(span, WIDTH, grid);
        picture.show({ ...scene, grid, scrolled });
        const fresh = paintedAfresh({ ...scene, grid, scrolled });
        expect(picture.pixels.every((pixel, at) => pixel === fresh[at])).toBe(true);
      }
    }),
    { numRuns: 60 },
  );
});

test('Lanes that only moved by a pixel are painted at their edge alone', () => {
  const grid = laneGridOf({ from: START, to: START + WIDTH * 60 }, WIDTH);
  const asked: string[] = [];
  const coverageOf: LanesScene['coverageOf'] = (key) => {
    asked.push(key.eventName);
    return scene.coverageOf(key);
  };
  const picture = empty();
  picture.show({ ...scene, coverageOf, grid, scrolled: 0 });
  expect(asked).toHaveLength(3);
  picture.show({ ...scene, coverageOf, grid, scrolled: 0 });
  expect(asked).toHaveLength(3);
  picture.show({ ...scene, coverageOf, grid, scrolled: 1 });
  expect(asked).toHaveLength(4);
});
