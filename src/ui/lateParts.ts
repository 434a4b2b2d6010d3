/**
 * Parts of the page that come when they are first wanted, each a file of its own: the start screen stands before any of
 * them. In the one-file build all are at hand.
 */
export const LATE_PARTS = {
  palette: () => import('./palette/Palette.svelte'),
  help: () => import('./help/Help.svelte'),
  shareForm: () => import('./share/ShareForm.svelte'),
  events: () => import('./events/EventsTab.svelte'),
} as const;

/** Fetches them one after the other, so that the page also works where its server is gone by then. */
export async function fetchLateParts(): Promise<void> {
  for (const load of Object.values(LATE_PARTS)) {
    await load();
    await new Promise((resolve) => setTimeout(resolve));
  }
}
