import type { InsightMark } from '../format';
import { markPath } from '../timeline/marks';
import type { LaneMark } from './laneMarks';
import type { CanvasPalette } from './palette';

const SIZE = 9;
const SELECTED_SIZE = 13;

const outlines = new Map<string, Path2D>();

/** Made once each: a frame draws hundreds. */
function outlineOf(kind: InsightMark['kind'], size: number): Path2D {
  const name = `${kind} ${size}`;
  const outline = outlines.get(name) ?? new Path2D(markPath(kind, size));
  outlines.set(name, outline);
  return outline;
}

/** Draws a mark around (0, 0), on a rim of the page's own colour, so that it stands clear of bars and neighbours. */
export function drawMark(
  context: CanvasRenderingContext2D,
  { kind, selected }: LaneMark,
  { css }: CanvasPalette,
): void {
  const outline = outlineOf(kind, selected ? SELECTED_SIZE : SIZE);
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
