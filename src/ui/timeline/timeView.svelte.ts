import type { CallSeries } from '../../core/activity/callSeries';
import type { Coverage } from '../../core/activity/coverage';
import type { Insight } from '../../core/insights/insight';
import { overlaps } from './bands';
import {
  clampSpan,
  defaultSpanLength,
  lengthOf,
  panSpan,
  spanAround,
  zoomSpan,
  type OverviewSpan,
  type Span,
} from './span';

/** What a view of time is about; read anew whenever something depends on it. */
export interface TimeInputs {
  readonly series: CallSeries;
  readonly selected: Insight | null;
  readonly coverage: Coverage | undefined;
  readonly overview: OverviewSpan | null;
}

const WEEK = 7 * 1440;

/** The span in view and the minute pointed at. */
export class TimeView {
  readonly #inputs: () => TimeInputs;
  /** Column minute under the pointer or moved by keyboard; null: nobody points. */
  cursor = $state<number | null>(null);
  #chosen = $state.raw<Span | null>(null);

  constructor(inputs: () => TimeInputs) {
    this.#inputs = inputs;
  }

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

  readonly #shared: Span | null = $derived.by(() => {
    const { overview } = this.#inputs();
    return overview?.isShown ? this.#clamp(overview.span) : null;
  });
  readonly span: Span = $derived(this.#shared ?? this.#chosen ?? this.home);
  readonly isHome = $derived(this.#shared === null && this.#chosen === null);

  readonly #longest = $derived(Math.max(lengthOf(this.logs) * 1.1, WEEK));

  #clamp(span: Span): Span {
    return clampSpan(span, this.logs, this.#longest);
  }

  /** From here on the graph shows a span of its own. */
  show(span: Span): void {
    this.#chosen = this.#clamp(span);
    this.cursor = null;
    this.#leaveOverview();
  }

  showOverview(): void {
    this.cursor = null;
    this.#inputs().overview?.show(true);
  }

  #leaveOverview(): void {
    const { overview } = this.#inputs();
    if (overview?.isShown) overview.show(false);
  }

  /** `minutes` around the selected insight, or around the middle of the view when that is elsewhere. */
  showLength(minutes: number): void {
    const { selected } = this.#inputs();
    const inView = selected !== null && overlaps(selected, this.span);
    const [start, end] = inView ? [selected.start, selected.end] : [this.span.from, this.span.to];
    const middle = (start + end) / 2;
    this.show(spanAround(middle, middle, minutes));
  }

  /** Back to the span that it has by itself. */
  reset(): void {
    this.forget();
    this.#leaveOverview();
  }

  /** What was chosen for another series or insight. */
  forget(): void {
    this.#chosen = null;
    this.cursor = null;
  }

  pan(share: number): void {
    this.panBy(lengthOf(this.span) * share);
  }

  panBy(minutes: number): void {
    this.show(panSpan(this.span, minutes));
  }

  /** `fixed`: the minute that stays where it is. */
  zoom(factor: number, fixed: number): void {
    this.show(zoomSpan(this.span, factor, fixed, this.#longest));
  }

  /** Points at `minute`; the view follows over its edge. */
  pointAt(minute: number): void {
    const { from, to } = this.span;
    if (minute < from) this.show(panSpan(this.span, minute - from));
    else if (minute >= to) this.show(panSpan(this.span, minute + 1 - to));
    this.cursor = minute;
  }
}
