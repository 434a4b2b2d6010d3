import type { Coverage } from '../../core/activity/coverage';
import { toMinute } from '../../core/activity/minute';
import type { Detection } from '../../core/detection/detection';
import type { DetectionSettings, ExcludedSpan } from '../../core/insights/settings';
import { inTurns } from './turn';

/** Left out for practice, as shares of the logs: of a month some hours, a day, a week, other days. */
const PARTS = [
  [0.3, 0.31],
  [0.5, 0.53],
  [0.6, 0.83],
  [0.13, 0.16],
  [0.93, 0.96],
];
/** The engine compiles most of what leaving out takes within so much of each. */
const ENOUGH_MS = 250;

/** Leaves out time in judged logs, for nothing but that the engine has compiled it once somebody waits for it. */
export async function practise(
  detection: Detection,
  { coverage, settings }: { coverage: readonly Coverage[]; settings: DetectionSettings },
  isOver: () => boolean,
): Promise<void> {
  for (const part of PARTS) {
    const excludedSpans = coverage.map((each) => spanOf(each, part));
    const until = performance.now() + ENOUGH_MS;
    await inTurns(
      detection.under({ ...settings, excludedSpans }).practise(),
      () => isOver() || performance.now() > until,
    );
  }
}

const spanOf = ({ start, end }: Coverage, [from, to]: readonly number[]): ExcludedSpan => ({
  start: toMinute(Math.round(start + from * (end - start))),
  end: toMinute(Math.round(start + to * (end - start))),
  reason: '',
});
