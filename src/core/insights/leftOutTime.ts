import type { Coverage } from '../activity/coverage';
import { edgesOf, meetsSpan, withoutSpans } from './excludedSpans';
import type { ExcludedSpan } from './settings';
import type { Span } from './span';

interface Rest {
  readonly coverage: Coverage;
  readonly minutes: number;
}

/** The time that settings leave out, and where the logs reach without it. */
export class LeftOutTime {
  /** As `edgesOf` gives them. */
  readonly edges: Uint32Array;
  readonly #rest = new Map<Coverage, Rest>();

  constructor(private readonly spans: readonly ExcludedSpan[]) {
    this.edges = edgesOf(spans);
  }

  /** Where the logs reach without it. */
  restOf(coverage: Coverage): Coverage {
    return this.#restOf(coverage).coverage;
  }

  /** Whether logs reach into it at all. */
  isIn(coverage: Coverage): boolean {
    return this.#restOf(coverage).minutes < minutesIn(coverage);
  }

  /** Minutes of the logs outside of it. */
  minutesLeftOf(coverage: Coverage): number {
    return this.#restOf(coverage).minutes;
  }

  /** What share of the logs lies outside of it. */
  shareLeftOf(coverage: Coverage): number {
    return this.minutesLeftOf(coverage) / Math.max(1, minutesIn(coverage));
  }

  /** What of it lies in the logs, counted from their start: disjoint, ascending. */
  spansIn({ start, end }: Coverage): Span[] {
    return Array.from({ length: this.edges.length / 2 }, (_, i) => ({
      from: Math.max(this.edges[2 * i], start) - start,
      to: Math.min(this.edges[2 * i + 1], end) - start,
    })).filter(({ from, to }) => from < to);
  }

  meets({ start, end }: { readonly start: number; readonly end: number }): boolean {
    return meetsSpan(this.edges, start, end);
  }

  #restOf(whole: Coverage): Rest {
    const known = this.#rest.get(whole);
    if (known) return known;
    const coverage = withoutSpans(whole, this.spans);
    const rest = { coverage, minutes: minutesIn(coverage) };
    this.#rest.set(whole, rest);
    return rest;
  }
}

/** Minutes that the logs cover. */
const minutesIn = ({ start, end, gaps }: Coverage): number =>
  gaps.reduce((minutes, at, i) => minutes + (i % 2 === 0 ? at : -at), end - start);
