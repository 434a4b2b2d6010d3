import type { Coverage } from '../../core/activity/coverage';
import type { SeriesKey } from '../../core/activity/callSeries';
import { lengthOf, type Span } from '../timeline/span';
import { drawMark } from './drawMark';
import { laneGridOf, type LaneGrid } from './lane';
import type { LaneMark } from './laneMarks';
import { LanesPicture } from './lanesPicture';
import type { CanvasPalette } from './palette';
import type { OverviewLine } from './lines';

/** All that one frame of the lanes shows; lengths in CSS pixels. */
export interface LanesFrame {
  readonly span: Span;
  readonly width: number;
  readonly height: number;
  readonly scrollTop: number;
  readonly pixelRatio: number;
  readonly rowHeight: number;
  readonly lines: readonly OverviewLine[];
  readonly coverageOf: (key: SeriesKey) => Coverage | undefined;
  /** The marks of the lanes in view, and where these begin from the top of the canvas. */
  readonly marked: readonly { readonly top: number; readonly marks: readonly LaneMark[] }[];
  readonly palette: CanvasPalette;
}

const NARROWEST_INSIGHT = 2;
/** Where marks stand in a lane, from its top. */
const MARK_LINE = 0.27;

/** Draws frames on one canvas: the lanes by their pixels, then the marks over them. */
export class LanesPainter {
  readonly #canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;
  #image = new ImageData(1, 1);
  #picture: LanesPicture | null = null;
  #grid: LaneGrid | undefined;
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
    this.#next = null;
    if (frame === null || frame.width === 0 || lengthOf(frame.span) <= 0) return;
    const ratio = frame.pixelRatio;
    const width = Math.max(1, Math.round(frame.width * ratio));
    const height = Math.max(1, Math.round(frame.height * ratio));
    this.#grid = laneGridOf(frame.span, width, this.#grid);
    this.#pictureOf(width, height).show({
      grid: this.#grid,
      scrolled: Math.round(frame.scrollTop * ratio),
      rowHeight: frame.rowHeight * ratio,
      narrowestInsight: Math.round(NARROWEST_INSIGHT * ratio),
      lines: frame.lines,
      coverageOf: frame.coverageOf,
      palette: frame.palette,
    });
    this.#context.putImageData(this.#image, 0, 0);
    this.#drawMarks(frame);
  }

  #pictureOf(width: number, height: number): LanesPicture {
    const known = this.#picture;
    if (known !== null && known.width === width && known.height === height) return known;
    this.#canvas.width = width;
    this.#canvas.height = height;
    this.#image = new ImageData(width, height);
    const pixels = new Uint32Array(this.#image.data.buffer);
    return (this.#picture = new LanesPicture(width, height, pixels));
  }

  #drawMarks({ marked, pixelRatio, rowHeight, palette }: LanesFrame): void {
    const context = this.#context;
    for (const { marks, top } of marked) {
      const y = (top + rowHeight * MARK_LINE) * pixelRatio;
      for (const mark of marks) {
        context.setTransform(pixelRatio, 0, 0, pixelRatio, mark.x * pixelRatio, y);
        drawMark(context, mark, palette);
      }
    }
    context.resetTransform();
  }
}
