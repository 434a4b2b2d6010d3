import type { CallSeries } from '../../core/activity/callSeries';
import type { ExpectedRange } from '../../core/insights/expectedRange';
import type { Graph } from '../../core/export/report/graph';
import { toMinute } from '../../core/activity/minute';
import { missingIn, overlaps } from './bands';
import type { Expected } from './expected';
import type { GraphInputs } from './graphState.svelte';
import { indexOfMinute } from '../../core/insights/statistics';
import { wholeMinutes, type Span, type WholeMinutes } from './span';
import { seriesWords } from './words';

export type GraphPicture = Graph;

/** What stands on the screen, for the one who draws graphs as files. */
export function pictureOf(
  { series, others, insights, selected, coverage }: GraphInputs,
  view: Span,
  expected: Expected | null,
): GraphPicture {
  const span = wholeMinutes(view);
  return {
    span: { start: span.from, end: span.to },
    key: series.key,
    insight: selected && overlaps(selected, view) ? selected : null,
    windows: insights.filter((insight) => overlaps(insight, view)),
    calls: callsIn(series, span),
    others: others.map((other) => ({ name: seriesWords(other.key), calls: callsIn(other, span) })),
    expected: expectedIn(expected, span),
    missing: missingIn(span, coverage).map(({ from, to }) => ({
      start: toMinute(from),
      end: toMinute(to),
    })),
  };
}

function callsIn({ minute, calls }: CallSeries, { from, to }: WholeMinutes): Uint32Array {
  const all = new Uint32Array(to - from);
  for (let i = indexOfMinute(minute, from); minute[i] < to; i++) all[minute[i] - from] = calls[i];
  return all;
}

function expectedIn(expected: Expected | null, { from, to }: WholeMinutes): ExpectedRange {
  const level = new Float64Array(to - from);
  const upper = new Float64Array(to - from).fill(Infinity);
  for (let i = 0; expected !== null && i < level.length; i++) {
    const at = from + i - expected.from;
    level[i] = expected.level[at] ?? 0;
    upper[i] = expected.upper[at] ?? Infinity;
  }
  return { level, upper };
}
