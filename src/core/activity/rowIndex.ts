import { rehashed } from './hashSlots';
import type { Release } from './release';
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
  constructor(readonly columns: readonly Uint32Array[]) {}

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
  /** Row after row, in chunks of which no copy is made when there are more. */
  private readonly chunks: Uint32Array[] = [];
  /** Pairs: the hash of a row and its number plus one, 0 where the slot is free. */
  private slots = new Int32Array(1 << 9);
  private count = 0;

  /** `width`: numbers in a row. */
  constructor(private readonly width: number) {}

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
      if (slots[slot] === hash && this.equals(entry - 1, row)) return entry - 1;
      slot = (slot + 2) & mask;
    }
    return this.add(slot, hash, row);
  }

  cell(row: number, column: number): number {
    return this.chunks[row >>> CHUNK_BITS][(row & CHUNK_MASK) * this.width + column];
  }

  cells(rows: Uint32Array, column: number): Uint32Array {
    const values = new Uint32Array(rows.length);
    for (let at = 0; at < values.length; at++) values[at] = this.cell(rows[at], column);
    return values;
  }

  column(column: number): Uint32Array {
    const values = new Uint32Array(this.count);
    for (let row = 0; row < this.count; row++) values[row] = this.cell(row, column);
    return values;
  }

  /** Gives up what only looking up needs: no row is looked up or added any more. */
  seal(release: Release): void {
    release([this.slots]);
  }

  /** All columns; the rows are given up chunk by chunk: the columns take up memory as they are written. */
  takeColumns(release: Release): Uint32Array[] {
    const { width } = this;
    const columns = Array.from({ length: width }, () => new Uint32Array(this.count));
    this.chunks.forEach((chunk, number) => {
      const first = number << CHUNK_BITS;
      const rows = Math.min(this.count - first, 1 << CHUNK_BITS);
      columns.forEach((column, which) => {
        for (let row = 0; row < rows; row++) column[first + row] = chunk[row * width + which];
      });
      release([chunk]);
    });
    return columns;
  }

  private equals(own: number, row: Uint32Array): boolean {
    const chunk = this.chunks[own >>> CHUNK_BITS];
    const start = (own & CHUNK_MASK) * this.width;
    for (let i = 0; i < this.width; i++) if (chunk[start + i] !== row[i]) return false;
    return true;
  }

  private add(slot: number, hash: number, row: Uint32Array): number {
    const at = this.count & CHUNK_MASK;
    if (at === 0) this.chunks.push(new Uint32Array(this.width << CHUNK_BITS));
    const chunk = this.chunks[this.chunks.length - 1];
    for (let i = 0; i < this.width; i++) chunk[at * this.width + i] = row[i];
    this.slots[slot] = hash;
    this.slots[slot + 1] = ++this.count;
    if (isFull(this.count, this.slots)) this.slots = rehashed(this.slots);
    return this.count - 1;
  }
}

/** 80 KB of a row of five numbers. */
const CHUNK_BITS = 12;
const CHUNK_MASK = (1 << CHUNK_BITS) - 1;

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
