import { toMinute, type Minute } from '../../core/activity/minute';
import type { ExpectedRange } from '../../worker/client';
import { askFor } from './expected';
import type { GraphState } from './graphState.svelte';
import type { Span } from './span';

/** A hand that pans asks once it rests. */
const ASK_PAUSE_MS = 60;

type Ask = (from: Minute, to: Minute) => Promise<ExpectedRange>;

/** Keeps the graph told what was to be expected in the span in view; `about` changes with what the graph is of. */
export function keepExpected(graph: GraphState, about: () => { ask: Ask; series: unknown }): void {
  $effect(() => {
    void about().series;
    void about().ask;
    graph.expected = null;
  });
  $effect(() => {
    if (graph.expectedKnown) return;
    const wanted = askFor(graph.time.span, graph.time.logs);
    const { ask } = about();
    if (wanted === null) return;
    const asking = new AbortController();
    const timer = setTimeout(() => void tell(graph, ask, wanted, asking.signal), ASK_PAUSE_MS);
    return () => {
      clearTimeout(timer);
      asking.abort();
    };
  });
}

/** The graph stands without an expected range when the detector cannot tell one. */
async function tell(
  graph: GraphState,
  ask: Ask,
  { from, to }: Span,
  signal: AbortSignal,
): Promise<void> {
  try {
    const range = await ask(toMinute(from), toMinute(to));
    if (!signal.aborted) graph.expected = { from, ...range };
  } catch {
    if (!signal.aborted) graph.expected = null;
  }
}
