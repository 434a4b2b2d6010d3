import type { Damage } from './logScanner';

const MOST_DAMAGES = 100;

/** Looking for records behind damage may read this many bytes in vain, and eight more for every byte of the file. */
const SEARCH_BUDGET = 16 << 20;

/** The damaged places of one file: one entry for all that is broken up to the next record. */
export class Damages {
  /** The first ones. */
  list: Damage[] = [];
  count = 0;
  private isBroken = false;
  private inVain = 0;

  /** Forgets the file before. */
  restart(): void {
    this.list = [];
    this.count = this.inVain = 0;
    this.isBroken = false;
  }

  /** `offset`: in the file. */
  add(offset: number, reason: string): void {
    if (this.isBroken) return;
    this.isBroken = true;
    this.count++;
    if (this.list.length < MOST_DAMAGES) this.list.push({ offset, reason });
  }

  /** What is broken from here on is another place. */
  mend(): void {
    this.isBroken = false;
  }

  /** So many bytes at `offset` held no record. Whether there were too many of those. */
  lookedInVain(bytes: number, offset: number): boolean {
    this.inVain += bytes;
    return this.inVain > SEARCH_BUDGET + 8 * offset;
  }
}
