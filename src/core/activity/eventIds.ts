const NOTHING = 0xffffffff;

/**
 * Which group of calls every event seen so far was counted in, by a 64-bit hash of (recipientAccountId, eventID).
 *
 * The ids themselves are not kept: 12 bytes an event instead of about 100. Two different events share a hash with
 * probability n² / 2⁶⁵: 3 in a million for ten million events together, and then one call of ten million is left out.
 */
export class EventIds {
  private high: Int32Array;
  private low: Int32Array;
  private groups: Uint32Array;
  private count = 0;

  /** `expected`: how many ids will come, where known. */
  constructor(expected = 0) {
    let capacity = 1 << 10;
    while (capacity * 0.6 < expected) capacity *= 2;
    this.high = new Int32Array(capacity);
    this.low = new Int32Array(capacity);
    this.groups = new Uint32Array(capacity).fill(NOTHING);
  }

  get size(): number {
    return this.count;
  }

  /** The place of an id in the table: `groupAt` tells whether it was seen before. Valid until the next `put`. */
  find(high: number, low: number): number {
    const mask = this.groups.length - 1;
    let place = low & mask;
    while (this.groups[place] !== NOTHING) {
      if (this.low[place] === low && this.high[place] === high) return place;
      place = (place + 1) & mask;
    }
    return place;
  }

  /** The group the id at this place was counted in; -1 when it was not seen before. */
  groupAt(place: number): number {
    const group = this.groups[place];
    return group === NOTHING ? -1 : group;
  }

  /** Counts an id that `find` did not find in a group. */
  put(place: number, high: number, low: number, group: number): void {
    this.high[place] = high;
    this.low[place] = low;
    this.groups[place] = group;
    if (++this.count > this.groups.length * 0.6) this.double();
  }

  /** Moves an id that was seen before to another group. */
  move(place: number, group: number): void {
    this.groups[place] = group;
  }

  /** Three columns, one entry an id, in no order that means anything. */
  toColumns(): { high: Int32Array; low: Int32Array; group: Uint32Array } {
    const high = new Int32Array(this.count);
    const low = new Int32Array(this.count);
    const group = new Uint32Array(this.count);
    let next = 0;
    for (let place = 0; place < this.groups.length; place++) {
      if (this.groups[place] === NOTHING) continue;
      high[next] = this.high[place];
      low[next] = this.low[place];
      group[next++] = this.groups[place];
    }
    return { high, low, group };
  }

  private double(): void {
    const { high, low, group } = this.toColumns();
    const capacity = this.groups.length * 2;
    this.high = new Int32Array(capacity);
    this.low = new Int32Array(capacity);
    this.groups = new Uint32Array(capacity).fill(NOTHING);
    this.count = 0;
    for (let i = 0; i < group.length; i++)
      this.put(this.find(high[i], low[i]), high[i], low[i], group[i]);
  }
}
