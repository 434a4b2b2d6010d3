import { createContext, tick } from 'svelte';
import type { Minute } from '../../core/activity/minute';
import type { Session } from '../session.svelte';
import { leaveOut, leaveOutSpan, type Muted } from './leftOut';
import { SETTINGS_ID } from './settingsId';

/** Leaves things out and detects again, from wherever a value stands. */
export class WhatIf {
  constructor(private readonly session: Session) {}

  leaveOut(muted: Muted): Promise<void> {
    return this.#detect(leaveOut(this.session.settings, muted));
  }

  leaveOutSpan({ from, to }: { readonly from: Minute; readonly to: Minute }): Promise<void> {
    return this.#detect(leaveOutSpan(this.session.settings, { start: from, end: to }));
  }

  countReads(): Promise<void> {
    return this.#detect({ ...this.session.settings, readEvents: true });
  }

  undo(): Promise<void> {
    return this.#keepFocus(this.session.detection.undo());
  }

  #detect(settings: Session['settings']): Promise<void> {
    return this.#keepFocus(this.session.detection.detect(settings));
  }

  async #keepFocus(detected: Promise<void>): Promise<void> {
    await detected;
    await tick();
    if (document.activeElement === document.body) document.getElementById(SETTINGS_ID)?.focus();
  }
}

export const [getWhatIf, setWhatIf] = createContext<WhatIf>();
