import type { PlotKeys } from '../plotKeys';
import type { OverviewState } from './overviewState.svelte';
import type { OverviewLine } from './lines';

/** What keys reach for outside of the overview's state. */
export interface OverviewHands {
  readonly goTo: (index: number) => void;
  readonly choose: (line: OverviewLine | undefined) => void;
  readonly pin: (line: OverviewLine | undefined) => void;
}

/** Up and down between lines, left and right through time. */
export function overviewKeys(
  overview: OverviewState,
  { goTo, choose, pin }: OverviewHands,
): PlotKeys {
  const active = () => overview.lines[overview.active];
  const page = () => Math.max(1, Math.floor(overview.height / overview.rowHeight) - 1);
  return {
    ArrowDown: () => goTo(overview.active + 1),
    ArrowUp: () => goTo(overview.active - 1),
    PageDown: () => goTo(overview.active + page()),
    PageUp: () => goTo(overview.active - page()),
    Home: () => goTo(0),
    End: () => goTo(overview.lines.length - 1),
    Enter: () => choose(active()),
    'Shift+Enter': () => pin(active()),
    ' ': () => choose(active()),
    ArrowLeft: () => overview.pan(-0.1),
    ArrowRight: () => overview.pan(0.1),
    '+': () => overview.zoom(0.5),
    '=': () => overview.zoom(0.5),
    '-': () => overview.zoom(2),
    '0': () => overview.show(null),
  };
}
