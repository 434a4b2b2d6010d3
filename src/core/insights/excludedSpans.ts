import type { Coverage } from '../activity/coverage';
import { isOn, type ExcludedSpan } from './settings';

/** Start and end of each span that is on, joined where they overlap, ascending. */
export const edgesOf = (spans: readonly ExcludedSpan[]): Uint32Array =>
  Uint32Array.from(
    joined(
      spans
        .filter(isOn)
        .filter(({ start, end }) => start < end)
        .map(({ start, end }) => [start, end]),
    ).flat(),
  );

/** Coverage in which excluded spans are missing logs: in no average, and no silence. */
export function withoutSpans(coverage: Coverage, spans: readonly ExcludedSpan[]): Coverage {
  const on = spans.filter(isOn);
  if (on.length === 0) return coverage;
  const gaps: [number, number][] = [];
  for (let i = 0; i < coverage.gaps.length; i += 2) {
    gaps.push([coverage.gaps[i], coverage.gaps[i + 1]]);
  }
  for (const { start, end } of on) {
    const from = Math.max(start, coverage.start);
    const to = Math.min(end, coverage.end);
    if (from < to) gaps.push([from, to]);
  }
  return { ...coverage, gaps: Uint32Array.from(joined(gaps).flat()) };
}

/** Overlapping and touching spans made one, ascending. */
function joined(spans: [number, number][]): [number, number][] {
  const result: [number, number][] = [];
  for (const [from, to] of spans.sort((a, b) => a[0] - b[0])) {
    const last = result.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else result.push([from, to]);
  }
  return result;
}
