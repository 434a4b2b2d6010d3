import { detect, type Detected } from './adapter';
import { seededRandom, type Random } from '../../support/random';

/**
 * What AWS documents of its own Insights, as series: seven days up to the insight with exactly the documented number of
 * baseline calls, the calls of the insight, and the rest of the day. Sources: the CloudTrail user guide of 2019–2024
 * ("Logging Insights events", "CloudTrail Insights insightDetails element", "Viewing Insights events with the CLI").
 */
export interface Anchor {
  readonly name: string;
  /** Calls in the baseline: AWS's average times the minutes of its baseline. */
  readonly baselineCalls: number;
  readonly baselineMinutes: number;
  /** Calls in the minutes of the insight. */
  readonly insight: readonly number[];
}

/** Whole calls from AWS's average: the averages are plain means over the baseline's minutes. */
const callsOf = (average: number, minutes: number): number => Math.round(average * minutes);
const WEEK = 10080;

export const ANCHORS: readonly Anchor[] = [
  anchor('A1', 100.4, WEEK + 13 * 60 + 37, [875]),
  anchor('A2', 85.4202380952, WEEK, [664]),
  anchor('A3 (5 min)', 0.0442, WEEK, [3, 3, 3, 3, 3]),
  anchor('A3 (2 min)', 0.0442, WEEK, [2, 2]),
  anchor('A4', 0.05, WEEK + 11 * 60 + 20, [3]),
  anchor('A5', 0.0017, WEEK, [18]),
  anchor('A6', 0.0000882145, 11336, [1, 0, 1, 0, 1]),
  anchor('A7', 0, 11092, [6]),
];

function anchor(name: string, average: number, baselineMinutes: number, insight: number[]): Anchor {
  return { name, baselineCalls: callsOf(average, baselineMinutes), baselineMinutes, insight };
}

const MINUTES_AFTER = 8 * 60;
/** 2024-12-04T00:00Z: the start of A7's baseline. */
const START = Date.UTC(2024, 11, 4) / 60_000;

export interface AnchorResult {
  readonly name: string;
  readonly expected: { readonly s: number; readonly e: number };
  /** The window over the insight; null when nothing is found there. */
  readonly found: Detected | null;
  /** Windows elsewhere in the series. */
  readonly elsewhere: readonly Detected[];
}

export function judgeAnchor({
  name,
  baselineCalls,
  baselineMinutes,
  insight,
}: Anchor): AnchorResult {
  const random = seededRandom(`anchor|${name}`);
  const counts = new Float64Array(baselineMinutes + insight.length + MINUTES_AFTER);
  scatter(counts, 0, baselineMinutes, baselineCalls, random);
  insight.forEach((calls, i) => (counts[baselineMinutes + i] = calls));
  const after = Math.round((baselineCalls / baselineMinutes) * MINUTES_AFTER);
  scatter(counts, baselineMinutes + insight.length, counts.length, after, random);
  const expected = { s: baselineMinutes, e: baselineMinutes + insight.length };
  const windows = detect(counts, { t0: START, mask: null, kind: 'call' });
  const over = windows.filter(({ s, e }) => s < expected.e && e > expected.s);
  return {
    name,
    expected,
    found: over[0] ?? null,
    elsewhere: windows.filter((one) => !over.includes(one)),
  };
}

/** `calls` single calls at random minutes of [from, to). */
function scatter(
  counts: Float64Array,
  from: number,
  to: number,
  calls: number,
  random: Random,
): void {
  for (let i = 0; i < calls; i++) counts[random.integer(from, to - 1)]++;
}
