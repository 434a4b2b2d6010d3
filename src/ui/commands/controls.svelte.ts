import { createContext } from 'svelte';
import type { Desk } from '../desk.svelte';
import type { Session } from '../session.svelte';
import type { ValueMenu } from '../values/valueMenu.svelte';

/** Ways to give the page logs. */
export interface IntakeControls {
  readonly chooseFiles: () => void;
  readonly chooseFolder: () => void;
  readonly openSample: () => void;
}

/** Everything that commands act upon. */
export class Controls {
  readonly session: Session;
  readonly intake: IntakeControls;
  /** What can be done with values. */
  readonly valueMenu: ValueMenu;
  /** Where work on the open analysis goes on; null while none is open. */
  desk = $state.raw<Desk | null>(null);
  isHelping = $state(false);
  isPaletteOpen = $state(false);
  /** What was typed into the palette before its code came; a line's end is Enter. */
  typedAhead = '';
  /** The form offered first while the dialog for sharing is open. */
  sharing = $state<string | null>(null);

  constructor(session: Session, intake: IntakeControls, valueMenu: ValueMenu) {
    this.session = session;
    this.intake = intake;
    this.valueMenu = valueMenu;
  }

  openPalette(): void {
    this.typedAhead = '';
    this.isPaletteOpen = true;
  }
}

export const [getControls, setControls] = createContext<Controls>();
