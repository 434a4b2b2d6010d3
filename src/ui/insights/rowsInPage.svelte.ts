import { untrack } from 'svelte';
import { inTurn } from '../parts/turns';
import { ALL_ROWS_UP_TO, ROWS_BEYOND } from './visibleRows';

/** Rows that are drawn in one task. */
const STEP = 15;
/** After every part of the page that has to stand first. */
const TURN = 5;

/** How many rows stand in the page though they are out of sight: all of a list that is not long, a few more each task. */
export class RowsInPage {
  readonly #listed: () => readonly unknown[];
  #drawn = $state(0);
  /** Of another list the rows in sight come first. */
  #beyond = $derived.by(() => {
    this.#listed();
    return 0;
  });

  constructor(listed: () => readonly unknown[]) {
    this.#listed = listed;
    $effect(() => {
      listed();
      return inTurn(TURN, () => (this.#beyond = ROWS_BEYOND));
    });
    $effect(() => {
      const all = listed().length;
      this.#drawn = untrack(() => Math.min(this.#drawn, all));
      return all > ALL_ROWS_UP_TO ? undefined : this.#drawOn(all);
    });
  }

  get drawn(): number {
    return this.#drawn;
  }

  /** Rows beyond either edge of what is in sight. */
  get beyond(): number {
    return this.#beyond;
  }

  #drawOn(all: number): () => void {
    let giveUp = () => {};
    const next = () => {
      if (this.#drawn < all) giveUp = inTurn(TURN, draw);
    };
    const draw = () => {
      this.#drawn = Math.min(all, this.#drawn + STEP);
      next();
    };
    untrack(next);
    return () => giveUp();
  }
}
