import type { CallSeries } from '../activity/callSeries';
import type { Coverage } from '../activity/coverage';
import { indexOfMinute } from './statistics';
import { isOn, type DetectionSettings, type ExcludedSpan } from './settings';

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

/** Whether [start, end) meets a span; `edges` as `edgesOf` gives them. */
export function meetsSpan(edges: Uint32Array, start: number, end: number): boolean {
  for (let i = 0; i < edges.length; i += 2) if (edges[i] < end && start < edges[i + 1]) return true;
  return false;
}

/** Coverage in which excluded spans are missing logs: in no average, and no silence. */
export function withoutSpans(coverage: Coverage, spans: readonly ExcludedSpan[]): Coverage {
  const edges = edgesOf(spans);
  if (edges.length === 0) return coverage;
  const gaps: [number, number][] = [];
  for (let i = 0; i < coverage.gaps.length; i += 2) {
    gaps.push([coverage.gaps[i], coverage.gaps[i + 1]]);
  }
  for (let i = 0; i < edges.length; i += 2) {
    const from = Math.max(edges[i], coverage.start);
    const to = Math.min(edges[i + 1], coverage.end);
    if (from < to) gaps.push([from, to]);
  }
  return { ...coverage, gaps: Uint32Array.from(joined(gaps).flat()) };
}

/** Settings that leave no time out: what is left out of a series by time is decided series by series. */
export const allMinutes = <Settings extends Pick<DetectionSettings, 'excludedSpans'>>(
  settings: Settings,
): Settings => ({ ...settings, excludedSpans: [] });

/** A series without its calls in excluded spans: itself where it has none there. */
export function seriesWithout(series: CallSeries, edges: Uint32Array): CallSeries {
  const { key, minute, calls } = series;
  const at = Array.from(edges, (edge) => indexOfMinute(minute, edge));
  const ends = [0, ...at, minute.length];
  const left = at.reduce((count, index, i) => count + (i % 2 === 0 ? -index : index), 0);
  if (left === 0) return series;
  const without = (column: Uint32Array): Uint32Array => {
    const kept = new Uint32Array(column.length - left);
    for (let i = 0, length = 0; i < ends.length; i += 2) {
      const run = column.subarray(ends[i], ends[i + 1]);
      kept.set(run, length);
      length += run.length;
    }
    return kept;
  };
  return { key, minute: without(minute), calls: without(calls) };
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
