import { callSeriesOf, type SeriesKey } from '../../activity/callSeries';
import { MINUTES_PER_DAY, MINUTES_PER_HOUR, toMinute } from '../../activity/minute';
import type { ExpectedRange } from '../../insights/expectedRange';
import type { Insight } from '../../insights/insight';
import { indexOfMinute, type MinuteSpan } from '../../insights/statistics';
import { scopeOf } from '../shared/spans';
import { sharedExpectedRange, type SharedAnalysis } from '../shared/sharedAnalysis';

/** Everything one graph shows. */
export interface Graph {
  readonly span: MinuteSpan;
  readonly key: SeriesKey;
  /** What the graph is about; null where it is just of a series. */
  readonly insight: Insight | null;
  /** Insights of the same series inside the span, the graph's own among them. */
  readonly windows: readonly Pick<Insight, 'start' | 'end' | 'direction' | 'insightType'>[];
  /** One entry a minute of the span. */
  readonly calls: Uint32Array;
  /** Further series as lines, each with one entry a minute of the span. */
  readonly others: readonly { readonly name: string; readonly calls: Uint32Array }[];
  readonly expected: ExpectedRange;
  /** Stretches of the span without logs. */
  readonly missing: readonly MinuteSpan[];
}

/** From AWS's console: how wide a graph is by how long its insight lasts, in minutes. */
const WIDTHS = [
  [4 * MINUTES_PER_HOUR, 3 * MINUTES_PER_HOUR],
  [12 * MINUTES_PER_HOUR, 12 * MINUTES_PER_HOUR],
  [MINUTES_PER_DAY, MINUTES_PER_DAY],
  [3 * MINUTES_PER_DAY, 3 * MINUTES_PER_DAY],
] as const;

/** The span a graph shows by itself: the insight in its middle, and never less than the whole of it. */
export function graphSpanOf({ start, end }: Insight): MinuteSpan {
  const length = end - start;
  const width = WIDTHS.find(([below]) => length < below)?.[1] ?? 7 * MINUTES_PER_DAY;
  const margin = Math.max(30, Math.ceil((width - length) / 2));
  return { start: toMinute(Math.max(0, start - margin)), end: toMinute(end + margin) };
}

/** The graph of an insight; `span` in minutes, as `graphSpanOf` gives it when left out. */
export function graphOf(
  analysis: SharedAnalysis,
  insight: Insight,
  span: MinuteSpan = graphSpanOf(insight),
): Graph {
  const { key } = insight;
  const series = callSeriesOf(analysis.table, key);
  const calls = new Uint32Array(span.end - span.start);
  const { minute } = series;
  for (let i = indexOfMinute(minute, span.start); i < minute.length && minute[i] < span.end; i++) {
    calls[minute[i] - span.start] = series.calls[i];
  }
  const seriesId = (of: Insight) => JSON.stringify([of.key, of.insightType]);
  return {
    span,
    key,
    insight,
    windows: analysis.insights.filter(
      (other) => seriesId(other) === seriesId(insight) && meets(other, span),
    ),
    calls,
    others: [],
    expected: sharedExpectedRange(analysis, key, span.start, span.end),
    missing: missingIn(analysis, insight, span),
  };
}

const meets = (a: MinuteSpan, b: MinuteSpan): boolean => a.start < b.end && b.start < a.end;

function missingIn({ coverage }: SharedAnalysis, { key }: Insight, span: MinuteSpan): MinuteSpan[] {
  const covering = coverage.find((each) => scopeOf(each) === scopeOf(key));
  if (covering === undefined) return [span];
  const edges = [span.start, covering.start, ...covering.gaps, covering.end, span.end];
  const missing: MinuteSpan[] = [];
  for (let i = 0; i < edges.length; i += 2) {
    const start = toMinute(Math.max(edges[i], span.start));
    const end = toMinute(Math.min(edges[i + 1], span.end));
    if (start < end) missing.push({ start, end });
  }
  return missing;
}
