import type { Coverage } from '../../activity/coverage';
import type { Insight } from '../../insights/insight';
import type { MinuteSpan } from '../../insights/statistics';

/** One account and Region, as a key. */
export const scopeOf = (of: { recipientAccountId: string; awsRegion: string }): string =>
  JSON.stringify([of.recipientAccountId, of.awsRegion]);

/** The spans of all insights of an account and Region, ascending and disjoint. */
export function spansByScope(
  insights: readonly Insight[],
  spanOf: (insight: Insight) => MinuteSpan,
): Map<string, MinuteSpan[]> {
  const spans = new Map<string, MinuteSpan[]>();
  for (const insight of insights.toSorted((a, b) => spanOf(a).start - spanOf(b).start)) {
    const scope = scopeOf(insight.key);
    const joined = spans.get(scope) ?? [];
    const span = spanOf(insight);
    const last = joined.at(-1);
    if (last === undefined || last.end < span.start) joined.push(span);
    else if (last.end < span.end) joined[joined.length - 1] = { start: last.start, end: span.end };
    spans.set(scope, joined);
  }
  return spans;
}

export const isIn = (spans: readonly MinuteSpan[], minute: number): boolean =>
  spans.some(({ start, end }) => start <= minute && minute < end);

/** Coverage in which everything outside the spans counts as missing logs. */
export function withGapsOutside(coverage: Coverage, spans: readonly MinuteSpan[]): Coverage {
  const { start, end, gaps } = coverage;
  const missing: [number, number][] = [];
  for (let i = 0; i < gaps.length; i += 2) missing.push([gaps[i], gaps[i + 1]]);
  let from: number = start;
  for (const span of spans) {
    missing.push([from, span.start]);
    from = span.end;
  }
  missing.push([from, end]);
  return { ...coverage, gaps: joinedGaps(missing, start, end) };
}

function joinedGaps(missing: [number, number][], start: number, end: number): Uint32Array {
  const edges: number[] = [];
  const within = missing
    .map(([from, to]) => [Math.max(from, start), Math.min(to, end)])
    .filter(([from, to]) => from < to)
    .sort((a, b) => a[0] - b[0]);
  for (const [from, to] of within) {
    const last = edges.length - 1;
    if (last > 0 && from <= edges[last]) edges[last] = Math.max(edges[last], to);
    else edges.push(from, to);
  }
  return Uint32Array.from(edges);
}
