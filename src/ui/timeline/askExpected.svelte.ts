import { toMinute, type Minute } from '../../core/activity/minute';
import type { ExpectedRange } from '../../worker/client';
import { askFor, endOf, withExact } from './expected';
import type { GraphState } from './graphState.svelte';
import { wholeMinutes, type Span } from './span';

/** A hand that pans asks once it rests. */
const ASK_PAUSE_MS = 60;

/** As `Client.expectedRange` of one series. */
export type AskExpected = (from: Minute, to: Minute, exactly?: boolean) => Promise<ExpectedRange>;

/** Keeps the graph told what was to be expected in the span in view; `about` changes with what the graph is of. */
export function keepExpected(
  graph: GraphState,
  about: () => { ask: AskExpected; series: unknown },
): void {
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
  $effect(() => {
    if (!graph.expectedKnown || graph.columns.minutesPerColumn > 1) return;
    const span = wholeMinutes(graph.time.span);
    const { ask } = about();
    const asking = new AbortController();
    const timer = setTimeout(() => void tellExactly(graph, ask, span, asking.signal), ASK_PAUSE_MS);
    return () => {
      clearTimeout(timer);
      asking.abort();
    };
  });
}

/** The graph stands without an expected range when the detector cannot tell one. */
async function tell(
  graph: GraphState,
  ask: AskExpected,
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

/** Where minutes can be told apart their limits become exact, some at a time, from the one that is read on. */
async function tellExactly(
  graph: GraphState,
  ask: AskExpected,
  { from, to }: Span,
  signal: AbortSignal,
): Promise<void> {
  const read = Math.min(to, Math.max(from, Math.floor(graph.readout.minute)));
  await tellPart(graph, ask, { from: read, to }, signal);
  await tellPart(graph, ask, { from, to: read }, signal);
}

async function tellPart(
  graph: GraphState,
  ask: AskExpected,
  { from, to }: Span,
  signal: AbortSignal,
): Promise<void> {
  for (let next = from; ;) {
    const { expected } = graph;
    if (signal.aborted || expected === null) return;
    next = Math.max(next, expected.from);
    const end = Math.min(to, endOf(expected));
    const exact = next < end ? await askOrNull(ask, next, end) : null;
    if (exact === null || signal.aborted || graph.expected !== expected) return;
    graph.expected = withExact(expected, next, exact);
    next += exact.upper.length;
  }
}

/** What is drawn already stays where the detector cannot tell it exactly. */
const askOrNull = (ask: AskExpected, from: number, to: number): Promise<ExpectedRange | null> =>
  ask(toMinute(from), toMinute(to), true).catch(() => null);
