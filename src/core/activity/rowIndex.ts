import { grown } from './byteText';
import { rehashed } from './hashSlots';
import { gathered } from './sortRows';

/** Numbered rows of whole numbers. */
export interface RowTable {
  readonly size: number;
  /** One cell of a row. */
  cell(row: number, column: number): number;
  /** One column of some rows. */
  cells(rows: Uint32Array, column: number): Uint32Array;
  /** One column over all rows. */
  column(column: number): Uint32Array;
}

/** Rows that are complete. */
export class Rows implements RowTable {
  constructor(private readonly columns: readonly Uint32Array[]) {}

  get size(): number {
    return this.columns[0].length;
  }

  cell(row: number, column: number): number {
    return this.columns[column][row];
  }

  cells(rows: Uint32Array, column: number): Uint32Array {
    return gathered(this.columns[column], rows);
  }

  column(column: number): Uint32Array {
    return this.columns[column];
  }
}

/**
 * Distinct rows of whole numbers, numbered in the order they first came: open addressing over typed arrays, because a
 * Map with keys made of strings is forty times slower at this size.
 */
export class RowIndex implements RowTable {
  private rows: Uint32Array;
  /** Pairs: the hash of a row and its number plus one, 0 where the slot is free. */
  private slots = new Int32Array(1 << 9);
  private count = 0;

  /** `width`: numbers in a row. */
  constructor(private readonly width: number) {
    this.rows = new Uint32Array(width << 7);
  }

  get size(): number {
    return this.count;
  }

  /** The number of a row; new ones are added. */
  indexOf(row: Uint32Array): number {
    const { slots } = this;
    const mask = slots.length - 2;
    const hash = hashOf(row, this.width);
    let slot = hash & mask;
    for (let entry = slots[slot + 1]; entry !== 0; entry = slots[slot + 1]) {
      if (slots[slot] === hash && this.equals((entry - 1) * this.width, row)) return entry - 1;
      slot = (slot + 2) & mask;
    }
    return this.add(slot, hash, row);
  }

  cell(row: number, column: number): number {
    return this.rows[row * this.width + column];
  }

  cells(rows: Uint32Array, column: number): Uint32Array {
    const values = new Uint32Array(rows.length);
    for (let at = 0; at < values.length; at++)
      values[at] = this.rows[rows[at] * this.width + column];
    return values;
  }

  column(column: number): Uint32Array {
    const values = new Uint32Array(this.count);
    for (let row = 0; row < this.count; row++) values[row] = this.rows[row * this.width + column];
    return values;
  }

  private equals(own: number, row: Uint32Array): boolean {
    for (let i = 0; i < this.width; i++) if (this.rows[own + i] !== row[i]) return false;
    return true;
  }

  private add(slot: number, hash: number, row: Uint32Array): number {
    this.rows = grown(this.rows, (this.count + 1) * this.width);
    for (let i = 0; i < this.width; i++) this.rows[this.count * this.width + i] = row[i];
    this.slots[slot] = hash;
    this.slots[slot + 1] = ++this.count;
    if (isFull(this.count, this.slots)) this.slots = rehashed(this.slots);
    return this.count - 1;
  }
}

/** Three of four slots are taken at most. */
const isFull = (rows: number, slots: Int32Array): boolean => rows * 8 > slots.length * 3;

function hashOf(cells: Uint32Array, width: number): number {
  let hash = width;
  for (let i = 0; i < width; i++) {
    hash = Math.imul(hash ^ cells[i], 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  hash = Math.imul(hash, 0x85ebca6b);
  return hash ^ (hash >>> 13);
}
