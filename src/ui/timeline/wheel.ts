/** What a turn of the wheel asks for: so many pixels of time or of rows further on, or so many times as much time. */
export type WheelWish =
  { readonly pan: number } | { readonly scroll: number } | { readonly zoom: number };

/** What a wheel turns by, as `deltaMode` counts it: pixels, lines, pages. */
const PIXELS = [1, 16, 400];
/** Turns that follow each other within so much are one gesture: it goes on scrolling or zooming as it began. */
const PAUSE_MS = 250;

export interface WheelManners {
  /** Whether the page, or rows below the pointer, scroll by a plain wheel that starts there. */
  readonly scrolls: (event: WheelEvent) => boolean;
  /** Whether there are rows that scroll with Alt. */
  readonly hasRows: boolean;
}

/** The wheel over one element: plain it zooms, with Shift or turned sideways it pans, with Alt it scrolls rows. */
export class Wheel {
  readonly #element: HTMLElement;
  readonly #manners: WheelManners;
  #isScrolling = false;
  #last = -Infinity;

  constructor(element: HTMLElement, manners: WheelManners) {
    this.#element = element;
    this.#manners = manners;
  }

  /** Null: what scrolls below the pointer is to scroll. */
  wishOf(event: WheelEvent): WheelWish | null {
    const pixels = PIXELS[event.deltaMode];
    const { shiftKey, altKey, deltaX, deltaY } = event;
    if (shiftKey) return { pan: (deltaX + deltaY) * pixels };
    if (altKey && this.#manners.hasRows) return { scroll: deltaY * pixels };
    if (Math.abs(deltaX) > Math.abs(deltaY)) return { pan: deltaX * pixels };
    // As a pinch on a touchpad arrives.
    const isPinch = event.ctrlKey || event.metaKey;
    if (!isPinch && this.#scrolls(event)) return null;
    // A touchpad's pinch comes as Ctrl-wheel in steps of a few pixels, a mouse wheel's notch as a hundred.
    const speed = event.ctrlKey && Math.abs(deltaY) < 50 ? 0.01 : 0.002;
    return { zoom: Math.exp(Math.max(-100, Math.min(100, deltaY * pixels)) * speed) };
  }

  /** What scrolls elsewhere when the pointer comes here goes on scrolling. */
  elsewhere(event: WheelEvent): void {
    if (event.target instanceof Node && this.#element.contains(event.target)) return;
    this.#isScrolling = !event.defaultPrevented;
    this.#last = event.timeStamp;
  }

  #scrolls(event: WheelEvent): boolean {
    if (event.timeStamp - this.#last > PAUSE_MS) this.#isScrolling = this.#manners.scrolls(event);
    this.#last = event.timeStamp;
    return this.#isScrolling;
  }
}
