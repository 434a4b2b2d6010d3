import type { Coverage } from '../../core/activity/coverage';
import type { Columns } from './columns';
import type { Span } from './span';

/** Stretches without logs inside `view`: before and after the logs, and every gap in them. */
export function missingIn(view: Span, coverage: Coverage | undefined): Span[] {
  if (coverage === undefined) return [];
  const missing: Span[] = [{ from: -Infinity, to: coverage.start }];
  for (let i = 0; i < coverage.gaps.length; i += 2)
    missing.push({ from: coverage.gaps[i], to: coverage.gaps[i + 1] });
  missing.push({ from: coverage.end, to: Infinity });
  return missing
    .map(({ from, to }) => ({ from: Math.max(from, view.from), to: Math.min(to, view.to) }))
    .filter(({ from, to }) => from < to);
}

/** The last minutes of the logs, of which not all files may be there. */
export const incompleteIn = (coverage: Coverage | undefined): Span[] =>
  coverage === undefined ? [] : [{ from: coverage.incompleteFrom, to: coverage.end }];

export const isMissing = (minute: number, coverage: Coverage | undefined): boolean =>
  missingIn({ from: minute, to: minute + 1 }, coverage).length > 0;

interface Window {
  readonly start: number;
  readonly end: number;
}

export const overlaps = (window: Window, view: Span): boolean =>
  window.start < view.to && window.end > view.from;

/** The values of the columns that hold a minute of one of the windows; 0 everywhere else. */
export function within(
  columns: Columns,
  values: Uint32Array,
  windows: readonly Window[],
): Uint32Array {
  const kept = new Uint32Array(values.length);
  for (const { start, end } of windows) {
    const first = Math.floor((start - columns.from) / columns.minutesPerColumn);
    const last = Math.ceil((end - columns.from) / columns.minutesPerColumn);
    const from = Math.max(0, first);
    const to = Math.min(last, values.length);
    if (from < to) kept.set(values.subarray(from, to), from);
  }
  return kept;
}
