import type { Attachment } from 'svelte/attachments';
import { panSpan, zoomSpan, type Span } from './span';

/** Where a pointer is: pixels inside the element, and the minute under it. */
export interface TimePoint {
  readonly x: number;
  readonly y: number;
  readonly minute: number;
}

/** What hands can do with time. Spans handed out are wishes: whoever holds the span keeps it within the logs. */
export interface TimeGestures {
  readonly span: () => Span;
  /** Panned or zoomed. */
  readonly onspan: (span: Span) => void;
  /** While a span is being drawn; null when that is over. */
  readonly onselecting: (span: Span | null) => void;
  /** A drawn span. */
  readonly onselect: (span: Span) => void;
  readonly onpoint: (point: TimePoint | null) => void;
  readonly onclick: (point: TimePoint) => void;
  readonly onreset: () => void;
  /** Where a plain drag pans too. */
  readonly pans?: (point: TimePoint) => boolean;
  /** What the plain wheel does; with Ctrl (as a pinch on a touchpad arrives) it zooms, with Shift it pans, always. */
  readonly wheel: 'zooms' | 'scrolls';
}

/** Shorter drags are clicks of an unsteady hand. */
const CLICK_PIXELS = 4;
/** A page scroll that reaches the element under way goes on scrolling the page. */
const SCROLL_PAUSE_MS = 250;
const WHEEL_LINE_PIXELS = 16;

/**
 * Drag draws a span, Shift-drag and one finger pan, two fingers and the wheel zoom, double-click resets.
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
    element.addEventListener('dblclick', () => gestures.onreset(), { signal });
    element.addEventListener('wheel', (event) => hand.wheel(event), { signal, passive: false });
    const elsewhere = (event: WheelEvent) => hand.wheelElsewhere(event);
    window.addEventListener('wheel', elsewhere, { signal, passive: true, capture: true });
    window.addEventListener('keydown', (event) => event.key === 'Escape' && hand.release(), {
      signal,
    });
    return () => listening.abort();
  };
}

class Hand {
  readonly #element: HTMLElement;
  readonly #gestures: TimeGestures;
  /** Fingers (or the mouse) that are down, by pointer id. */
  readonly #down = new Map<number, TimePoint>();
  #doing: 'nothing' | 'drawing' | 'panning' = 'nothing';
  #start: TimePoint | null = null;
  #moved = false;
  #lastWheelElsewhere = -Infinity;

  constructor(element: HTMLElement, gestures: TimeGestures) {
    this.#element = element;
    this.#gestures = gestures;
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
    const before = this.#down.get(event.pointerId);
    if (before === undefined) return this.#gestures.onpoint(point);
    if (this.#start && Math.abs(point.x - this.#start.x) >= CLICK_PIXELS) this.#moved = true;
    if (this.#down.size === 2) this.#pinch(event.pointerId, before, point);
    else if (this.#moved) this.#drag(before, point);
    this.#down.set(event.pointerId, this.#pointOf(event));
    this.#gestures.onpoint(this.#pointOf(event));
  }

  #drag(before: TimePoint, point: TimePoint): void {
    if (this.#doing === 'panning') {
      this.#gestures.onspan(panSpan(this.#gestures.span(), before.minute - point.minute));
    } else if (this.#doing === 'drawing' && this.#start) {
      this.#gestures.onselecting(between(this.#start.minute, point.minute));
    }
  }

  /** The minute under the finger that rests stays there; the other finger stretches time. */
  #pinch(moving: number, before: TimePoint, point: TimePoint): void {
    const resting = [...this.#down].find(([id]) => id !== moving)![1];
    const apart = Math.max(8, Math.abs(point.x - resting.x));
    const factor = Math.max(8, Math.abs(before.x - resting.x)) / apart;
    this.#gestures.onspan(zoomSpan(this.#gestures.span(), factor, resting.minute));
  }

  up(event: PointerEvent): void {
    const point = this.#pointOf(event);
    if (!this.#down.delete(event.pointerId)) return;
    const drawn = this.#doing === 'drawing' && this.#moved && this.#start;
    if (drawn) this.#gestures.onselect(between(drawn.minute, point.minute));
    else if (!this.#moved) this.#gestures.onclick(point);
    this.release();
  }

  cancel(event: PointerEvent): void {
    this.#down.delete(event.pointerId);
    this.release();
    this.#gestures.onpoint(null);
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
    const span = this.#gestures.span();
    const pixels = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? WHEEL_LINE_PIXELS : 1;
    const sideways = event.shiftKey ? event.deltaY + event.deltaX : event.deltaX;
    const minutesPerPixel = (span.to - span.from) / this.#element.clientWidth;
    if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
      event.preventDefault();
      this.#gestures.onspan(panSpan(span, sideways * pixels * minutesPerPixel));
    } else if (event.ctrlKey || event.metaKey || this.#plainWheelZooms(event)) {
      event.preventDefault();
      // A touchpad's pinch comes as Ctrl-wheel in steps of a few pixels, a mouse wheel's notch as a hundred.
      const speed = event.ctrlKey && Math.abs(event.deltaY) < 50 ? 0.01 : 0.002;
      const factor = Math.exp(Math.max(-100, Math.min(100, event.deltaY * pixels)) * speed);
      this.#gestures.onspan(zoomSpan(span, factor, this.#pointOf(event).minute));
    }
  }

  wheelElsewhere(event: WheelEvent): void {
    if (event.target instanceof Node && this.#element.contains(event.target)) return;
    this.#lastWheelElsewhere = event.timeStamp;
  }

  #plainWheelZooms(event: WheelEvent): boolean {
    if (this.#gestures.wheel === 'scrolls') return false;
    const scrolling = event.timeStamp - this.#lastWheelElsewhere < SCROLL_PAUSE_MS;
    if (scrolling) this.#lastWheelElsewhere = event.timeStamp;
    return !scrolling;
  }

  #pointOf(event: MouseEvent): TimePoint {
    const box = this.#element.getBoundingClientRect();
    const x = Math.min(Math.max(event.clientX - box.left, 0), box.width);
    const span = this.#gestures.span();
    const minute = span.from + (x / (box.width || 1)) * (span.to - span.from);
    return { x, y: event.clientY - box.top, minute };
  }
}

const between = (a: number, b: number): Span => ({ from: Math.min(a, b), to: Math.max(a, b) });
