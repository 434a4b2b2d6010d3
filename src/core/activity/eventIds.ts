import type { IdLog } from './idLog';

/** Words of a slot: low and high half of the hash, and the group's number plus one, 0 where the slot is free. */
const SLOT = 3;
const HIGH = 1;
const GROUP = 2;
/** Beyond this share of taken slots the table doubles: a new id then meets eight others on its way, side by side. */
const FULL = 0.75;

/**
 * Which group of calls every event seen so far was counted in, by the hash of its id (see `IdLog`). The ids lie side by
 * side, since each look-up waits for memory, once.
 */
export class EventIds {
  private slots: Int32Array;
  private capacity = 1 << 10;
  /** Leaves the bits of the low half that are the slot's number: the upper ones, so that `appendTo` nearly sorts. */
  private shift = 22;
  private count = 0;
  /** By slot the set of origins; null as long as all are of set 0, as in most archives. */
  private sets: Uint16Array | null = null;

  /**
   * `expected`: how many ids will come; those in the order of `low` crowd a table that grows meanwhile. `skipped`: so many
   * upper bits of `low` are the same in all of them.
   */
  constructor(
    expected = 0,
    private readonly skipped = 0,
  ) {
    for (; this.capacity * FULL < expected; this.shift--) this.capacity *= 2;
    this.slots = new Int32Array(this.capacity * SLOT);
  }

  get size(): number {
    return this.count;
  }

  /** Forgets all ids; the memory stays. */
  clear(): void {
    this.slots.fill(0);
    this.sets = null;
    this.count = 0;
  }

  /** The place of an id in the table: `groupAt` tells whether it was seen before. Valid until the next `put`. */
  find(high: number, low: number): number {
    const { slots } = this;
    let place = this.homeOf(low);
    while (slots[place + GROUP] !== 0) {
      if (slots[place] === low && slots[place + HIGH] === high) return place;
      place += SLOT;
      if (place === slots.length) place = 0;
    }
    return place;
  }

  /** The group the id at this place was counted in; -1 when it was not seen before. */
  groupAt(place: number): number {
    return this.slots[place + GROUP] - 1;
  }

  /** The set of origins of the id at this place. */
  originsAt(place: number): number {
    return this.sets === null ? 0 : this.sets[place / SLOT];
  }

  setOrigins(place: number, set: number): void {
    if (this.sets === null && set === 0) return;
    this.sets ??= new Uint16Array(this.capacity);
    this.sets[place / SLOT] = set;
  }

  /** Counts an id that `find` did not find in a group; `set`: its origins. */
  put(place: number, high: number, low: number, group: number, set = 0): void {
    if (this.sets !== null || set !== 0) this.setOrigins(place, set);
    this.slots[place] = low;
    this.slots[place + HIGH] = high;
    this.slots[place + GROUP] = group + 1;
    if (++this.count > this.capacity * FULL) this.double();
  }

  /** Moves an id that was seen before to another group. */
  move(place: number, group: number): void {
    this.slots[place + GROUP] = group + 1;
  }

  /** Adds to `counts`, by set of origins, how many ids have it. */
  countBySet(counts: number[]): void {
    const count = (set: number, ids: number) => (counts[set] = (counts[set] ?? 0) + ids);
    if (this.sets === null) return void count(0, this.count);
    for (let place = 0; place < this.slots.length; place += SLOT) {
      if (this.slots[place + GROUP] !== 0) count(this.originsAt(place), 1);
    }
  }

  /** Adds every id to `log`, nearly in the order of `low`. */
  appendTo(log: IdLog): void {
    const { slots } = this;
    for (let place = 0; place < slots.length; place += SLOT) {
      const group = slots[place + GROUP] - 1;
      if (group >= 0) log.add(group, slots[place + HIGH], slots[place], this.originsAt(place));
    }
  }

  private homeOf(low: number): number {
    return ((low << this.skipped) >>> this.shift) * SLOT;
  }

  private double(): void {
    const before = this.slots;
    const setsBefore = this.sets;
    this.capacity *= 2;
    this.shift--;
    this.slots = new Int32Array(this.capacity * SLOT);
    if (setsBefore !== null) this.sets = new Uint16Array(this.capacity);
    for (let from = 0; from < before.length; from += SLOT) {
      if (before[from + GROUP] === 0) continue;
      const place = this.find(before[from + HIGH], before[from]);
      this.slots[place] = before[from];
      this.slots[place + HIGH] = before[from + HIGH];
      this.slots[place + GROUP] = before[from + GROUP];
      if (setsBefore !== null) this.setOrigins(place, setsBefore[from / SLOT]);
    }
  }
}
