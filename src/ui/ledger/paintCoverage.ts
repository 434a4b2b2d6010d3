import { HourState } from '../../core/activity/coverageMap';
import type { CanvasPalette } from '../overview/palette';
import { type CoverageCell, strengthOf } from './coverageCells';

/** Height of an account and Region, in CSS pixels. */
export const ROW_HEIGHT = 18;

/** From so many pixels on, a column is parted from the next by a gap. */
const PARTED = 6;

export interface CoveragePicture {
  /** By row, then by column. */
  readonly rows: readonly (readonly CoverageCell[])[];
  /** Hours of a column. */
  readonly step: number;
  /** Width of a column and of all of them, in CSS pixels. */
  readonly pitch: number;
  readonly width: number;
}

/** Draws every cell, the darker the more events an hour has; what is missing has an outline. */
export function paintCoverage(
  target: HTMLCanvasElement,
  css: CanvasPalette['css'],
  { rows, step, pitch, width }: CoveragePicture,
): void {
  const scale = devicePixelRatio;
  target.width = Math.round(width * scale);
  target.height = Math.round(rows.length * ROW_HEIGHT * scale);
  const context = target.getContext('2d')!;
  context.scale(scale, scale);
  const most = rows.flat().reduce((max, { events }) => Math.max(max, events / step), 0);
  rows.forEach((cells, row) =>
    cells.forEach(({ state, events }, column) => {
      if (state === HourState.outside) return;
      const box = boxOf(row, column, pitch);
      paintEvents(context, css, box, strengthOf(events / step, most));
      if (state >= HourState.partly) paintLoss(context, css, box, state);
    }),
  );
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

function boxOf(row: number, column: number, pitch: number): Box {
  const left = Math.round(column * pitch);
  const gap = pitch >= PARTED ? 1 : 0;
  const width = Math.max(1, Math.round((column + 1) * pitch) - left - gap);
  return { left, top: row * ROW_HEIGHT + 2, width, height: ROW_HEIGHT - 4 };
}

function paintEvents(
  context: CanvasRenderingContext2D,
  css: CanvasPalette['css'],
  { left, top, width, height }: Box,
  strength: number,
): void {
  context.fillStyle = css.line;
  context.fillRect(left, top + height - 1, width, 1);
  context.globalAlpha = strength;
  context.fillStyle = css.calls;
  context.fillRect(left, top, width, height);
  context.globalAlpha = 1;
}

function paintLoss(
  context: CanvasRenderingContext2D,
  css: CanvasPalette['css'],
  { left, top, width, height }: Box,
  state: HourState,
): void {
  context.strokeStyle = context.fillStyle = state === HourState.lost ? css.damage : css.missing;
  const high = state === HourState.partly ? 5 : height;
  context.strokeRect(left + 0.5, top + 0.5, Math.max(1, width - 1), high - 1);
  if (state === HourState.lost) context.fillRect(left, top, width, height);
}
