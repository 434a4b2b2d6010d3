import { toMinute } from '../../../src/core/activity/minute';
import { Detection } from '../../../src/core/detection/detection';
import { DEFAULT_SETTINGS, type DetectionSettings } from '../../../src/core/insights/settings';
import { practise } from '../../../src/worker/detecting/practice';
import { makeArchive } from '../detection/archive';

const SERIES = 1000;
const DAY = 1440;

const { table, coverage } = makeArchive(SERIES, '30d');
const [{ start }] = coverage;
const detection = new Detection(table, coverage);

/** From which minute of the logs how many are left out. */
const LEFT_OUT: readonly [string, number, number][] = [
  ['two hours', 10 * DAY, 120],
  ['two other hours', 12 * DAY, 120],
  ['a day', 14 * DAY, DAY],
  ['another day', 16 * DAY, DAY],
  ['a week', 18 * DAY, 7 * DAY],
  ['another week', 12 * DAY, 7 * DAY],
  ['two weeks', 10 * DAY, 14 * DAY],
  ['two other weeks', 14 * DAY, 14 * DAY],
];

function timed(name: string, changes: Partial<DetectionSettings>): void {
  const before = performance.now();
  const insights = detection.detect({ ...DEFAULT_SETTINGS, ...changes }).length;
  tell(`${name}: ${(performance.now() - before).toFixed(0)} ms, ${insights} insights`);
}

const tell = (line: string): void => self.postMessage(line);

timed(`${SERIES} series of 30 days, from scratch`, {});
await practise(detection, { coverage, settings: DEFAULT_SETTINGS }, () => false);
for (const [name, from, minutes] of LEFT_OUT) {
  const span = { start: toMinute(start + from), end: toMinute(start + from + minutes), reason: '' };
  timed(`${name} left out`, { excludedSpans: [span] });
}
tell('');
