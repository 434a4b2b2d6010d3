import type { ScaleLinear } from 'd3';
import type { CallSeries } from '../../core/activity/callSeries';
import { peakOf } from './columns';
import { otherColumnsOf, otherLinesOf, type OtherLine } from './otherLines';
import type { Span } from './span';

/** What may stand beside a series. */
export interface BesideInputs {
  /** All calls of the API behind a series of errors; null where they are not known or the same. */
  readonly allCalls: CallSeries | null;
  /** What else somebody calls, as thin lines. */
  readonly others: readonly CallSeries[];
}

/** The plot that it stands in. */
interface Plot {
  readonly time: { readonly span: Span };
  /** About how wide it is. */
  readonly pixels: number;
  readonly x: ScaleLinear<number, number>;
  readonly y: ScaleLinear<number, number>;
}

/** What stands beside the series of a graph, as lines over the same minutes. */
export class Beside {
  readonly #inputs: () => BesideInputs;
  readonly #plot: Plot;

  constructor(inputs: () => BesideInputs, plot: Plot) {
    this.#inputs = inputs;
    this.#plot = plot;
  }

  readonly #series: readonly CallSeries[] = $derived.by(() => {
    const { allCalls, others } = this.#inputs();
    return allCalls === null ? others : [allCalls, ...others];
  });
  readonly #columns = $derived.by(() =>
    otherColumnsOf(this.#series, this.#plot.time.span, this.#plot.pixels),
  );
  readonly #lines = $derived.by(() =>
    otherLinesOf(this.#series, this.#columns, this.#plot.x, this.#plot.y),
  );
  readonly #behind = $derived.by(() => (this.#inputs().allCalls === null ? 0 : 1));

  /** Most calls in a minute in view. */
  readonly peak = $derived(Math.max(0, ...this.#columns.map(peakOf)));

  readonly allCallsPath: string | null = $derived(
    this.#behind === 0 ? null : (this.#lines[0]?.path ?? null),
  );
  readonly others: readonly OtherLine[] = $derived(
    this.#lines
      .slice(this.#behind)
      .map((line) => ({ ...line, number: line.number - this.#behind })),
  );
}
