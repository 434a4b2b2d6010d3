import { createContext, tick } from 'svelte';
import type { Desk } from '../desk.svelte';
import type { Field } from '../insights/insightValues';
import type { Muted } from '../settings/leftOut';
import { copyText, TOLD_MS } from '../parts/copyText';
import { layerOf } from './copyable';
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

/** What more than copying is done with values on. */
export interface ValueWork {
  readonly desk: Desk;
  readonly whatIf: WhatIf;
}

/**
 * The one menu of all values: only with this, without this, leave out of detection, copy. Of several values it first asks
 * which.
 */
export class ValueMenu {
  /** Null: no logs are open. */
  work: ValueWork | null = null;
  /** Which values it is about, and the element it hangs on. */
  about = $state.raw<{ readonly values: readonly LogValue[]; readonly anchor: HTMLElement } | null>(
    null,
  );
  /** The one that something is to be done with; null where that is still asked. */
  value = $state.raw<LogValue | null>(null);
  /** The dialog or panel that it stands in; null: the page. */
  layer = $state.raw<Element | null>(null);
  /** What became of the last action, to be read out. */
  said = $state('');
  #silence: ReturnType<typeof setTimeout> | undefined;

  readonly actions: readonly ValueAction[] = $derived(this.value ? this.#of(this.value) : []);

  /** One value that can only be copied is. */
  open(values: readonly LogValue[], anchor: HTMLElement): void {
    this.layer = layerOf(anchor);
    if (values.length === 1 && isOnlyCopied(values[0])) return void this.copy(values[0]);
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

  #of(about: LogValue): ValueAction[] {
    const { value, what, field, muted } = about;
    const ask = (without: boolean) => () =>
      this.work?.desk.view.ask({ field: field!, value, without });
    return [
      ...(field === null
        ? []
        : [
            { words: `Only insights with this ${what}`, run: ask(false) },
            { words: `Without this ${what}`, run: ask(true) },
          ]),
      ...(muted === null
        ? []
        : [{ words: 'Leave out of detection', run: () => this.work?.whatIf.leaveOut(muted) }]),
      { words: 'Copy', run: () => void this.copy(about) },
    ];
  }

  async copy({ value }: LogValue): Promise<void> {
    const outcome = await copyText(value);
    this.said = outcome === 'Copied' ? `Copied ${cut(value)}` : outcome;
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => (this.said = ''), TOLD_MS);
  }
}

export const isOnlyCopied = ({ field, muted }: LogValue): boolean =>
  field === null && muted === null;

/** What is told of a value. */
const LONGEST_TOLD = 60;
const cut = (value: string): string =>
  value.length > LONGEST_TOLD ? `${value.slice(0, LONGEST_TOLD)}…` : value;

export const [getValueMenu, setValueMenu] = createContext<ValueMenu>();
