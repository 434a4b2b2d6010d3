import type { Insight } from '../../core/insights/insight';
import { insightMark, type InsightMark } from '../format';
import { lengthOf, type Span } from '../timeline/span';

/** A mark over a lane; pixels from the left edge of the plot. */
export interface LaneMark {
  readonly x: number;
  readonly kind: InsightMark['kind'];
  readonly insight: Insight;
  readonly selected: boolean;
}

/** CSS pixels from the middle of a mark to its farthest edge. */
const REACH = 8;

/**
 * The marks of one row, whole also at the edges. Where they would cover each other the selected one stays, else the most severe:
 * zooming in shows the others.
 */
export function laneMarksOf(
  insights: readonly Insight[],
  span: Span,
  width: number,
  selected: string | undefined,
  apart: number,
): LaneMark[] {
  const marks: LaneMark[] = [];
  const first = (insight: Insight): number => (insight.sharedEventID === selected ? 1 : 0);
  const byWeight = insights.toSorted((a, b) => first(b) - first(a) || b.severity - a.severity);
  for (const insight of byWeight) {
    if (insight.end <= span.from || insight.start >= span.to) continue;
    const start = Math.max(insight.start, span.from);
    const end = Math.min(insight.end, span.to);
    const middle = (((start + end) / 2 - span.from) / lengthOf(span)) * width;
    const x = Math.max(REACH, Math.min(middle, width - REACH));
    if (marks.some((mark) => Math.abs(mark.x - x) < apart)) continue;
    const { kind } = insightMark(insight);
    marks.push({ x, kind, insight, selected: insight.sharedEventID === selected });
  }
  return marks;
}
