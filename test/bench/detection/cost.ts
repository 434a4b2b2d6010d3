import { detect } from './adapter';
import { makeSeries } from './generator';

/** CPU milliseconds per million minutes of 90-day series, beside the usual rule in the same process. */
export interface Cost {
  readonly traffic: 'dense' | 'rare';
  readonly detector: number;
  readonly awsLike: number;
}

const SERIES = 6;

export function measureCost(): Cost[] {
  return (['dense', 'rare'] as const).map((traffic) => {
    const all = Array.from({ length: SERIES }, (_, i) =>
      makeSeries(traffic, '90d', `cost|${i}`, []),
    );
    const minutes = all.reduce((sum, { counts }) => sum + counts.length, 0);
    const perMillion = (judge: (one: (typeof all)[number]) => unknown): number => {
      // Compiling takes as long again; among the thousands of series of an archive it is nothing.
      all.forEach(judge);
      const before = process.cpuUsage();
      all.forEach(judge);
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1000 / (minutes / 1e6);
    };
    return {
      traffic,
      detector: perMillion(({ counts, start }) => detect(counts, { t0: start })),
      awsLike: perMillion(({ counts }) => awsLikeRule(counts)),
    };
  });
}

const WEEK = 10080;

/** Minutes at least four standard deviations above the mean of the seven days before them, three calls at least. */
export function awsLikeRule(counts: Float64Array): number[] {
  const alarms: number[] = [];
  let sum = 0;
  let squares = 0;
  for (let minute = 0; minute < counts.length; minute++) {
    const days = Math.min(minute, WEEK);
    const mean = sum / Math.max(1, days);
    const deviation = Math.sqrt(Math.max(0, squares / Math.max(1, days) - mean * mean));
    if (counts[minute] >= 3 && counts[minute] > mean + 4 * deviation) alarms.push(minute);
    const leaving = minute >= WEEK ? counts[minute - WEEK] : 0;
    sum += counts[minute] - leaving;
    squares += counts[minute] * counts[minute] - leaving * leaving;
  }
  return alarms;
}
