/** So many events are kept of an insight, and so many of all the others in its minutes … */
export const MOST_EVENTS = 1_000;
/** … and no more characters of them: AWS caps an event at 256 KB, usual ones have 1,500. */
const MOST_TEXT = 2 << 20;
/** A longer one is left out, lest it leave no room for the others. */
const LONGEST_EVENT = 512 << 10;

/** One record as it stands in its file. */
export interface CollectedEvent {
  readonly minute: number;
  /** As written. */
  readonly eventTime: string;
  /** Of an update, the id of the event it corrects; empty in records older than version 1.01. */
  readonly eventID: string;
  readonly isUpdate: boolean;
  /** The record's JSON, byte for byte. */
  readonly text: string;
}

/**
 * The earliest events by (eventTime, eventID), each id once, up to a cap. What is behind the cap in a part of the
 * events is behind it in all of them, so parts can be cut before they are joined and the order they come in is nothing.
 */
export class EarliestEvents {
  private events: CollectedEvent[] = [];
  private length = 0;
  private last: CollectedEvent | null = null;

  constructor(
    private readonly most = MOST_EVENTS,
    private readonly mostText = MOST_TEXT,
  ) {}

  /** Whether an event of that minute could still be among the earliest: saves making it. */
  mayTake(minute: number): boolean {
    return this.last === null || minute <= this.last.minute;
  }

  add(event: CollectedEvent): void {
    if (event.text.length > LONGEST_EVENT) return;
    if (this.last !== null && byTime(event, this.last) > 0) return;
    this.events.push(event);
    this.length += event.text.length;
    if (this.events.length >= 2 * this.most || this.length >= 2 * this.mostText) this.settle();
  }

  /** Earliest first. */
  finish(): CollectedEvent[] {
    this.settle();
    return this.events;
  }

  private settle(): void {
    const sorted = distinct(this.events).sort(byTime);
    let kept = 0;
    this.length = 0;
    while (kept < sorted.length && kept < this.most && this.length <= this.mostText) {
      this.length += sorted[kept++].text.length;
    }
    if (this.length > this.mostText && kept > 0) this.length -= sorted[--kept].text.length;
    this.events = sorted.slice(0, kept);
    if (kept < sorted.length) this.last = sorted[kept];
  }
}

/** Of records with one id the update stays, else the first in order; those without an id are all different. */
function distinct(events: readonly CollectedEvent[]): CollectedEvent[] {
  const byId = new Map<string, CollectedEvent>();
  const withoutId: CollectedEvent[] = [];
  for (const event of events) {
    if (event.eventID === '') {
      withoutId.push(event);
      continue;
    }
    const before = byId.get(event.eventID);
    if (before === undefined || preferred(event, before) < 0) byId.set(event.eventID, event);
  }
  return [...byId.values(), ...withoutId];
}

const preferred = (a: CollectedEvent, b: CollectedEvent): number =>
  Number(b.isUpdate) - Number(a.isUpdate) || byTime(a, b);

const byTime = (a: CollectedEvent, b: CollectedEvent): number =>
  a.minute - b.minute ||
  compare(a.eventTime, b.eventTime) ||
  compare(a.eventID, b.eventID) ||
  compare(a.text, b.text);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
