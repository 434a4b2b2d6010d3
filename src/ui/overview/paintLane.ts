import { DROP, ORDINARY, type Lane, type PixelRange } from './lane';

/** Colours as the bytes of an ImageData read little-endian: 0xAABBGGRR. */
export interface LanePalette {
  /** From the lowest bars to the highest. */
  readonly ordinary: Uint32Array;
  /** By kind: nothing, rise, errors, drop. */
  readonly unusual: Uint32Array;
  /** The bed that a drop leaves behind. */
  readonly dropBed: number;
  readonly missing: number;
}

/** The pixels of all lanes in view; rows of `width`. */
export interface Picture {
  readonly pixels: Uint32Array;
  readonly width: number;
  readonly height: number;
}

/** Where a lane stands in the picture, in device pixels; it may reach over the edges. */
export interface LaneBox {
  readonly top: number;
  readonly height: number;
  /** Bars reach this far up from the bottom; over them is room for the marks. */
  readonly bars: number;
}

/** The part of a picture that is painted. */
export interface Clip extends PixelRange {
  readonly top: number;
  readonly bottom: number;
}

const DROP_BED = 0.35;
const HATCH = 5;

/** Paints a lane, whose columns begin at the left of `clip`, within `clip`. */
export function paintLane(
  { pixels, width }: Picture,
  box: LaneBox,
  lane: Lane,
  palette: LanePalette,
  clip: Clip,
): void {
  const { kind, height } = lane;
  const colour = coloursOf(lane, palette);
  const bed = Math.round(box.bars * DROP_BED);
  const highest = Math.max(bed, Math.ceil((maximumOf(height) / 255) * box.bars));
  for (let level = highest; level > 0; level--) {
    const y = box.top + box.height - level;
    if (y < clip.top || y >= clip.bottom) continue;
    const line = y * width + clip.left;
    /** The lowest height whose bar, rounded up to whole pixels, reaches this level. */
    const reaching = ((level - 1) / box.bars) * 255;
    for (let x = 0; x < height.length; x++) {
      if (height[x] > reaching) pixels[line + x] = colour[x];
      else if (level <= bed && kind[x] === DROP) pixels[line + x] = palette.dropBed;
    }
  }
}

function maximumOf(heights: Uint8Array): number {
  let maximum = 0;
  for (let x = 0; x < heights.length; x++) if (heights[x] > maximum) maximum = heights[x];
  return maximum;
}

function coloursOf({ kind, height }: Lane, { ordinary, unusual }: LanePalette): Uint32Array {
  const steps = ordinary.length;
  const colour = new Uint32Array(height.length);
  for (let x = 0; x < colour.length; x++) {
    colour[x] = kind[x] === ORDINARY ? ordinary[(height[x] * steps) >> 8] : unusual[kind[x]];
  }
  return colour;
}

/** Hatches the stretches without logs. `shift`: how far the view has moved from where the hatching is at home. */
export function paintMissing(
  { pixels, width }: Picture,
  box: LaneBox,
  stretches: readonly PixelRange[],
  palette: LanePalette,
  clip: Clip,
  shift: number,
): void {
  const first = Math.max(clip.top, box.top);
  const last = Math.min(clip.bottom, box.top + box.height);
  for (const stretch of stretches) {
    const left = Math.max(stretch.left, clip.left);
    const right = Math.min(stretch.right, clip.right);
    for (let y = first; y < last; y++) {
      const offset = (((left + shift + y - box.top) % HATCH) + HATCH) % HATCH;
      for (let x = left + ((HATCH - offset) % HATCH); x < right; x += HATCH)
        pixels[y * width + x] = palette.missing;
    }
  }
}
