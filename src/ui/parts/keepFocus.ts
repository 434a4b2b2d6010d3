import { tick } from 'svelte';

/** Where the focus goes with what had it, it goes on at the page's heading. */
export async function keepFocus(): Promise<void> {
  await tick();
  if (document.activeElement === document.body)
    document.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true });
}
