import type { Coverage } from '../activity/coverage';
import { deviationOf } from './deviation';
import { mergeFindings, severestOf, type Episode } from './episode';
import {
  byStart,
  candidateOf,
  historyLengthOf,
  type Candidate,
  type ToldFinding,
} from './insightWindowOf';
import type { KeptOpinion } from './keptOpinion';
import type { LeftOutTime } from './leftOutTime';
import type { ObservedSeries } from './observedSeries';
import { LEAST_HIDDEN, OpinionWithout, type Hidden } from './opinionWithout';
import { severityOf } from './returnPeriod';
import { byRank, isRaised, located, notAgainstItself, referenceAround } from './rises';
import type { Span } from './span';
import { findingOf } from './unusualWindows';
import { meetsAny, Without } from './without';

/** What is kept of a judged series. Plain data. */
export interface Kept {
  /** Of the floor and more. */
  readonly candidates: readonly Candidate[];
  readonly opinions: readonly KeptOpinion[];
}

/** A judged series without some time that is left out. */
export class JudgedWithout {
  readonly opinions: readonly OpinionWithout[];
  readonly #without: Without;

  /** `observe` gives all minutes of the series: it is asked where what is kept does not tell enough. */
  constructor(
    private readonly kept: Kept,
    time: LeftOutTime,
    private readonly coverage: Coverage,
    private readonly floor: number,
    observe: () => ObservedSeries,
  ) {
    this.#without = new Without(time, coverage, observe);
    this.opinions = kept.opinions.map((each) => new OpinionWithout(each, this.#without));
  }

  /** What was found outside of that time, and what that time hid: compared with the hours outside of it. By start. */
  candidates(): Candidate[] {
    const outside = this.kept.candidates.filter(
      (one) => !meetsAny(this.#without.spans, this.#spanOf(one)),
    );
    const hidden = this.opinions.flatMap((opinion) => opinion.hidden());
    const known = new Set<Hidden>();
    const found = outside.map((candidate) => {
      const own = hidden.filter((one) => this.#isIn(candidate, one));
      for (const one of own) known.add(one);
      const matters = own.length > 0 || candidate.severity >= LEAST_HIDDEN;
      return this.#withHistory(matters ? this.#toldAnew(candidate) : candidate);
    });
    const others = hidden.filter((one) => !known.has(one));
    const all = others.length > 0 ? this.#withHidden(found, others) : found;
    return all.filter(({ severity }) => severity >= this.floor).sort(byStart);
  }

  #withHistory(candidate: Candidate): Candidate {
    const history = historyLengthOf(this.#without.minutes);
    return candidate.history === history ? candidate : { ...candidate, history };
  }

  #toldAnew(candidate: Candidate): Candidate {
    if (candidate.direction === 'below') return candidate;
    const event = this.#eventOf(candidate);
    const findings = candidate.findings.map((finding) => this.#comparedAnew(finding, event));
    return { ...candidate, severity: severestOf(findings), findings };
  }

  #comparedAnew(finding: ToldFinding, event: Span): ToldFinding {
    if (finding.reference === null) return finding;
    const decided = this.#spanOf({ start: finding.from, end: finding.to });
    const opinion = this.#opinionOf(finding);
    const window = opinion.windowOf(decided);
    if (!window.isTouched || meetsAny(this.#without.spans, decided)) return finding;
    const reference = referenceAround(window.tail, decided, event);
    const expectation = opinion.expectationOf(decided, finding);
    const { expected, dispersion } = expectation;
    return {
      ...finding,
      ...expectation,
      rule: reference.hours === 0 ? 'first seen' : 'record',
      severity: severityOf(reference, deviationOf(finding.observed, expected, dispersion)),
      reference,
      comparedHours: reference.hours,
    };
  }

  /** Whether a candidate tells of a window already. */
  #isIn({ findings }: Candidate, { opinion, decided }: Hidden): boolean {
    const { start } = this.coverage;
    return findings.some(
      (one) =>
        one.opinion === opinion.kept.opinion &&
        one.from === start + decided.from &&
        one.to === start + decided.to,
    );
  }

  /** What was found leads; what was hidden lengthens it or is an event of its own. */
  #withHidden(found: readonly Candidate[], hidden: readonly Hidden[]): Candidate[] {
    const rises = hidden
      .flatMap(
        ({ opinion, window, decided }) =>
          findingOf(opinion.model, window, decided, LEAST_HIDDEN) ?? [],
      )
      .map(located)
      .filter(({ extent }) => !meetsAny(this.#without.spans, extent))
      .sort(byRank);
    if (rises.length === 0) return [...found];
    const [rising, falling] = ['above', 'below'].map((direction) =>
      found.filter((one) => one.direction === direction),
    );
    const known = new Map(rising.map((one) => [this.#episodeOf(one), one]));
    const above = mergeFindings(rises, isRaised, [...known.keys()]).map(
      (episode) =>
        known.get(episode) ??
        candidateOf(notAgainstItself(episode), this.opinions[0].model.series, this.coverage),
    );
    return [...above, ...falling];
  }

  #episodeOf(candidate: Candidate): Episode {
    const extent = this.#eventOf(candidate);
    return {
      extent: this.#spanOf(candidate),
      findings: candidate.findings.map((finding) => ({
        ...finding,
        direction: candidate.direction,
        extent,
        decided: this.#spanOf({ start: finding.from, end: finding.to }),
        model: this.#opinionOf(finding).model,
      })),
    };
  }

  #opinionOf({ opinion }: ToldFinding): OpinionWithout {
    return this.opinions.find(({ kept }) => kept.opinion === opinion)!;
  }

  #eventOf({ eventStart, eventEnd }: Candidate): Span {
    return this.#spanOf({ start: eventStart, end: eventEnd });
  }

  #spanOf({ start, end }: { readonly start: number; readonly end: number }): Span {
    return { from: start - this.coverage.start, to: end - this.coverage.start };
  }
}
