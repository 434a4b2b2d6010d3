import type { LogValue } from './valueMenu.svelte';

/**
 * Every value of the page: cells of tables and lists, what stands beside a term, and what says so. `data-copy` holds what
 * is copied where that is not what is read, `data-what` its name where no head of a column and no term has it.
 */
const VALUES = '[data-copy], dd, td, tbody th, [role=gridcell]';

/** The dialog or panel over the page that an element stands in; null: the page itself. */
export const layerOf = (element: Element): Element | null => element.closest('dialog, [popover]');

/** Of a whole screen so many are offered. */
const MOST = 200;

/** What offers to copy by itself. */
const OFFERS = '[aria-label^="Copy"], [aria-haspopup=menu]';

/** The value that the pointer is on, where nothing in it offers to copy. */
export function valueUnder(target: Element): HTMLElement | null {
  const value = target.closest<HTMLElement>(VALUES);
  const isOffered = target.closest('[popover], ' + OFFERS) ?? value?.querySelector(OFFERS);
  return value && !isOffered && textOf(value) ? value : null;
}

/** The values nearest to what has the focus: its own, else those of the smallest part of its layer that has some. */
export function valuesNear(focused: Element | null): LogValue[] {
  const active = document.getElementById(focused?.getAttribute('aria-activedescendant') ?? '');
  let part = active ?? focused;
  while (part) {
    const values = [part, ...part.querySelectorAll(VALUES)].filter(isValue).map(copiedFrom);
    if (values.length > 0) return values.slice(0, MOST);
    part = part === layerOf(part) ? null : part.parentElement;
  }
  return [];
}

const isValue = (element: Element): element is HTMLElement =>
  element instanceof HTMLElement &&
  element.matches(VALUES) &&
  element.querySelector(VALUES) === null &&
  element.checkVisibility({ visibilityProperty: true }) &&
  textOf(element) !== '';

export const copiedFrom = (element: HTMLElement): LogValue => ({
  value: textOf(element),
  what: element.dataset.what ?? nameOf(element),
  field: null,
  muted: null,
});

const textOf = (element: HTMLElement): string =>
  (element.dataset.copy || element.textContent).replace(/\s+/g, ' ').trim();

const termOf = (element: Element): Element | null => {
  const before = element.previousElementSibling;
  return before === null || before.matches('dt') ? before : termOf(before);
};

/** The term before it, or the head of its column. */
function nameOf(element: HTMLElement): string {
  const term = element.matches('dd') ? termOf(element) : null;
  const row = element.closest('tr, [role=row]');
  const place = row ? [...row.children].indexOf(element) : -1;
  const heads = element.closest('table, [role=grid]')?.querySelector('thead tr, [role=row]');
  const head = term ?? heads?.children[place];
  return head instanceof HTMLElement ? (head.dataset.what ?? head.textContent.trim()) : '';
}
