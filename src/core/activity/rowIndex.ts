import { grown } from './byteText';

/**
 * Distinct rows of whole numbers, numbered in the order they first came: open addressing over typed arrays, because a
 * Map with keys made of strings is forty times slower at this size.
 */
export class RowIndex {
  private rows: Uint32Array;
  private slots = new Int32Array(1 << 8);
  private count = 0;

  /** `width`: numbers in a row. */
  constructor(private readonly width: number) {
    this.rows = new Uint32Array(width << 7);
  }

  get size(): number {
    return this.count;
  }

  /** The number of the row whose cells are the first `width` of `row`; new rows are added. */
  indexOf(row: Uint32Array): number {
    const mask = this.slots.length - 1;
    let slot = hashOf(row, 0, this.width) & mask;
    for (let entry = this.slots[slot]; entry !== 0; entry = this.slots[slot]) {
      if (this.equals((entry - 1) * this.width, row)) return entry - 1;
      slot = (slot + 1) & mask;
    }
    return this.add(slot, row);
  }

  /** One cell of a row. */
  cell(row: number, column: number): number {
    return this.rows[row * this.width + column];
  }

  /** One column of some rows. */
  cells(rows: Uint32Array, column: number): Uint32Array {
    const values = new Uint32Array(rows.length);
    for (let at = 0; at < values.length; at++)
      values[at] = this.rows[rows[at] * this.width + column];
    return values;
  }

  /** One column over all rows. */
  column(column: number): Uint32Array {
    const values = new Uint32Array(this.count);
    for (let row = 0; row < this.count; row++) values[row] = this.rows[row * this.width + column];
    return values;
  }

  private equals(at: number, row: Uint32Array): boolean {
    for (let i = 0; i < this.width; i++) if (this.rows[at + i] !== row[i]) return false;
    return true;
  }

  private add(slot: number, row: Uint32Array): number {
    this.rows = grown(this.rows, (this.count + 1) * this.width);
    for (let i = 0; i < this.width; i++) this.rows[this.count * this.width + i] = row[i];
    this.slots[slot] = ++this.count;
    if (this.count * 2 > this.slots.length) this.rehash();
    return this.count - 1;
  }

  private rehash(): void {
    this.slots = new Int32Array(this.slots.length * 2);
    const mask = this.slots.length - 1;
    for (let row = 0; row < this.count; row++) {
      let slot = hashOf(this.rows, row * this.width, this.width) & mask;
      while (this.slots[slot] !== 0) slot = (slot + 1) & mask;
      this.slots[slot] = row + 1;
    }
  }
}

function hashOf(cells: Uint32Array, at: number, width: number): number {
  let hash = width;
  for (let i = 0; i < width; i++) {
    hash = Math.imul(hash ^ cells[at + i], 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  hash = Math.imul(hash, 0x85ebca6b);
  return hash ^ (hash >>> 13);
}
