import { DROP, ORDINARY, type Lane } from './lane';

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

const DROP_BED = 0.35;
const HATCH = 5;

export function paintLane(picture: Picture, box: LaneBox, lane: Lane, palette: LanePalette): void {
  const { pixels, width } = picture;
  const { kind, height } = lane;
  const colour = coloursOf(lane, palette, width);
  const bed = Math.round(box.bars * DROP_BED);
  const highest = Math.max(bed, Math.ceil((maximumOf(height) / 255) * box.bars));
  for (let level = highest; level > 0; level--) {
    const y = box.top + box.height - level;
    if (y < 0 || y >= picture.height) continue;
    const line = y * width;
    /** The lowest height whose bar, rounded up to whole pixels, reaches this level. */
    const reaching = ((level - 1) / box.bars) * 255;
    for (let x = 0; x < width; x++) {
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

function coloursOf({ kind, height }: Lane, palette: LanePalette, width: number): Uint32Array {
  const { ordinary, unusual } = palette;
  const steps = ordinary.length;
  const colour = new Uint32Array(width);
  for (let x = 0; x < width; x++) {
    colour[x] = kind[x] === ORDINARY ? ordinary[(height[x] * steps) >> 8] : unusual[kind[x]];
  }
  return colour;
}

/** Hatches the stretches without logs: pixel pairs [from, to). Fixed to the time axis by `shift`, so that it pans along. */
export function paintMissing(
  picture: Picture,
  box: LaneBox,
  stretches: readonly { readonly left: number; readonly right: number }[],
  palette: LanePalette,
  shift: number,
): void {
  const first = Math.max(0, box.top);
  const last = Math.min(picture.height, box.top + box.height);
  for (const { left, right } of stretches) {
    for (let y = first; y < last; y++) {
      const offset = (((left + shift + y - box.top) % HATCH) + HATCH) % HATCH;
      for (let x = left + ((HATCH - offset) % HATCH); x < right; x += HATCH)
        picture.pixels[y * picture.width + x] = palette.missing;
    }
  }
}
