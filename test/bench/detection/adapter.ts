import type { CallSeries } from '../../../src/core/activity/callSeries';
import type { Coverage } from '../../../src/core/activity/coverage';
import { toMinute } from '../../../src/core/activity/minute';
import { findInsightWindows } from '../../../src/core/insights/findInsightWindows';
import type { InsightWindow } from '../../../src/core/insights/insight';
import { DEFAULT_SETTINGS } from '../../../src/core/insights/settings';

export interface DetectOptions {
  /** Minute of the first count, since the epoch, UTC. */
  readonly t0: number;
  /** 1 where logs cover the minute, 0 where they are missing; null: all covered. */
  readonly mask?: ArrayLike<number> | null;
  readonly kind?: 'call' | 'error';
}

/** Half-open window in minutes from `t0`; `dir` 1 above, −1 below normal. */
export interface Detected {
  readonly s: number;
  readonly e: number;
  readonly score: number;
  readonly dir: 1 | -1;
}

/** Low enough that a caller can rank and draw the line itself. */
const SETTINGS = { ...DEFAULT_SETTINGS, severity: 1 };

/** Counts per minute through the same detection as the page's, and nothing else. */
export const detect = (counts: Float64Array | Uint32Array, options: DetectOptions): Detected[] =>
  windowsIn(counts, options).map(({ start, end, severity, direction }) => ({
    s: start - options.t0,
    e: end - options.t0,
    score: severity,
    dir: direction === 'above' ? 1 : -1,
  }));

/** The same with what explains each window. */
export const windowsIn = (
  counts: Float64Array | Uint32Array,
  { t0, mask = null, kind = 'call' }: DetectOptions,
): InsightWindow[] =>
  findInsightWindows(seriesOf(counts, t0, kind), coverageOf(counts, t0, mask), SETTINGS);

function seriesOf(counts: ArrayLike<number>, t0: number, kind: 'call' | 'error'): CallSeries {
  const minute = new Uint32Array(counts.length);
  const calls = new Uint32Array(counts.length);
  let active = 0;
  for (let i = 0; i < counts.length; i++) {
    if (!(counts[i] > 0)) continue;
    minute[active] = t0 + i;
    calls[active++] = counts[i];
  }
  const key = { recipientAccountId: '', awsRegion: '', eventSource: '', eventName: '' };
  return {
    key: kind === 'error' ? { ...key, errorCode: 'Error' } : key,
    minute: minute.subarray(0, active),
    calls: calls.subarray(0, active),
  };
}

function coverageOf(
  counts: ArrayLike<number>,
  t0: number,
  mask: ArrayLike<number> | null,
): Coverage {
  const end = toMinute(t0 + counts.length);
  return {
    recipientAccountId: '',
    awsRegion: '',
    start: toMinute(t0),
    end,
    gaps: Uint32Array.from(mask === null ? [] : gapsOf(mask), (i) => t0 + i),
    incompleteFrom: end,
    silenceMeansSilence: true,
  };
}

/** start₀, end₀, start₁, end₁, … of the runs of zeros. */
export function gapsOf(mask: ArrayLike<number>): number[] {
  const edges: number[] = [];
  for (let i = 0; i <= mask.length; i++) {
    const missing = i < mask.length && !mask[i];
    if (missing !== (edges.length % 2 === 1)) edges.push(i);
  }
  return edges;
}
