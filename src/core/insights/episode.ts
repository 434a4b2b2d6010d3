import type { InsightRule } from './insight';
import type { Reference } from './returnPeriod';
import type { SeriesModel } from './seriesModel';
import type { DetectionSettings } from './settings';
import type { Span } from './span';

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

/** One event, by whatever number of findings. */
export interface Episode {
  readonly extent: Span;
  /** The first leads: it told of the event before the others were looked at. */
  readonly findings: readonly Finding[];
}

/** What of the settings decides what is told of what was found. */
export type TellingSettings = Pick<DetectionSettings, 'severity' | 'minimumCalls'>;

type Told = Pick<Finding, 'rule' | 'severity' | 'observed'>;

/** Whether a finding holds the calls that are asked for; of calls that are missing none can be asked. */
const holdsCalls = ({ rule, observed }: Told, minimumCalls: number): boolean =>
  observed >= minimumCalls || (rule !== 'record' && rule !== 'first seen');

/** The findings that are severe enough and hold the calls that are asked for: without any nothing is told. */
export const toldFindings = <One extends Told>(
  { findings }: { readonly findings: readonly One[] },
  { severity, minimumCalls }: TellingSettings,
): One[] => findings.filter((one) => one.severity >= severity && holdsCalls(one, minimumCalls));

/** The severity of an episode is that of its severest finding. */
export const severestOf = (findings: readonly Pick<Finding, 'severity'>[]): number =>
  findings.reduce((most, { severity }) => Math.max(most, severity), 0);

/** Findings nearer than this many minutes tell of the same event. */
const NEAR_MINUTES = 5;

/**
 * One episode per event, those of `known` as they are found already. The first of `findings` that tells of an event leads; later ones nearby only lengthen it, and
 * only by minutes that are unusual by themselves (`isUnusual`), so that a wide window never blurs an exact one.
 */
export function mergeFindings(
  findings: readonly Finding[],
  isUnusual: (part: Span, finding: Finding) => boolean,
  known: readonly Episode[] = [],
): Episode[] {
  const episodes = [...known];
  for (const finding of findings) {
    const at = episodes.findIndex((episode) => isNear(episode.extent, finding.extent));
    if (at < 0) episodes.push(episodeOf(finding));
    else episodes[at] = lengthened(episodes[at], finding, isUnusual);
  }
  return joinOverlapping(episodes);
}

export const episodeOf = (finding: Finding): Episode => ({
  extent: finding.extent,
  findings: [finding],
});

const isNear = (a: Span, b: Span): boolean =>
  a.from < b.to + NEAR_MINUTES && b.from < a.to + NEAR_MINUTES;

function lengthened(
  { extent, findings }: Episode,
  finding: Finding,
  isUnusual: (part: Span, finding: Finding) => boolean,
): Episode {
  const before = { from: finding.extent.from, to: extent.from };
  const after = { from: extent.to, to: finding.extent.to };
  return {
    extent: {
      from: before.from < before.to && isUnusual(before, finding) ? before.from : extent.from,
      to: after.from < after.to && isUnusual(after, finding) ? after.to : extent.to,
    },
    findings: [...findings, finding],
  };
}

/** Lengthened episodes may meet: they become one. Sorted by time, disjoint. */
export function joinOverlapping(episodes: readonly Episode[]): Episode[] {
  const joined: Episode[] = [];
  for (const episode of [...episodes].sort((a, b) => a.extent.from - b.extent.from)) {
    const last = joined[joined.length - 1];
    if (last === undefined || last.extent.to < episode.extent.from) joined.push(episode);
    else joined[joined.length - 1] = join(last, episode);
  }
  return joined;
}

const join = (a: Episode, b: Episode): Episode => ({
  extent: { from: a.extent.from, to: Math.max(a.extent.to, b.extent.to) },
  findings: [...a.findings, ...b.findings],
});
