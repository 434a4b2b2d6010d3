import { createContext } from 'svelte';
import type { Desk } from '../desk.svelte';
import type { Session } from '../session.svelte';

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
  /** Where work on the open analysis goes on; null while none is open. */
  desk = $state.raw<Desk | null>(null);
  isHelping = $state(false);
  isPaletteOpen = $state(false);
  /** The form offered first while the dialog for sharing is open. */
  sharing = $state<string | null>(null);

  constructor(session: Session, intake: IntakeControls) {
    this.session = session;
    this.intake = intake;
  }
}

export const [getControls, setControls] = createContext<Controls>();
