import type { Insight } from '../../core/insights/insight';
import type { ListedInsight } from '../../core/insights/listedInsights';
import { recordedEnd } from '../../core/insights/recordedInsights';
import { insightMark, type InsightMark } from '../format';
import { overlaps } from './bands';
import type { Span } from './span';

/** A stretch of time as it stands in the plot: pixels. */
export interface Box {
  readonly left: number;
  readonly width: number;
}

/** An insight as it stands in the plot. */
export interface InsightBand extends Box {
  readonly insight: Insight;
  readonly mark: InsightMark;
  readonly selected: boolean;
}

/** Narrower than this nothing is seen. */
const NARROWEST = 3;

/** Places stretches of time in a plot that shows `view`. */
export class Boxes {
  readonly #view: Span;
  readonly #x: (minute: number) => number;

  /** `x`: minute to pixel. */
  constructor(view: Span, x: (minute: number) => number) {
    this.#view = view;
    this.#x = x;
  }

  /** Null when it is out of view. */
  of({ from, to }: Span): Box | null {
    const first = Math.max(from, this.#view.from);
    const last = Math.min(to, this.#view.to);
    if (first >= last) return null;
    return { left: this.#x(first), width: this.#x(last) - this.#x(first) };
  }

  all(stretches: readonly Span[]): Box[] {
    return stretches.flatMap((stretch) => this.of(stretch) ?? []);
  }

  #seen(stretch: Span): Box | null {
    const box = this.of(stretch);
    if (box === null) return null;
    const missing = Math.max(0, NARROWEST - box.width);
    return { left: box.left - missing / 2, width: box.width + missing };
  }

  /** Insights in view, the selected one last so that it lies on top. */
  bands(insights: readonly Insight[], selected: Insight | null): InsightBand[] {
    return insights
      .flatMap((insight) => {
        const box = this.#seen({ from: insight.start, to: insight.end });
        const isSelected = insight.sharedEventID === selected?.sharedEventID;
        return box ? [{ insight, mark: insightMark(insight), selected: isSelected, ...box }] : [];
      })
      .sort((a, b) => Number(a.selected) - Number(b.selected));
  }

  /** Where AWS's own records see an insight. */
  recorded(insights: readonly ListedInsight[]): Box[] {
    return insights
      .flatMap(({ found }) => (found && found.by !== 'Trailglass' ? [found.recorded] : []))
      .map((recorded) => ({ start: recorded.start, end: recordedEnd(recorded) }))
      .filter((window) => overlaps(window, this.#view))
      .flatMap(({ start, end }) => this.#seen({ from: start, to: end }) ?? []);
  }
}
