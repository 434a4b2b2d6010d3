import type { CallSeries } from '../../core/activity/callSeries';
import { indexOfMinute } from '../../core/insights/statistics';

/** Each level holds the maximum of this many entries of the level below. */
const FAN_OUT_BITS = 3;
const FAN_OUT_MASK = (1 << FAN_OUT_BITS) - 1;

/** The calls of a series and, level by level, the maxima of eight neighbours each: the peak of any run in a few steps. */
export type MaxPyramid = readonly Uint32Array[];

export function maxPyramidOf(calls: Uint32Array): MaxPyramid {
  const levels = [calls];
  for (let below = calls; below.length > 1 << FAN_OUT_BITS;) {
    const level = new Uint32Array(Math.ceil(below.length / (1 << FAN_OUT_BITS)));
    for (let i = 0; i < below.length; i++) {
      const block = i >> FAN_OUT_BITS;
      if (below[i] > level[block]) level[block] = below[i];
    }
    levels.push((below = level));
  }
  return levels;
}

/** The largest entry of [from, to); 0 when there is none. */
export function maximumIn(pyramid: MaxPyramid, from: number, to: number): number {
  let maximum = 0;
  for (let depth = 0; from < to; depth++) {
    const level = pyramid[depth];
    const top = depth === pyramid.length - 1;
    while (from < to && (top || (from & FAN_OUT_MASK) !== 0)) {
      if (level[from] > maximum) maximum = level[from];
      from++;
    }
    while (from < to && (to & FAN_OUT_MASK) !== 0) {
      to--;
      if (level[to] > maximum) maximum = level[to];
    }
    from >>= FAN_OUT_BITS;
    to >>= FAN_OUT_BITS;
  }
  return maximum;
}

/** Calls in exactly that minute. */
export function callsAt(series: CallSeries, minute: number): number {
  const index = indexOfMinute(series.minute, minute);
  return series.minute[index] === minute ? series.calls[index] : 0;
}
