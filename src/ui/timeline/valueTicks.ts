import { scaleLinear } from 'd3';

export interface ValueAxis {
  readonly top: number;
  readonly ticks: readonly number[];
}

/**
 * A y axis from 0 to a round number that holds the peak and the baseline, and the limit too as long as this does not
 * press the calls below half of the height. Calls are whole numbers, so no tick lies between two of them.
 */
export function valueAxisOf(
  peak: number,
  baseline: number,
  limit: number,
  pixels: number,
): ValueAxis {
  const shown = Math.max(peak, baseline, 1);
  const highest = Math.max(shown * 1.05, Math.min(limit * 1.05, shown * 2), 2);
  const count = Math.max(2, Math.floor(pixels / 56));
  const scale = scaleLinear().domain([0, highest]).nice(count);
  return { top: scale.domain()[1], ticks: scale.ticks(count).filter(Number.isInteger) };
}
