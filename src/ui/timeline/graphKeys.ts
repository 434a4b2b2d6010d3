import type { PlotKeys } from '../plotKeys';
import type { GraphState } from './graphState.svelte';

/** Arrows pan, plus and minus zoom, with Shift arrows read minute by minute; `choose` takes the minute read. */
export function graphKeys(graph: GraphState, choose: (minute: number) => void): PlotKeys {
  return {
    ArrowLeft: () => graph.time.pan(-0.1),
    ArrowRight: () => graph.time.pan(0.1),
    'Shift+ArrowLeft': () => graph.moveCursor(-1),
    'Shift+ArrowRight': () => graph.moveCursor(1),
    '+': () => graph.zoom(0.5),
    '=': () => graph.zoom(0.5),
    '-': () => graph.zoom(2),
    '0': () => graph.time.reset(),
    Enter: () => choose(graph.readout.minute),
  };
}
