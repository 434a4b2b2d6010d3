import { scaleLinear } from 'd3';
import type { ExcludedSpan } from '../../core/insights/settings';
import type { Insight } from '../../core/insights/insight';
import type { ListedInsight } from '../../core/insights/listedInsights';
import { formatCount, type TimeZone } from '../format';
import { incompleteIn, isMissing, missingIn, overlaps, within } from './bands';
import { Beside, type BesideInputs } from './beside.svelte';
import { Boxes } from './boxes';
import { columnsOf, peakOf, skylinePath, type Columns } from './columns';
import { covers, expectedAt, expectedColumnsOf, type Expected } from './expected';
import { callsAt, maxPyramidOf } from './maxPyramid';
import { peakMinuteOf, type Readout } from './readout';
import { lengthOf, type Span } from './span';
import { placeTicks, timeTicksOf } from './timeTicks';
import { TimeView, type TimeInputs } from './timeView.svelte';
import { valueAxisOf } from './valueTicks';

/** What the graph is about; read anew whenever something depends on it. */
export interface GraphInputs extends TimeInputs, BesideInputs {
  readonly insights: readonly ListedInsight[];
  readonly timeZone: TimeZone;
  readonly leftOut: readonly ExcludedSpan[];
  /** A span somebody asked about; the graph need not show just that. */
  readonly drawn: Span | null;
}

const MARGIN = { top: 22, right: 10, bottom: 34, left: 44 };
/** From this width on minutes stand apart as bars. */
const BAR_PIXELS = 5;
/** What stands beside the series may press it down to this part of the height. */
const BESIDE = 3;

/** Everything about the graph that is not markup: scales, columns, and what is to be drawn where. */
export class GraphState {
  readonly #inputs: () => GraphInputs;
  readonly time: TimeView;
  readonly beside: Beside;
  width = $state(0);
  height = $state(0);
  drawing = $state<Span | null>(null);
  expected = $state.raw<Expected | null>(null);

  constructor(inputs: () => GraphInputs) {
    this.#inputs = inputs;
    this.time = new TimeView(inputs);
    this.beside = new Beside(inputs, this);
  }

  readonly #pyramid = $derived.by(() => maxPyramidOf(this.#inputs().series.calls));
  /** Columns only depend on about how wide the plot is, the plot's left edge on their peak. */
  readonly pixels = $derived(Math.max(1, this.width - MARGIN.left - MARGIN.right));

  readonly columns: Columns = $derived.by(() =>
    columnsOf(this.#inputs().series, this.#pyramid, this.time.span, this.pixels),
  );
  readonly peak = $derived(peakOf(this.columns));

  readonly valueAxis = $derived.by(() => {
    const peak = Math.max(this.peak, Math.min(this.beside.peak, this.peak * BESIDE));
    const limit = Math.max(0, ...this.expectedColumns.map(({ normal }) => normal?.upper ?? 0));
    const pixels = this.height - MARGIN.top - MARGIN.bottom;
    return valueAxisOf(peak, this.baseline ?? 0, limit, pixels);
  });

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

  readonly x = $derived.by(() => {
    const { from, to } = this.time.span;
    return scaleLinear().domain([from, to]).range([0, this.plot.width]);
  });
  readonly y = $derived(
    scaleLinear().domain([0, this.valueAxis.top]).range([this.plot.height, 0]).clamp(true),
  );

  readonly timeTicks = $derived.by(() => {
    const { width } = this.plot;
    return placeTicks(timeTicksOf(this.time.span, width, this.#inputs().timeZone), this.x, width);
  });

  /** Calls per minute over the week before the selected insight. */
  readonly baseline = $derived.by(
    () => this.#inputs().selected?.statistics.baseline.average ?? null,
  );

  readonly expectedColumns = $derived(
    this.expected === null ? [] : expectedColumnsOf(this.expected, this.columns),
  );
  readonly expectedKnown = $derived.by(
    () => this.expected !== null && covers(this.expected, this.time.span, this.time.logs),
  );

  readonly #boxes = $derived.by(() => new Boxes(this.time.span, this.x));
  readonly missing = $derived.by(() =>
    this.#boxes.all(missingIn(this.time.span, this.#inputs().coverage)),
  );
  readonly incomplete = $derived.by(() => this.#boxes.all(incompleteIn(this.#inputs().coverage)));
  readonly #leftOut = $derived.by(() => this.#inputs().leftOut.filter(({ off }) => !off));
  readonly leftOut = $derived(
    this.#boxes.all(this.#leftOut.map(({ start, end }) => ({ from: start, to: end }))),
  );
  readonly drawn = $derived.by(() => {
    const { drawn } = this.#inputs();
    return drawn && this.#boxes.of(drawn);
  });
  readonly recorded = $derived.by(() => this.#boxes.recorded(this.#inputs().insights));
  readonly bands = $derived.by(() => {
    const { insights, selected } = this.#inputs();
    return this.#boxes.bands(insights, selected);
  });

  readonly barGap = $derived.by(() => {
    const pixelsPerMinute = this.plot.width / lengthOf(this.time.span);
    const pixelsPerColumn = pixelsPerMinute * this.columns.minutesPerColumn;
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

  readonly readout: Readout = $derived.by(() => {
    const { series, selected, coverage, others } = this.#inputs();
    const { cursor, span } = this.time;
    const explained = selected?.explanation.peakMinute ?? (span.from + span.to) / 2;
    const pointed = cursor ?? explained;
    const isExplained = cursor === null && selected !== null;
    const minute = isExplained ? explained : peakMinuteOf(series, this.columns, pointed);
    const normal = expectedAt(this.expected, minute);
    return {
      minute,
      missing: isMissing(minute, coverage),
      leftOut: this.#leftOut.some((part) => overlaps(part, { from: minute, to: minute + 1 })),
      calls: callsAt(series, minute),
      expected: normal?.level ?? null,
      limit: normal?.upper ?? null,
      peakOfMinutes: this.columns.minutesPerColumn,
      insight: this.insightAt(pointed),
      others: others.map((other) => callsAt(other, minute)),
    };
  });

  /** The insight whose band (at least a few pixels wide) holds `minute`; the selected one wins. */
  insightAt(minute: number): Insight | null {
    const x = this.x(minute);
    const hit = this.bands.findLast(({ left, width }) => x >= left - 2 && x <= left + width + 2);
    return hit?.insight ?? null;
  }

  /** Moves the cursor by whole columns. */
  moveCursor(columns: number): void {
    const step = columns * this.columns.minutesPerColumn;
    this.time.pointAt(Math.floor((this.time.cursor ?? this.readout.minute) + step));
  }

  zoom(factor: number): void {
    this.time.zoom(factor, this.readout.minute + 0.5);
  }
}
