import type { Coverage } from '../activity/coverage';
import { MINUTES_PER_HOUR } from '../activity/minute';
import { severestOf } from './episode';
import { edgesOf, meetsSpan, withoutSpans } from './excludedSpans';
import { LEAST_MINUTES, type ToldFinding } from './insightWindowOf';
import type { ExcludedSpan } from './settings';

/** Rarer than once in 10² days: what happens then is not what a series usually does. */
const LEAST_UNUSUAL = 2;
/** Spans that hold so much more of the records that tell what is unusual than of the logs are not usual, either. */
const LEAST_OF_TAIL = 0.1;
/** What is longer is no part of what is usual, whatever is in it. */
const MOST_OF_LOGS = 0.2;

/** What judging all minutes of a series says of some. Plain data; minutes since the epoch. */
export interface Traces {
  readonly candidates: readonly Trace[];
  /** Starts of the hours whose records make its tails, each as often as it does. */
  readonly tellingHours: Uint32Array;
}

interface Trace {
  readonly start: number;
  readonly end: number;
  readonly findings: readonly Pick<ToldFinding, 'severity'>[];
}

/** The time that settings leave out, and to which series that matters. */
export class LeftOutTime {
  /** As `edgesOf` gives them. */
  readonly edges: Uint32Array;
  readonly #rest = new Map<Coverage, { readonly coverage: Coverage; readonly share: number }>();

  constructor(private readonly spans: readonly ExcludedSpan[]) {
    this.edges = edgesOf(spans);
  }

  /** Where the logs reach without it. */
  restOf(coverage: Coverage): Coverage {
    return this.#restOf(coverage).coverage;
  }

  /** Whether logs reach into it at all. */
  isIn(coverage: Coverage): boolean {
    return this.#restOf(coverage).share > 0;
  }

  meets({ start, end }: Pick<Trace, 'start' | 'end'>): boolean {
    return meetsSpan(this.edges, start, end);
  }

  /**
   * Whether it matters to a series: something unusual is in it, more of what the series is compared with than its length
   * accounts for, or much of the logs. Where it does not, the series did there what it usually does.
   */
  mattersTo({ candidates, tellingHours }: Traces, whole: Coverage): boolean {
    const { coverage, share } = this.#restOf(whole);
    if (share === 0) return false;
    if (share > MOST_OF_LOGS || minutesIn(coverage) < LEAST_MINUTES) return true;
    let telling = 0;
    for (let i = 0; i < tellingHours.length; i++)
      if (meetsSpan(this.edges, tellingHours[i], tellingHours[i] + MINUTES_PER_HOUR)) telling++;
    return (
      telling > (share + LEAST_OF_TAIL) * tellingHours.length ||
      candidates.some((one) => severestOf(one.findings) >= LEAST_UNUSUAL && this.meets(one))
    );
  }

  #restOf(whole: Coverage): { readonly coverage: Coverage; readonly share: number } {
    const known = this.#rest.get(whole);
    if (known) return known;
    const coverage = withoutSpans(whole, this.spans);
    const rest = { coverage, share: 1 - minutesIn(coverage) / Math.max(1, minutesIn(whole)) };
    this.#rest.set(whole, rest);
    return rest;
  }
}

/** Minutes that the logs cover. */
const minutesIn = ({ start, end, gaps }: Coverage): number =>
  gaps.reduce((minutes, at, i) => minutes + (i % 2 === 0 ? at : -at), end - start);
