import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Page } from 'playwright-core';

/** A screen as the mean luminance, 0 to 255, of squares of so many pixels: what is stored, and still to be recognised. */
const SQUARE = 8;
/** Squares on either side over which a difference is averaged: 72 pixels across, so that letters blur into grey. */
const BLUR = 4;
/**
 * Squares that differ by more than FAINT may be this share of a screen. Measured on the details at 1440 and 390 pixels:
 * Liberation Sans, Nimbus Sans or DejaVu Serif for DejaVu Sans change 0 to 0.5 %; the list gone, the graph gone, 40 pixels
 * more of padding or panes stacked that stood side by side 2 to 30 %.
 */
const FAINT = 12;
const MOST = 0.01;

interface Luminance {
  readonly width: number;
  readonly height: number;
  readonly values: readonly number[];
}

/** How a screen differs from its stored picture: the share of squares, and where a person can look at it. */
export interface Difference {
  readonly share: number;
  readonly isSame: boolean;
  readonly words: string;
}

const stored = (name: string): string => resolve('test/browser/pictures', `${name}.png`);

/**
 * Compares the screen with its stored picture. With UPDATE_PICTURES in the environment the screen becomes the stored picture.
 * A screen that differs is written to .bench/pictures beside what was expected.
 */
export async function differenceOf(page: Page, name: string): Promise<Difference> {
  const now = await luminanceOf(page, await whenStill(page), SQUARE);
  if (process.env.UPDATE_PICTURES) await write(page, stored(name), now);
  if (!existsSync(stored(name))) return differs(1, `${name}: no picture is stored`);
  const before = await luminanceOf(page, readFileSync(stored(name)), 1);
  const share = shareThatDiffers(before, now);
  const percent = `${(share * 100).toFixed(2)} %`;
  if (share <= MOST) return { share, isSame: true, words: `${name}: ${percent}` };
  await write(page, resolve('.bench/pictures', `${name}.png`), now);
  return differs(share, `${name}: ${percent} differ; see .bench/pictures/${name}.png`);
}

const differs = (share: number, words: string): Difference => ({ share, isSame: false, words });

/** The screen once two pictures in a row are the same: parts come one task after the other. */
async function whenStill(page: Page): Promise<Buffer> {
  await page.mouse.move(0, 0);
  let last = await page.screenshot({ animations: 'disabled' });
  for (let tries = 0; tries < 40; tries++) {
    await page.waitForTimeout(250);
    const next = await page.screenshot({ animations: 'disabled' });
    if (next.equals(last)) return next;
    last = next;
  }
  return last;
}

/** The mean luminance of squares of `square` pixels of a PNG; the browser itself unpacks it. */
const luminanceOf = (page: Page, png: Buffer, square: number): Promise<Luminance> =>
  page.evaluate(
    async ([base64, size]) => {
      const image = new Image();
      image.src = `data:image/png;base64,${base64}`;
      await image.decode();
      const canvas = new OffscreenCanvas(image.width, image.height);
      const context = canvas.getContext('2d')!;
      context.drawImage(image, 0, 0);
      const { data } = context.getImageData(0, 0, image.width, image.height);
      const width = Math.ceil(image.width / size);
      const height = Math.ceil(image.height / size);
      const sums = new Array<number>(width * height).fill(0);
      const counts = new Array<number>(width * height).fill(0);
      for (let at = 0; at < data.length; at += 4) {
        const x = (at / 4) % image.width;
        const y = Math.floor(at / 4 / image.width);
        const i = Math.floor(y / size) * width + Math.floor(x / size);
        sums[i] += 0.2126 * data[at] + 0.7152 * data[at + 1] + 0.0722 * data[at + 2];
        counts[i]++;
      }
      return { width, height, values: sums.map((sum, i) => sum / counts[i]) };
    },
    [png.toString('base64'), square] as const,
  );

async function write(page: Page, path: string, luminance: Luminance): Promise<void> {
  const base64 = await page.evaluate(({ width, height, values }) => {
    const canvas = document.createElement('canvas');
    canvas.width = width;
    canvas.height = height;
    const grey = values.flatMap((value) => [value, value, value, 255]);
    const image = new ImageData(Uint8ClampedArray.from(grey), width, height);
    canvas.getContext('2d')!.putImageData(image, 0, 0);
    return canvas.toDataURL('image/png').split(',')[1];
  }, luminance);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, Buffer.from(base64, 'base64'));
}

function shareThatDiffers(a: Luminance, b: Luminance): number {
  if (a.width !== b.width || a.height !== b.height) return 1;
  const blurredA = blurred(a);
  const blurredB = blurred(b);
  const differing = blurredA.filter((value, i) => Math.abs(value - blurredB[i]) > FAINT);
  return differing.length / blurredA.length;
}

function blurred({ width, height, values }: Luminance): readonly number[] {
  const rows = meansAlong(values, width, height, 1, width);
  return meansAlong(rows, height, width, width, 1);
}

/** Running means of `count` lines of `length` values; `step` from value to value, `next` from line to line. */
function meansAlong(
  values: readonly number[],
  length: number,
  count: number,
  step: number,
  next: number,
): readonly number[] {
  const means = new Array<number>(values.length).fill(0);
  for (let line = 0; line < count; line++) {
    for (let i = 0; i < length; i++) {
      const from = Math.max(0, i - BLUR);
      const to = Math.min(length - 1, i + BLUR);
      let sum = 0;
      for (let near = from; near <= to; near++) sum += values[line * next + near * step];
      means[line * next + i * step] = sum / (to - from + 1);
    }
  }
  return means;
}
