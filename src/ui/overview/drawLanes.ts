import type { Coverage } from '../../core/activity/coverage';
import { markPath } from '../timeline/marks';
import { missingIn } from '../timeline/bands';
import { lengthOf, type Span } from '../timeline/span';
import { emptyLane, fillLane, laneGridOf, pixelsOf, type Lane, type LaneGrid } from './lane';
import type { LaneMark } from './laneMarks';
import { paintLane, paintMissing, type LaneBox, type Picture } from './paintLane';
import type { CanvasPalette } from './palette';
import type { OverviewRow } from './rows';

/** All that one frame of the lanes shows; lengths in CSS pixels. */
export interface LanesFrame {
  readonly span: Span;
  readonly width: number;
  readonly height: number;
  readonly pixelRatio: number;
  readonly rowHeight: number;
  readonly lanes: readonly {
    readonly row: OverviewRow;
    readonly top: number;
    readonly marks: readonly LaneMark[];
    readonly coverage: Coverage | undefined;
  }[];
  readonly palette: CanvasPalette;
}

/** Bars fill this much of a lane; marks stand in the rest and may reach into the tallest. */
const BAR_SHARE = 0.7;
const NARROWEST_INSIGHT = 2;
/** A few screens of rows; a lane is two bytes a pixel. */
const LANES_KEPT = 300;
const MARK = 9;
const SELECTED_MARK = 13;

/** Draws frames on one canvas and keeps its pixels and columns from frame to frame. */
export class LanesPainter {
  readonly #canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;
  #image = new ImageData(1, 1);
  #pixels = new Uint32Array(this.#image.data.buffer);
  #grid = laneGridOf({ from: 0, to: 1 }, 1);
  /** Rows that stand at the same span keep their columns while lanes scroll. */
  readonly #lanes = new Map<OverviewRow, Lane>();
  #next: LanesFrame | null = null;

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas;
    this.#context = canvas.getContext('2d')!;
  }

  /** Draws `frame` with the next picture of the screen, unless a newer one comes before. */
  request(frame: LanesFrame): void {
    if (this.#next === null) requestAnimationFrame(() => this.#draw());
    this.#next = frame;
  }

  #draw(): void {
    const frame = this.#next;
    if (frame === null) return;
    this.#next = null;
    const ratio = frame.pixelRatio;
    const width = Math.max(1, Math.round(frame.width * ratio));
    const height = Math.max(1, Math.round(frame.height * ratio));
    this.#resize(width, height);
    this.#pixels.fill(0);
    const grid = this.#gridOf(frame.span, width);
    const picture = { pixels: this.#pixels, width, height };
    for (const { row, top, coverage } of frame.lanes) {
      const laneHeight = Math.round((top + frame.rowHeight) * ratio) - Math.round(top * ratio);
      const bars = Math.round(laneHeight * BAR_SHARE);
      const box = { top: Math.round(top * ratio), height: laneHeight - 1, bars };
      if (coverage !== undefined) hatch(picture, box, grid, coverage, frame.palette);
      const lane = this.#laneOf(row, Math.round(NARROWEST_INSIGHT * ratio));
      paintLane(picture, box, lane, frame.palette);
    }
    this.#context.putImageData(this.#image, 0, 0);
    this.#drawMarks(frame);
  }

  #resize(width: number, height: number): void {
    if (this.#image.width === width && this.#image.height === height) return;
    this.#canvas.width = width;
    this.#canvas.height = height;
    this.#image = new ImageData(width, height);
    this.#pixels = new Uint32Array(this.#image.data.buffer);
  }

  #gridOf(span: Span, width: number): LaneGrid {
    const { span: last, pixels } = this.#grid;
    if (last.from === span.from && last.to === span.to && pixels === width) return this.#grid;
    this.#lanes.clear();
    this.#grid = laneGridOf(span, width);
    return this.#grid;
  }

  #laneOf(row: OverviewRow, narrowest: number): Lane {
    const known = this.#lanes.get(row);
    if (known !== undefined) return known;
    if (this.#lanes.size >= LANES_KEPT) this.#lanes.clear();
    const lane = emptyLane(this.#grid.pixels);
    fillLane(lane, row, this.#grid, narrowest);
    this.#lanes.set(row, lane);
    return lane;
  }

  #drawMarks({ lanes, pixelRatio, rowHeight, palette }: LanesFrame): void {
    for (const { marks, top } of lanes) {
      for (const mark of marks) {
        const y = top + rowHeight * 0.27;
        this.#context.setTransform(
          pixelRatio,
          0,
          0,
          pixelRatio,
          mark.x * pixelRatio,
          y * pixelRatio,
        );
        this.#drawMark(mark, palette);
      }
    }
    this.#context.resetTransform();
  }

  /** On a rim of the page's own colour, so that a mark stands clear of bars and neighbours. */
  #drawMark({ kind, selected }: LaneMark, { css }: CanvasPalette): void {
    const context = this.#context;
    const outline = new Path2D(markPath(kind, selected ? SELECTED_MARK : MARK));
    context.lineJoin = 'round';
    context.strokeStyle = css.surface;
    context.lineWidth = selected ? 6 : 4;
    context.stroke(outline);
    context.fillStyle = kind === 'drop' ? css.surface : css[kind];
    context.fill(outline);
    context.strokeStyle = css[kind];
    context.lineWidth = selected ? 2.5 : 1.5;
    context.stroke(outline);
  }
}

function hatch(
  picture: Picture,
  box: LaneBox,
  grid: LaneGrid,
  coverage: Coverage,
  palette: CanvasPalette,
): void {
  const stretches = missingIn(grid.span, coverage).flatMap(
    ({ from, to }) => pixelsOf({ start: from, end: to }, grid, 1) ?? [],
  );
  const shift = Math.round((grid.span.from / lengthOf(grid.span)) * grid.pixels);
  paintMissing(picture, box, stretches, palette, shift);
}
