/** What a turn of the wheel asks for: so many pixels of time further on, or so many times as much time. */
export type WheelWish = { readonly pan: number } | { readonly zoom: number };

/** What a wheel turns by, as `deltaMode` counts it: pixels, lines, pages. */
const PIXELS = [1, 16, 400];
/** A page scroll that reaches the element under way goes on scrolling the page. */
const SCROLL_PAUSE_MS = 250;

/** The wheel over one element. With Shift, or turned sideways, it pans; with Ctrl, as a pinch arrives, it zooms. */
export class Wheel {
  readonly #element: HTMLElement;
  readonly #plain: 'zooms' | 'scrolls';
  #lastElsewhere = -Infinity;

  /** `plain`: what it does without any key. */
  constructor(element: HTMLElement, plain: 'zooms' | 'scrolls') {
    this.#element = element;
    this.#plain = plain;
  }

  /** Null: the page is to scroll. */
  wishOf(event: WheelEvent): WheelWish | null {
    const pixels = PIXELS[event.deltaMode];
    const { shiftKey, deltaX, deltaY } = event;
    if (shiftKey) return { pan: (deltaX + deltaY) * pixels };
    if (Math.abs(deltaX) > Math.abs(deltaY)) return { pan: deltaX * pixels };
    if (!event.ctrlKey && !event.metaKey && !this.#plainZooms(event)) return null;
    // A touchpad's pinch comes as Ctrl-wheel in steps of a few pixels, a mouse wheel's notch as a hundred.
    const speed = event.ctrlKey && Math.abs(deltaY) < 50 ? 0.01 : 0.002;
    return { zoom: Math.exp(Math.max(-100, Math.min(100, deltaY * pixels)) * speed) };
  }

  elsewhere(event: WheelEvent): void {
    if (event.target instanceof Node && this.#element.contains(event.target)) return;
    this.#lastElsewhere = event.timeStamp;
  }

  #plainZooms(event: WheelEvent): boolean {
    if (this.#plain === 'scrolls') return false;
    const scrolling = event.timeStamp - this.#lastElsewhere < SCROLL_PAUSE_MS;
    if (scrolling) this.#lastElsewhere = event.timeStamp;
    return !scrolling;
  }
}
