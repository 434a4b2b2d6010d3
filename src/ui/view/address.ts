/** Where the page is: the part of its address after `#`, and what the browser's history keeps beside it. */
export interface Place {
  readonly fragment: string;
  readonly text: string;
}

export interface Address {
  read(): Place;
  /** `push` makes a step to go back to. */
  write(place: Place, history: 'push' | 'replace'): void;
}

/** Browsers refuse more than 200 changes of the address in 10 seconds: what changes with every frame settles first. */
const SETTLED_MS = 150;

let unwritten: { readonly place: Place; readonly timer: ReturnType<typeof setTimeout> } | null =
  null;

function put({ fragment, text }: Place, history: 'push' | 'replace'): void {
  const address = `${location.pathname}${location.search}${fragment && `#${fragment}`}`;
  if (history === 'push') window.history.pushState({ text }, '', address);
  else window.history.replaceState({ text }, '', address);
}

function settle(): void {
  if (!unwritten) return;
  clearTimeout(unwritten.timer);
  put(unwritten.place, 'replace');
  unwritten = null;
}

/** Where the browser itself has gone elsewhere, what was not written belongs to a page that was left. */
function forget(): void {
  if (unwritten) clearTimeout(unwritten.timer);
  unwritten = null;
}

const keptText = (state: unknown): string => {
  const text = (state as { readonly text?: unknown } | null)?.text;
  return typeof text === 'string' ? text : '';
};

export const browserAddress: Address = {
  read: () => {
    forget();
    return { fragment: location.hash.slice(1), text: keptText(window.history.state) };
  },
  write: (place, history) => {
    if (history === 'push') {
      settle();
      return put(place, 'push');
    }
    forget();
    unwritten = { place, timer: setTimeout(settle, SETTLED_MS) };
  },
};
