import { createContext, tick } from 'svelte';
import type { Desk } from '../desk.svelte';
import type { Field } from '../insights/insightValues';
import type { Muted } from '../settings/leftOut';
import type { WhatIf } from '../settings/whatIf.svelte';

/** A value of the logs, wherever it stands on the page. */
export interface LogValue {
  readonly value: string;
  /** What it is, for people: `Region`. */
  readonly what: string;
  /** The field by which insights with it are asked for; null where insights are not told apart by it. */
  readonly field: Field | null;
  /** The calls that have it; null where calls cannot be left out by it. */
  readonly muted: Muted | null;
}

/** What can be done with a value. */
export interface ValueAction {
  readonly words: string;
  readonly run: () => void | Promise<void>;
}

/**
 * The one menu of all values: only with this, without this, leave out of detection, copy. Of several values it first asks
 * which.
 */
export class ValueMenu {
  readonly #desk: Desk;
  readonly #whatIf: WhatIf;
  /** Which values it is about, and the element it hangs on. */
  about = $state.raw<{ readonly values: readonly LogValue[]; readonly anchor: HTMLElement } | null>(
    null,
  );
  /** The one that something is to be done with; null where that is still asked. */
  value = $state.raw<LogValue | null>(null);
  /** What became of the last action, to be read out. */
  said = $state('');

  readonly actions: readonly ValueAction[] = $derived(this.value ? this.#of(this.value) : []);

  constructor(desk: Desk, whatIf: WhatIf) {
    this.#desk = desk;
    this.#whatIf = whatIf;
  }

  open(values: readonly LogValue[], anchor: HTMLElement): void {
    this.about = { values, anchor };
    this.value = values.length === 1 ? values[0] : null;
  }

  /** Focus goes on at the filters where what was clicked is filtered away. */
  async run(action: ValueAction): Promise<void> {
    this.about = null;
    await action.run();
    await tick();
    if (document.activeElement === document.body)
      document.querySelector<HTMLElement>('[data-shortcut=filter]')?.focus();
  }

  #of({ value, what, field, muted }: LogValue): ValueAction[] {
    const ask = (without: boolean) => () => this.#desk.view.ask({ field: field!, value, without });
    return [
      ...(field === null
        ? []
        : [
            { words: `Only insights with this ${what}`, run: ask(false) },
            { words: `Without this ${what}`, run: ask(true) },
          ]),
      ...(muted === null
        ? []
        : [{ words: 'Leave out of detection', run: () => this.#whatIf.leaveOut(muted) }]),
      { words: 'Copy', run: () => this.#copy(value) },
    ];
  }

  async #copy(value: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(value);
      this.said = 'Copied';
    } catch {
      this.said = 'Not copied: the browser refused';
    }
    setTimeout(() => (this.said = ''), 1500);
  }
}

export const [getValueMenu, setValueMenu] = createContext<ValueMenu>();
