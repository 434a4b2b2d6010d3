import { scaleLinear } from 'd3';
import type { CallSeries } from '../../core/activity/callSeries';
import type { Coverage } from '../../core/activity/coverage';
import type { ExcludedSpan } from '../../core/insights/settings';
import type { Insight } from '../../core/insights/insight';
import type { ListedInsight } from '../../core/insights/listedInsights';
import { recordedEnd } from '../../core/insights/recordedInsights';
import { formatCount, insightMark, type TimeZone } from '../format';
import { isMissing, missingIn, overlaps, within } from './bands';
import { columnsOf, peakOf, skylinePath, type Columns } from './columns';
import { covers, expectedAt, expectedColumnsOf, type Expected } from './expected';
import { callsAt, indexAtOrAfter, maxPyramidOf } from './maxPyramid';
import {
  clampSpan,
  defaultSpanLength,
  lengthOf,
  panSpan,
  spanAround,
  zoomSpan,
  type Span,
} from './span';
import { placeTicks, timeTicksOf } from './timeTicks';
import { valueAxisOf } from './valueTicks';

/** What the graph is about; read anew whenever something depends on it. */
export interface GraphInputs {
  readonly series: CallSeries;
  /** All calls of the API behind a series of errors; null where they are not known or the same. */
  readonly allCalls: CallSeries | null;
  readonly insights: readonly ListedInsight[];
  readonly selected: Insight | null;
  readonly coverage: Coverage | undefined;
  readonly timeZone: TimeZone;
  readonly leftOut: readonly ExcludedSpan[];
  /** A span somebody asked about; the graph need not show just that. */
  readonly drawn: Span | null;
}

/** What stands in the minute under the cursor. */
export interface Readout {
  readonly minute: number;
  readonly missing: boolean;
  readonly leftOut: boolean;
  readonly calls: number;
  /** Null where not known (yet). */
  readonly expected: number | null;
  readonly limit: number | null;
  /** Minutes in the column whose peak this is; 1 at close range. */
  readonly peakOfMinutes: number;
  readonly insight: Insight | null;
}

const MARGIN = { top: 22, right: 10, bottom: 34, left: 44 };
/** From this width on minutes stand apart as bars. */
const BAR_PIXELS = 5;
const WEEK = 7 * 1440;

/** Everything about the graph that is not markup: span, cursor, scales, and what is to be drawn where. */
export class GraphState {
  readonly #inputs: () => GraphInputs;
  width = $state(0);
  height = $state(0);
  /** Column minute under the pointer or moved by keyboard; null: the readout stands at the insight's peak. */
  cursor = $state<number | null>(null);
  drawing = $state<Span | null>(null);
  expected = $state.raw<Expected | null>(null);
  #chosen = $state.raw<Span | null>(null);

  constructor(inputs: () => GraphInputs) {
    this.#inputs = inputs;
  }

  readonly #pyramid = $derived.by(() => maxPyramidOf(this.#inputs().series.calls));

  /** First to last minute that the logs, or at least the series and the insight, reach. */
  readonly logs: Span = $derived.by(() => {
    const { coverage, series, selected } = this.#inputs();
    if (coverage !== undefined && coverage.start < coverage.end)
      return { from: coverage.start, to: coverage.end };
    const first = series.minute[0] ?? selected?.start ?? 0;
    const last = series.minute.at(-1) ?? selected?.end ?? 0;
    return { from: first, to: last + 1 };
  });

  readonly home: Span = $derived.by(() => {
    const { selected } = this.#inputs();
    if (selected === null) return this.#clamp(this.logs);
    const length = defaultSpanLength(selected.end - selected.start);
    return this.#clamp(spanAround(selected.start, selected.end, length));
  });

  readonly span: Span = $derived(this.#chosen ?? this.home);
  readonly isHome = $derived(this.#chosen === null);

  #clamp(span: Span): Span {
    return clampSpan(span, this.logs, Math.max(lengthOf(this.logs) * 1.1, WEEK));
  }

  show(span: Span): void {
    this.#chosen = this.#clamp(span);
    this.cursor = null;
  }

  /** `minutes` around the selected insight, or around the middle of the view when that is elsewhere. */
  showLength(minutes: number): void {
    const { selected } = this.#inputs();
    const inView = selected !== null && overlaps(selected, this.span);
    const [start, end] = inView
      ? [selected.start, selected.end]
      : [this.span.from, this.span.from + lengthOf(this.span)];
    const middle = (start + end) / 2;
    this.show(spanAround(middle, middle, minutes));
  }

  reset(): void {
    this.#chosen = null;
    this.cursor = null;
  }

  pan(share: number): void {
    this.show(panSpan(this.span, lengthOf(this.span) * share));
  }

  zoom(factor: number): void {
    this.show(zoomSpan(this.span, factor, this.readout.minute + 0.5));
  }

  readonly plot = $derived.by(() => {
    const labels = formatCount(this.valueAxis.top).length * 7 + 12;
    const left = Math.max(MARGIN.left, labels);
    return {
      left,
      top: MARGIN.top,
      width: Math.max(1, this.width - left - MARGIN.right),
      height: Math.max(1, this.height - MARGIN.top - MARGIN.bottom),
    };
  });

  /** Columns only depend on about how wide the plot is, the plot's left edge on their peak. */
  readonly columns: Columns = $derived.by(() => {
    const pixels = Math.max(1, this.width - MARGIN.left - MARGIN.right);
    return columnsOf(this.#inputs().series, this.#pyramid, this.span, pixels);
  });

  readonly allCallsColumns: Columns | null = $derived.by(() => {
    const { allCalls } = this.#inputs();
    if (allCalls === null) return null;
    const pixels = Math.max(1, this.width - MARGIN.left - MARGIN.right);
    return columnsOf(allCalls, maxPyramidOf(allCalls.calls), this.span, pixels);
  });

  readonly peak = $derived(peakOf(this.columns));

  readonly valueAxis = $derived.by(() => {
    const all = this.allCallsColumns ? Math.min(peakOf(this.allCallsColumns), this.peak * 3) : 0;
    const limit = Math.max(0, ...this.expectedColumns.map(({ normal }) => normal?.upper ?? 0));
    const pixels = this.height - MARGIN.top - MARGIN.bottom;
    return valueAxisOf(Math.max(this.peak, all), this.baseline ?? 0, limit, pixels);
  });

  readonly x = $derived(
    scaleLinear().domain([this.span.from, this.span.to]).range([0, this.plot.width]),
  );
  readonly y = $derived(
    scaleLinear().domain([0, this.valueAxis.top]).range([this.plot.height, 0]).clamp(true),
  );

  readonly timeTicks = $derived.by(() =>
    placeTicks(
      timeTicksOf(this.span, this.plot.width, this.#inputs().timeZone),
      this.x,
      this.plot.width,
    ),
  );

  /** Calls per minute over the week before the selected insight. */
  readonly baseline = $derived.by(
    () => this.#inputs().selected?.statistics.baseline.average ?? null,
  );

  readonly expectedColumns = $derived(
    this.expected === null ? [] : expectedColumnsOf(this.expected, this.columns),
  );

  readonly expectedKnown = $derived(
    this.expected !== null && covers(this.expected, this.span, this.logs),
  );

  readonly missing = $derived.by(() =>
    missingIn(this.span, this.#inputs().coverage).map((part) => this.#box(part)),
  );

  readonly #leftOut = $derived.by(() => this.#inputs().leftOut.filter(({ off }) => !off));
  readonly leftOut = $derived(
    this.#leftOut
      .filter((span) => overlaps(span, this.span))
      .map(({ start, end }) => this.#box({ from: start, to: end })),
  );
  readonly drawn = $derived.by(() => {
    const { drawn } = this.#inputs();
    const inView = drawn && overlaps({ start: drawn.from, end: drawn.to }, this.span);
    return inView ? this.#box(drawn) : null;
  });

  readonly incomplete = $derived.by(() => {
    const { coverage } = this.#inputs();
    if (coverage === undefined) return null;
    const from = Math.max(coverage.incompleteFrom, this.span.from);
    const to = Math.min(coverage.end, this.span.to);
    return from < to ? this.#box({ from, to }) : null;
  });

  /** Where AWS's own records see an insight, in view. */
  readonly recorded = $derived.by(() =>
    this.#inputs()
      .insights.flatMap(({ found }) => (found && found.by !== 'Trailglass' ? [found.recorded] : []))
      .map((recorded) => ({ start: recorded.start, end: recordedEnd(recorded) }))
      .filter((window) => overlaps(window, this.span))
      .map(({ start, end }) => this.#atLeast(3, this.#box({ from: start, to: end }))),
  );

  /** Insights in view, the selected one last so that it lies on top. */
  readonly bands = $derived.by(() => {
    const { insights, selected } = this.#inputs();
    return insights
      .filter((insight) => overlaps(insight, this.span))
      .map((insight) => ({
        insight,
        mark: insightMark(insight),
        selected: insight.sharedEventID === selected?.sharedEventID,
        ...this.#atLeast(3, this.#box({ from: insight.start, to: insight.end })),
      }))
      .sort((a, b) => Number(a.selected) - Number(b.selected));
  });

  #box(part: Span): { left: number; width: number } {
    const left = this.x(Math.max(part.from, this.span.from));
    return { left, width: this.x(Math.min(part.to, this.span.to)) - left };
  }

  #atLeast(width: number, box: { left: number; width: number }): { left: number; width: number } {
    const missing = Math.max(0, width - box.width);
    return { left: box.left - missing / 2, width: box.width + missing };
  }

  readonly barGap = $derived.by(() => {
    const pixelsPerColumn = (this.plot.width / lengthOf(this.span)) * this.columns.minutesPerColumn;
    return pixelsPerColumn >= BAR_PIXELS ? Math.min(2, pixelsPerColumn / 8) : 0;
  });

  /** The calls as paths: each column's peak softly, up to its quietest minute in full; and once more inside insights. */
  readonly paths = $derived.by(() => {
    const { columns, x, y, barGap } = this;
    const sharp = (minute: number): number => Math.round(x(minute));
    const path = (values: Uint32Array): string => skylinePath(columns, values, sharp, y, barGap);
    const inside = (kind: string): Insight[] =>
      this.bands.filter(({ mark }) => mark.kind === kind).map(({ insight }) => insight);
    return {
      peaks: path(columns.maximum),
      floor: path(columns.minimum),
      rise: path(within(columns, columns.maximum, inside('rise'))),
      errors: path(within(columns, columns.maximum, inside('errors'))),
    };
  });

  readonly allCallsPath = $derived(
    this.allCallsColumns === null
      ? null
      : skylinePath(this.allCallsColumns, this.allCallsColumns.maximum, this.x, this.y, 0),
  );

  readonly readout: Readout = $derived.by(() => {
    const { series, selected, coverage } = this.#inputs();
    const explained = selected?.explanation.peakMinute ?? (this.span.from + this.span.to) / 2;
    const pointed = this.cursor ?? explained;
    const minute =
      this.cursor === null && selected !== null ? explained : this.#peakMinute(pointed);
    const normal = expectedAt(this.expected, minute);
    return {
      minute,
      missing: isMissing(minute, coverage),
      leftOut: this.#leftOut.some((span) => overlaps(span, { from: minute, to: minute + 1 })),
      calls: callsAt(series, minute),
      expected: normal?.level ?? null,
      limit: normal?.upper ?? null,
      peakOfMinutes: this.columns.minutesPerColumn,
      insight: this.insightAt(pointed),
    };
  });

  /** The busiest minute of the column that holds `minute`: what the column shows. */
  #peakMinute(minute: number): number {
    const { series } = this.#inputs();
    const { from, minutesPerColumn } = this.columns;
    const start = from + Math.floor((minute - from) / minutesPerColumn) * minutesPerColumn;
    let best = Math.floor(minute);
    let calls = 0;
    const first = indexAtOrAfter(series.minute, start);
    for (let i = first; series.minute[i] < start + minutesPerColumn; i++) {
      if (series.calls[i] > calls) [best, calls] = [series.minute[i], series.calls[i]];
    }
    return best;
  }

  /** The insight whose band (at least a few pixels wide) holds `minute`; the selected one wins. */
  insightAt(minute: number): Insight | null {
    const x = this.x(minute);
    const hit = this.bands.findLast(({ left, width }) => x >= left - 2 && x <= left + width + 2);
    return hit?.insight ?? null;
  }

  /** Moves the cursor by whole columns; at the edge the view follows. */
  moveCursor(columns: number): void {
    const step = columns * this.columns.minutesPerColumn;
    const minute = Math.floor((this.cursor ?? this.readout.minute) + step);
    const { from, to } = this.span;
    if (minute < from) this.show(panSpan(this.span, minute - from));
    else if (minute >= to) this.show(panSpan(this.span, minute + 1 - to));
    this.cursor = minute;
  }
}
