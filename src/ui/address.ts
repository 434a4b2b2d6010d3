/** The part of the page's address after `#`, and the browser's history of it. */
export interface Address {
  read(): string;
  /** `push` makes a step to go back to. */
  write(fragment: string, history: 'push' | 'replace'): void;
}

export const browserAddress: Address = {
  read: () => location.hash.slice(1),
  write: (fragment, history) => {
    const address = `${location.pathname}${location.search}${fragment && `#${fragment}`}`;
    if (history === 'push') window.history.pushState(null, '', address);
    else window.history.replaceState(null, '', address);
  },
};
