import type { Coverage } from '../../core/activity/coverage';
import type { CallSeries, SeriesKey } from '../../core/activity/callSeries';
import type { Insight } from '../../core/insights/insight';
import { insightMark, type InsightMark } from '../format';
import { missingIn } from '../timeline/bands';
import { SHORTEST_SPAN, type Span } from '../timeline/span';

/** All the logs of an analysis from the first minute to the last, whatever account and Region. */
export function archiveSpan(coverage: readonly Coverage[], series: readonly CallSeries[]): Span {
  const starts = coverage.map(({ start }) => start as number);
  const ends = coverage.map(({ end }) => end as number);
  for (const { minute } of series) {
    if (minute.length === 0) continue;
    starts.push(minute[0]);
    ends.push(minute[minute.length - 1] + 1);
  }
  if (starts.length === 0) return { from: 0, to: SHORTEST_SPAN };
  const from = starts.reduce((a, b) => Math.min(a, b));
  return {
    from,
    to: Math.max(
      from + SHORTEST_SPAN,
      ends.reduce((a, b) => Math.max(a, b)),
    ),
  };
}

/** A stretch in which the same share of accounts and Regions has no logs: 0 none is missing, 1 all are. */
export interface MissingShare extends Span {
  readonly share: number;
}

/** The archive cut wherever logs of any account or Region begin, end or pause. Stretches without any missing are left out. */
export function missingShares(archive: Span, coverage: readonly Coverage[]): MissingShare[] {
  const edges = coverage
    .flatMap((one) => missingIn(archive, one))
    .flatMap(({ from, to }) => [
      { at: from, step: 1 },
      { at: to, step: -1 },
    ])
    .sort((a, b) => a.at - b.at);
  const shares: MissingShare[] = [];
  let missing = 0;
  edges.forEach(({ at, step }, i) => {
    missing += step;
    const to = edges[i + 1]?.at ?? at;
    if (missing > 0 && to > at) shares.push({ from: at, to, share: missing / coverage.length });
  });
  return shares;
}

/** Finds the coverage of a series' account and Region. */
export function coverageFinder(
  coverage: readonly Coverage[],
): (key: SeriesKey) => Coverage | undefined {
  const placeOf = (place: Pick<Coverage, 'recipientAccountId' | 'awsRegion'>): string =>
    JSON.stringify([place.recipientAccountId, place.awsRegion]);
  const found = new Map(coverage.map((one) => [placeOf(one), one]));
  return (key) => found.get(placeOf(key));
}

/** Pixels with the start of an insight, by kind: more than one tick a pixel cannot be seen. */
export function insightTicks(
  insights: readonly Insight[],
  x: (minute: number) => number,
): ReadonlyMap<InsightMark['kind'], ReadonlySet<number>> {
  const ticks = new Map<InsightMark['kind'], Set<number>>();
  for (const insight of insights) {
    const { kind } = insightMark(insight);
    const ofKind = ticks.get(kind) ?? new Set();
    ticks.set(kind, ofKind.add(Math.round(x(insight.start))));
  }
  return ticks;
}
