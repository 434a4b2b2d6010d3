/** What keys do on a picture that has the focus, by `event.key`; `Shift+Enter` where Shift makes it another. */
export type PlotKeys = Readonly<Record<string, () => void>>;

/** Does what the key is for and keeps the page from doing its own; keys of the browser stay the browser's. */
export function pressOn(keys: PlotKeys, event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const shifted = event.shiftKey ? keys[`Shift+${event.key}`] : undefined;
  const act = shifted ?? keys[event.key];
  if (act === undefined) return;
  event.preventDefault();
  act();
}
