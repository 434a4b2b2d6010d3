import type { Attachment } from 'svelte/attachments';
import type { LanePalette } from './paintLane';

/** The house's colours as a canvas needs them: resolved for the theme that is on. */
export interface CanvasPalette extends LanePalette {
  readonly css: Readonly<
    Record<'rise' | 'errors' | 'drop' | 'surface' | 'calls' | 'damage' | 'missing' | 'line', string>
  >;
}

const STEPS = 6;

/** Keeps `onpalette` told of the colours in force: at once, and whenever the theme or contrast changes. */
export function watchPalette(onpalette: (palette: CanvasPalette) => void): Attachment<HTMLElement> {
  return (element) => {
    const tell = (): void => onpalette(readPalette(element));
    const queries = ['(prefers-color-scheme: dark)', '(forced-colors: active)'].map((query) =>
      matchMedia(query),
    );
    for (const query of queries) query.addEventListener('change', tell);
    const themes = new MutationObserver(tell);
    themes.observe(document.documentElement, { attributes: true });
    tell();
    return () => {
      themes.disconnect();
      for (const query of queries) query.removeEventListener('change', tell);
    };
  };
}

/** A custom property keeps `light-dark(…)` unresolved; as the colour of an element it is resolved. */
function readPalette(element: HTMLElement): CanvasPalette {
  const probe = document.createElement('span');
  probe.style.forcedColorAdjust = 'none';
  element.append(probe);
  const css = (colour: string): string => {
    probe.style.color = colour;
    return getComputedStyle(probe).color;
  };
  const bytes = byteReader();
  const token = (name: string): number => bytes(css(`var(--${name})`));
  const tone = (_: unknown, i: number): number => {
    const strength = Math.round(45 + (55 * i) / (STEPS - 1));
    return bytes(css(`color-mix(in srgb, var(--calls) ${strength}%, var(--surface))`));
  };
  const palette = {
    ordinary: Uint32Array.from({ length: STEPS }, tone),
    unusual: Uint32Array.of(token('calls'), token('rise'), token('errors'), token('drop')),
    dropBed: bytes(css('color-mix(in srgb, var(--drop) 50%, var(--surface))')),
    missing: token('missing'),
    css: {
      rise: css('var(--rise)'),
      errors: css('var(--errors)'),
      drop: css('var(--drop)'),
      surface: css('var(--surface)'),
      calls: css('var(--calls)'),
      damage: css('var(--damage)'),
      missing: css('var(--line-strong)'),
      line: css('var(--line)'),
    },
  };
  probe.remove();
  return palette;
}

/** Any colour CSS can write, as the four bytes a canvas makes of it. */
function byteReader(): (colour: string) => number {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 1;
  const context = canvas.getContext('2d', { willReadFrequently: true })!;
  return (colour) => {
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
    return new Uint32Array(context.getImageData(0, 0, 1, 1).data.buffer)[0];
  };
}
