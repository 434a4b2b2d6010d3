import type { Attachment } from 'svelte/attachments';
import type { Span } from './span';
import { Wheel } from './wheel';

/** Where a pointer is: pixels inside the element, and the minute under it. */
export interface TimePoint {
  readonly x: number;
  readonly y: number;
  readonly minute: number;
}

/** What hands can do with time. All are wishes: whoever holds the span keeps it within the logs. */
export interface TimeGestures {
  readonly span: () => Span;
  /** So many minutes further on. */
  readonly onpan: (minutes: number) => void;
  /** So many times as much time, and the minute `fixed` stays where it is. */
  readonly onzoom: (factor: number, fixed: number) => void;
  /** While a span is being drawn; null when that is over. */
  readonly onselecting: (span: Span | null) => void;
  /** A drawn span. */
  readonly onselect: (span: Span) => void;
  readonly onpoint: (point: TimePoint | null) => void;
  readonly onclick: (point: TimePoint) => void;
  readonly onreset: () => void;
  /** Where a plain drag pans too. */
  readonly pans?: (point: TimePoint) => boolean;
  /** What a hand that pans has hold of: the time below it or, over a picture of all time, the part that is in view. */
  readonly holds: 'time' | 'view';
  /** Where a plain wheel that starts there scrolls; elsewhere it zooms. */
  readonly scrolls?: (point: TimePoint) => boolean;
  /** So many pixels down the rows. */
  readonly onscroll?: (pixels: number) => void;
}

/** Shorter drags are clicks of an unsteady hand. */
const CLICK_PIXELS = 4;

/**
 * Drag draws a span, Shift-drag and one finger pan, two fingers and the wheel zoom, double-click resets; with Alt the
 * wheel scrolls rows, where there are some.
 * The element's whole width is the span.
 */
export function timeGestures(gestures: TimeGestures): Attachment<HTMLElement> {
  return (element) => {
    const hand = new Hand(element, gestures);
    const listening = new AbortController();
    const { signal } = listening;
    element.addEventListener('pointerdown', (event) => hand.down(event), { signal });
    element.addEventListener('pointermove', (event) => hand.move(event), { signal });
    element.addEventListener('pointerup', (event) => hand.up(event), { signal });
    element.addEventListener('pointercancel', (event) => hand.cancel(event), { signal });
    element.addEventListener('pointerleave', (event) => hand.leave(event), { signal });
    element.addEventListener('dblclick', (event) => hand.reset(event), { signal });
    element.addEventListener('wheel', (event) => hand.wheel(event), { signal, passive: false });
    const elsewhere = (event: WheelEvent) => hand.wheels.elsewhere(event);
    window.addEventListener('wheel', elsewhere, { signal, passive: true });
    window.addEventListener('keydown', (event) => hand.key(event), { signal, capture: true });
    return () => listening.abort();
  };
}

class Hand {
  readonly #element: HTMLElement;
  readonly #gestures: TimeGestures;
  readonly wheels: Wheel;
  /** Fingers (or the mouse) that are down, by pointer id. */
  readonly #down = new Map<number, TimePoint>();
  #doing: 'nothing' | 'drawing' | 'panning' = 'nothing';
  #start: TimePoint | null = null;
  #moved = false;

  constructor(element: HTMLElement, gestures: TimeGestures) {
    this.#element = element;
    this.#gestures = gestures;
    this.wheels = new Wheel(element, {
      scrolls: (event) => gestures.scrolls?.(this.#pointOf(event)) ?? false,
      hasRows: gestures.onscroll !== undefined,
    });
  }

  down(event: PointerEvent): void {
    if (event.button !== 0) return;
    const point = this.#pointOf(event);
    this.#element.setPointerCapture(event.pointerId);
    this.#down.set(event.pointerId, point);
    this.#start = point;
    this.#moved = this.#down.size > 1;
    const pans = event.shiftKey || event.pointerType === 'touch' || this.#gestures.pans?.(point);
    this.#doing = pans ? 'panning' : 'drawing';
  }

  move(event: PointerEvent): void {
    const point = this.#pointOf(event);
    // Let go where the page could not see it.
    if (event.buttons === 0 && this.#down.has(event.pointerId)) this.cancel(event);
    const before = this.#down.get(event.pointerId);
    if (before === undefined) return this.#gestures.onpoint(point);
    if (this.#start && distance(this.#start, point) >= CLICK_PIXELS) this.#moved = true;
    if (this.#down.size === 2) this.#pinch(event.pointerId, before, point);
    else if (this.#moved) this.#drag(before, point);
    this.#down.set(event.pointerId, this.#pointOf(event));
    this.#point(event);
  }

  #drag(before: TimePoint, point: TimePoint): void {
    if (this.#doing === 'panning') {
      const minutes = point.minute - before.minute;
      this.#gestures.onpan(this.#gestures.holds === 'view' ? minutes : -minutes);
    } else if (this.#doing === 'drawing' && this.#start) {
      this.#gestures.onselecting(between(this.#start.minute, point.minute));
    }
  }

  /** The minute under the finger that rests stays there; the other finger stretches time. */
  #pinch(moving: number, before: TimePoint, point: TimePoint): void {
    const resting = [...this.#down].find(([id]) => id !== moving)![1];
    const apart = Math.max(8, Math.abs(point.x - resting.x));
    const factor = Math.max(8, Math.abs(before.x - resting.x)) / apart;
    this.#gestures.onzoom(factor, resting.minute);
  }

  up(event: PointerEvent): void {
    const point = this.#pointOf(event);
    if (!this.#down.delete(event.pointerId)) return;
    const drawn = this.#doing === 'drawing' && this.#start;
    if (!this.#moved) this.#gestures.onclick(point);
    else if (drawn && Math.abs(point.x - drawn.x) >= CLICK_PIXELS)
      this.#gestures.onselect(between(drawn.minute, point.minute));
    this.release();
    this.#point(event);
  }

  reset(event: MouseEvent): void {
    this.#gestures.onreset();
    this.#point(event);
  }

  cancel(event: PointerEvent): void {
    this.#down.delete(event.pointerId);
    this.release();
    this.#gestures.onpoint(null);
  }

  /** What Escape is for while something is being drawn. */
  key(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || this.#doing !== 'drawing') return;
    event.preventDefault();
    this.release();
  }

  /** Lets go of whatever is being drawn, and leaves everything as it was. */
  release(): void {
    if (this.#doing === 'drawing') this.#gestures.onselecting(null);
    this.#doing = this.#down.size > 0 && this.#doing === 'panning' ? 'panning' : 'nothing';
  }

  /** What a finger pointed at stays after it is lifted: there is no other way to read it. */
  leave(event: PointerEvent): void {
    if (this.#down.size === 0 && event.pointerType !== 'touch') this.#gestures.onpoint(null);
  }

  wheel(event: WheelEvent): void {
    const wish = this.wheels.wishOf(event);
    if (wish === null) return;
    event.preventDefault();
    const { from, to } = this.#gestures.span();
    if ('pan' in wish) this.#gestures.onpan((wish.pan * (to - from)) / this.#element.clientWidth);
    else if ('scroll' in wish) this.#gestures.onscroll?.(wish.scroll);
    else this.#gestures.onzoom(wish.zoom, this.#pointOf(event).minute);
    this.#point(event);
  }

  /** Whatever was done to time, the pointer has stayed where it was. */
  #point(event: MouseEvent): void {
    this.#gestures.onpoint(this.#pointOf(event));
  }

  #pointOf(event: MouseEvent): TimePoint {
    const box = this.#element.getBoundingClientRect();
    const x = Math.min(Math.max(event.clientX - box.left, 0), box.width);
    const span = this.#gestures.span();
    const minute = span.from + (x / (box.width || 1)) * (span.to - span.from);
    return { x, y: event.clientY - box.top, minute };
  }
}

const distance = (a: TimePoint, b: TimePoint): number => Math.hypot(a.x - b.x, a.y - b.y);

const between = (a: number, b: number): Span => ({ from: Math.min(a, b), to: Math.max(a, b) });
