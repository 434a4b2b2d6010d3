import type { CallSeries, SeriesKey } from '../../../src/core/activity/callSeries';
import type { Coverage } from '../../../src/core/activity/coverage';
import { toMinute } from '../../../src/core/activity/minute';
import type { Insight, InsightRule } from '../../../src/core/insights/insight';
import type { ExpectedRange } from '../../../src/worker/client';

const DAY = 1440;
export const START = Date.UTC(2019, 9, 20) / 60_000;
export const DAYS = 14;
export const END = START + DAYS * DAY;

/** Numbers that look random and are the same every time. */
export function dice(seed: number): () => number {
  let state = Math.imul(seed, 2654435761) >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

export const keyOf = (eventSource: string, eventName: string, errorCode?: string): SeriesKey => ({
  recipientAccountId: '123456789012',
  awsRegion: 'us-east-1',
  eventSource: `${eventSource}.amazonaws.com`,
  eventName,
  ...(errorCode === undefined ? {} : { errorCode }),
});

export function seriesOf(key: SeriesKey, callsIn: (minute: number) => number): CallSeries {
  const minute: number[] = [];
  const calls: number[] = [];
  for (let at = START; at < END; at++) {
    const count = callsIn(at);
    if (count > 0) {
      minute.push(at);
      calls.push(count);
    }
  }
  return { key, minute: Uint32Array.from(minute), calls: Uint32Array.from(calls) };
}

export function insightOf(
  key: SeriesKey,
  start: number,
  end: number,
  peakCalls: number,
  baseline: number,
  rule: InsightRule = 'record',
): Insight {
  const below = rule === 'silence' || rule === 'missed runs' || rule === 'dip';
  const statistics = {
    baseline: { average: baseline },
    insight: { average: peakCalls },
    insightDuration: end - start,
    baselineDuration: 7 * DAY,
  };
  return {
    sharedEventID: `${key.eventName}-${start}`,
    key,
    insightType: key.errorCode === undefined ? 'ApiCallRateInsight' : 'ApiErrorRateInsight',
    start: toMinute(start),
    end: toMinute(end),
    direction: below ? 'below' : 'above',
    severity: 4,
    history: 'usual',
    ongoing: false,
    explanation: {
      rule,
      from: toMinute(start),
      to: toMinute(end),
      observed: peakCalls,
      expected: baseline * (end - start),
      limit: baseline * 2,
      comparedHours: 330,
      peakMinute: toMinute(start),
      peakCalls,
    },
    statistics,
    startStatistics: statistics,
    attributions: [],
    startAttributions: [],
    coveredBaseline: 7 * DAY,
  };
}

export const COVERAGE: Coverage = {
  recipientAccountId: '123456789012',
  awsRegion: 'us-east-1',
  start: toMinute(START),
  end: toMinute(END),
  gaps: Uint32Array.of(START + 5 * DAY + 300, START + 5 * DAY + 900),
  incompleteFrom: toMinute(END - 15),
  silenceMeansSilence: true,
};

export const expectedOf =
  (level: (minute: number) => number) =>
  async (from: number, to: number): Promise<ExpectedRange> => {
    const minutes = Array.from({ length: to - from }, (_, i) => level(from + i));
    return {
      level: Float64Array.from(minutes),
      upper: Float64Array.from(minutes, (value) => value + 6 * Math.sqrt(value) + 20),
    };
  };
