import type { InsightRule } from './insight';
import type { Span } from './extent';
import type { Reference } from './returnPeriod';
import type { SeriesModel } from './seriesModel';

/** One window that a rule found unusual, and how sure it is. */
export interface Finding {
  readonly rule: InsightRule;
  readonly direction: 'above' | 'below';
  readonly severity: number;
  /** The minutes that were unusual. */
  readonly extent: Span;
  /** The window that decided, what was counted in it and what its level let expect. */
  readonly decided: Span;
  readonly observed: number;
  readonly expected: number;
  readonly dispersion: number;
  /** The model that decided. */
  readonly model: SeriesModel;
  /** What it was compared with; rules that count runs instead of calls have none. */
  readonly reference: Reference | null;
  readonly comparedHours: number;
}

/** Findings nearer than this many minutes tell of the same event. */
const NEAR_MINUTES = 5;

/**
 * One finding per event. The first of `findings` that tells of an event leads; later ones nearby only lengthen it, and
 * only by minutes that are unusual by themselves (`isUnusual`), so that a wide window never blurs an exact one.
 */
export function mergeFindings(
  findings: readonly Finding[],
  isUnusual: (part: Span, finding: Finding) => boolean,
): Finding[] {
  const episodes: Finding[] = [];
  for (const finding of findings) {
    const at = episodes.findIndex((episode) => isNear(episode.extent, finding.extent));
    if (at < 0) episodes.push(finding);
    else episodes[at] = lengthened(episodes[at], finding, isUnusual);
  }
  return joinOverlapping(episodes);
}

const isNear = (a: Span, b: Span): boolean =>
  a.from < b.to + NEAR_MINUTES && b.from < a.to + NEAR_MINUTES;

function lengthened(
  episode: Finding,
  finding: Finding,
  isUnusual: (part: Span, finding: Finding) => boolean,
): Finding {
  const { from, to } = episode.extent;
  const before = { from: finding.extent.from, to: from };
  const after = { from: to, to: finding.extent.to };
  return {
    ...(finding.severity > episode.severity ? finding : episode),
    extent: {
      from: before.from < before.to && isUnusual(before, finding) ? before.from : from,
      to: after.from < after.to && isUnusual(after, finding) ? after.to : to,
    },
  };
}

/** Lengthened episodes may meet: joined, the severer leads. Sorted by time. */
export function joinOverlapping(episodes: readonly Finding[]): Finding[] {
  const joined: Finding[] = [];
  for (const episode of [...episodes].sort((a, b) => a.extent.from - b.extent.from)) {
    const last = joined[joined.length - 1];
    if (last === undefined || last.extent.to < episode.extent.from) joined.push(episode);
    else joined[joined.length - 1] = join(last, episode);
  }
  return joined;
}

const join = (a: Finding, b: Finding): Finding => ({
  ...(b.severity > a.severity ? b : a),
  extent: { from: a.extent.from, to: Math.max(a.extent.to, b.extent.to) },
});
