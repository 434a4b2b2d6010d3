import type { CallSeries } from '../../../src/core/activity/callSeries';
import type { Coverage } from '../../../src/core/activity/coverage';
import { parseMinute, toMinute, type Minute } from '../../../src/core/activity/minute';

export const START = parseMinute('2024-01-15T00:00:00Z')!;

const KEY = {
  recipientAccountId: '123456789012',
  awsRegion: 'us-east-1',
  eventSource: 'ssm.amazonaws.com',
  eventName: 'UpdateInstanceInformation',
};

/** A call series from its counts per minute. */
export function seriesOf(counts: ArrayLike<number>, start: Minute = START): CallSeries {
  const active = Array.from({ length: counts.length }, (_, i) => i).filter((i) => counts[i] > 0);
  return {
    key: KEY,
    minute: Uint32Array.from(active, (i) => start + i),
    calls: Uint32Array.from(active, (i) => counts[i]),
  };
}

/** Complete logs of `minutes` minutes, but for `gaps` (pairs of minutes from the start). */
export function coverageFor(
  minutes: number,
  gaps: readonly number[] = [],
  start: Minute = START,
): Coverage {
  const end = toMinute(start + minutes);
  return {
    recipientAccountId: KEY.recipientAccountId,
    awsRegion: KEY.awsRegion,
    start,
    end,
    gaps: Uint32Array.from(gaps, (minute) => start + minute),
    incompleteFrom: end,
    silenceMeansSilence: true,
  };
}
