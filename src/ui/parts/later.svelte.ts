import { untrack } from 'svelte';
import { inTurn } from './turns';

/**
 * A value as a part of the page shows it: a newer one comes in a task of its own, so that what hangs on a keystroke in
 * many parts of the page does not hold the next one up.
 */
export class Later<T> {
  #now = $state.raw() as T;

  /** `first` stands until its turn comes for the first time; else the value itself does. */
  constructor(turn: number, value: () => T, first?: T) {
    this.#now = first ?? untrack(value);
    $effect(() => {
      const next = value();
      if (next === untrack(() => this.#now)) return;
      return inTurn(turn, () => (this.#now = next));
    });
  }

  get now(): T {
    return this.#now;
  }
}
