import { untrack } from 'svelte';
import { judgedTable } from '../core/insights/mutes';
import type { OpenAnalysis } from '../worker/client';

/** The open analysis with the table that detection sees: without what is left out. */
export class Judged {
  readonly #open: () => OpenAnalysis | null;
  readonly #whole = $derived.by(() => this.#open()?.table);
  /** As text, so that nothing is filtered again where it says the same. */
  readonly #filter = $derived.by(() => {
    const { mutes, excludedSpans, serviceEvents, signIns } = this.#open()?.settings ?? {};
    return JSON.stringify([mutes, excludedSpans, serviceEvents, signIns]);
  });
  readonly #table = $derived.by(() => {
    void this.#filter;
    const settings = untrack(() => this.#open()?.settings);
    return this.#whole && settings && judgedTable(this.#whole, settings);
  });
  readonly analysis: OpenAnalysis | null = $derived.by(() => {
    const open = this.#open();
    return open && this.#table ? { ...open, table: this.#table } : null;
  });

  constructor(open: () => OpenAnalysis | null) {
    this.#open = open;
  }
}
