import type { Coverage } from '../../core/activity/coverage';
import type { SeriesKey } from '../../core/activity/callSeries';
import { missingIn } from '../timeline/bands';
import { laneOf, pixelsOf, type LaneGrid, type PixelRange } from './lane';
import { paintLane, paintMissing, type Clip, type LanePalette, type Picture } from './paintLane';
import type { OverviewLine } from './lines';

/** All that the lanes in view show, but for the marks over them; lengths in device pixels. */
export interface LanesScene {
  readonly grid: LaneGrid;
  /** How far the lanes are scrolled: a whole number. */
  readonly scrolled: number;
  /** Not rounded: tops of lanes are. */
  readonly rowHeight: number;
  readonly narrowestInsight: number;
  readonly lines: readonly OverviewLine[];
  readonly coverageOf: (key: SeriesKey) => Coverage | undefined;
  readonly palette: LanePalette;
}

/** Bars fill this much of a lane; marks stand in the rest and may reach into the tallest. */
const BAR_SHARE = 0.7;
/** Pixels beside the view in which gaps of the logs are looked for: a gap narrower than one is drawn around its middle. */
const MARGIN = 2;

/**
 * The pixels of the lanes, kept from scene to scene: what only moved is moved, and what came into view is painted.
 * The same as painting each scene afresh.
 */
export class LanesPicture implements Picture {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint32Array;
  #shown: LanesScene | null = null;

  /** `pixels` has room for `width` × `height`. */
  constructor(width: number, height: number, pixels: Uint32Array) {
    this.width = width;
    this.height = height;
    this.pixels = pixels;
  }

  show(scene: LanesScene): void {
    for (const clip of this.#moveTo(scene)) this.#paint(scene, clip);
    this.#shown = scene;
  }

  /** Moves what stays in view and returns the parts that do not show the scene yet. */
  #moveTo(scene: LanesScene): Clip[] {
    const { width, height } = this;
    const all = { left: 0, right: width, top: 0, bottom: height };
    if (this.#shown === null || !sameButMoved(this.#shown, scene)) return [all];
    const right = scene.grid.from - this.#shown.grid.from;
    const down = scene.scrolled - this.#shown.scrolled;
    if (Math.abs(right) >= width || Math.abs(down) >= height) return [all];
    const by = down * width + right;
    if (by > 0) this.pixels.copyWithin(0, by);
    else if (by < 0) this.pixels.copyWithin(-by, 0);
    const parts = [
      { ...all, left: right > 0 ? width - right : 0, right: right < 0 ? -right : width },
      { ...all, top: down > 0 ? height - down : 0, bottom: down < 0 ? -down : height },
    ];
    return [right !== 0, down !== 0].flatMap((moved, i) => (moved ? [parts[i]] : []));
  }

  #paint(scene: LanesScene, clip: Clip): void {
    const { scrolled, rowHeight, lines } = scene;
    for (let y = clip.top; y < clip.bottom; y++)
      this.pixels.fill(0, y * this.width + clip.left, y * this.width + clip.right);
    const first = Math.max(0, Math.floor((scrolled + clip.top) / rowHeight) - 1);
    const end = Math.min(lines.length, Math.ceil((scrolled + clip.bottom) / rowHeight) + 1);
    for (let index = first; index < end; index++) this.#paintLine(scene, index, clip);
  }

  #paintLine(scene: LanesScene, index: number, clip: Clip): void {
    const { grid, palette, rowHeight, scrolled } = scene;
    const line = scene.lines[index];
    const top = Math.round(index * rowHeight) - scrolled;
    const height = Math.round((index + 1) * rowHeight) - scrolled - top;
    if (line.kind !== 'row' || top >= clip.bottom || top + height <= clip.top) return;
    const box = { top, height: height - 1, bars: Math.round(height * BAR_SHARE) };
    const gaps = gapsIn(grid, scene.coverageOf(line.row.key));
    paintMissing(this, box, gaps, palette, clip, grid.from);
    const lane = laneOf(line.row, grid, clip, scene.narrowestInsight);
    paintLane(this, box, lane, palette, clip);
  }
}

const sameButMoved = (a: LanesScene, b: LanesScene): boolean =>
  a.lines === b.lines &&
  a.coverageOf === b.coverageOf &&
  a.palette === b.palette &&
  a.rowHeight === b.rowHeight &&
  a.grid.minutesPerPixel === b.grid.minutesPerPixel;

function gapsIn(grid: LaneGrid, coverage: Coverage | undefined): PixelRange[] {
  const at = (pixel: number): number => (grid.from + pixel) * grid.minutesPerPixel;
  const view = { from: at(-MARGIN), to: at(grid.pixels + MARGIN) };
  return missingIn(view, coverage).map(({ from, to }) =>
    pixelsOf({ start: from, end: to }, grid, 1),
  );
}
