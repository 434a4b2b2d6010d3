import { windowsIn } from './adapter';
import { makeSeries } from './generator';

const SERIES = 24;
const LENGTHS = ['30d', '90d'] as const;
/** A step is told within so many minutes of it. */
const NEAR_MINUTES = 14 * 60;

/** How many levels that rise at least twofold or fall to half for good there are in a split, and how many are told as such. */
export function measureSteps(split: string): { steps: number; found: number } {
  let steps = 0;
  let found = 0;
  for (const length of LENGTHS) {
    for (let i = 0; i < SERIES; i++) {
      const { counts, start, labels, traffic } = makeSeries(
        'deploy',
        length,
        `${split}|st${i}`,
        [],
      );
      const step = labels.find(({ type }) => type === 'step');
      if (step === undefined || traffic.kind !== 'rate') continue;
      if (traffic.step < 2 && traffic.step > 0.5) continue;
      steps++;
      const isTold = windowsIn(counts, { t0: start }).some(
        (window) =>
          window.explanation.rule === 'lasting change' &&
          window.severity >= 3 &&
          Math.abs(window.start - start - step.from) <= NEAR_MINUTES,
      );
      if (isTold) found++;
    }
  }
  return { steps, found };
}
